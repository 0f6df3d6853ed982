/* Drawing on canvas: discs with pies, stated extents, circles of doubt. Knows looks, not claims. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const TURN = 2 * Math.PI;
  const RIM_STEP_PX = 3;
  const STEP_COUNTS = [24, 36, 60];
  const MOST_PICTURES = 1000;
  let pictures = { of: "", drawn: new Map() };

  /**
   * Read the colours in force from the CSS variables of an element.
   * @param {HTMLElement} element
   * @returns {Object<string, string>}
   */
  ClaimMap.colours = function (element) {
    const style = getComputedStyle(element);
    const read = (name) => style.getPropertyValue("--cm-" + name).trim();
    const sides = ClaimMap.symbols.sides.map(([side]) => side);
    const colours = {
      sides: sides.map(read),
      inks: sides.map((side) => read(side + "-ink")),
      ink: read("ink"),
      second: read("second"),
      third: read("third"),
      halo: read("halo"),
      land: read("land"),
      card: read("card"),
      outline: read("outline"),
      font: style.fontFamily,
    };
    colours.key = [...colours.sides, colours.halo, colours.outline, colours.card].join();
    return colours;
  };

  /**
   * Trace the sign of a side about a point.
   * @param {CanvasRenderingContext2D} context
   * @param {number} side Code: 0 circle, 1 square, 2 triangle.
   * @param {number} x
   * @param {number} y
   * @param {number} radius Pixels.
   */
  ClaimMap.traceSign = function (context, side, x, y, radius) {
    context.beginPath();
    if (side === 0) context.arc(x, y, radius, 0, TURN);
    else if (side === 1) {
      const half = radius * 0.9;
      context.rect(x - half, y - half, 2 * half, 2 * half);
    } else {
      context.moveTo(x, y - radius * 1.12);
      context.lineTo(x + radius * 1.12, y + radius * 0.86);
      context.lineTo(x - radius * 1.12, y + radius * 0.86);
      context.closePath();
    }
  };

  /**
   * Draw a disc: a ring of wedges by side, the count within, the standing as its outline.
   * @param {CanvasRenderingContext2D} context
   * @param {{px: number, py: number, radius: number, count: number, sides: number[], standing: number, lit: boolean}} disc
   * @param {Object} colours
   */
  ClaimMap.drawDisc = function (context, disc, colours) {
    const ratio = context.getTransform().a;
    // On whole pixels, so that the picture of a disc stays sharp.
    const [px, py] = [disc.px, disc.py].map((at) => Math.round(at * ratio) / ratio);
    const only = onlySide(disc);
    context.save();
    if (disc.lit) {
      context.globalAlpha = 0.22;
      fillCircle(context, px, py, disc.radius + 13, colours.ink);
      context.globalAlpha = 1;
    }
    const body = pictureOf(disc, colours, ratio);
    context.drawImage(body, px - body.width / ratio / 2, py - body.height / ratio / 2, body.width / ratio, body.height / ratio);
    const room = only === 2 ? 0.1 * disc.radius : 0;
    const scale = ClaimMap.typeScale();
    context.font = "700 " + Math.round(Math.min(16 * scale, Math.max(11 * scale, disc.radius * 0.72))) + "px " + colours.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = only >= 0 ? colours.card : colours.ink;
    context.fillText(ClaimMap.shortCount(disc.count), px, py + room + 0.5);
    context.restore();
  };

  // The code of the only side in a disc, or -1.
  function onlySide({ sides }) {
    const present = sides.filter(Boolean).length;
    return present === 1 ? sides.findIndex(Boolean) : -1;
  }

  // A disc without its number, drawn once and then copied: hundreds look alike while the days move.
  function pictureOf(disc, colours, ratio) {
    if (pictures.of !== colours.key || pictures.drawn.size >= MOST_PICTURES)
      pictures = { of: colours.key, drawn: new Map() };
    const radius = Math.round(disc.radius * 2) / 2;
    const ends = wedgeEnds(disc, radius);
    const key = [radius, disc.standing, ratio, ...ends].join();
    const known = pictures.drawn.get(key);
    if (known) return known;
    const body = document.createElement("canvas");
    const half = Math.ceil(radius + 7);
    body.width = body.height = Math.ceil(2 * half * ratio);
    const context = body.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, body.width / 2, body.height / 2);
    drawBody(context, Object.assign({}, disc, { radius }), ends, colours);
    pictures.drawn.set(key, body);
    return body;
  }

  // Where the wedge of each side ends, as a part of the turn: to about a pixel and a half on the rim.
  function wedgeEnds({ sides, count }, radius) {
    const steps = STEP_COUNTS.find((few) => few >= (TURN * radius) / RIM_STEP_PX) || STEP_COUNTS[2];
    let sum = 0;
    return sides.map((claims) => Math.round(((sum += claims) / count) * steps) / steps);
  }

  function drawBody(context, { radius, sides, standing }, ends, colours) {
    const only = onlySide({ sides });
    fillCircle(context, 0, 0, radius + 6, colours.halo);
    drawOutline(context, radius + 4.5, standing, colours);
    if (only >= 0) drawOneSide(context, radius, only, colours);
    else drawPie(context, radius, ends, colours);
  }

  function drawOneSide(context, radius, side, colours) {
    context.fillStyle = colours.sides[side];
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    ClaimMap.traceSign(context, side, 0, 0, radius);
    context.fill();
    context.stroke();
  }

  function drawPie(context, radius, ends, colours) {
    const inner = radius * 0.56;
    const middle = (radius + inner) / 2;
    const size = (radius - inner) * 0.27;
    let angle = -TURN / 4;
    ends.forEach(function (end, side) {
      const next = end * TURN - TURN / 4;
      if (next === angle) return;
      context.beginPath();
      context.arc(0, 0, radius, angle, next);
      context.arc(0, 0, inner, next, angle, true);
      context.closePath();
      context.fillStyle = colours.sides[side];
      context.fill();
      context.strokeStyle = colours.halo;
      context.lineWidth = 1.5;
      context.stroke();
      // A sign in the wedge, so that the side does not hang on colour alone.
      if (size >= 1.6 && (next - angle) * middle > 5 * size) {
        const at = (angle + next) / 2;
        context.fillStyle = colours.halo;
        ClaimMap.traceSign(context, side, middle * Math.cos(at), middle * Math.sin(at), size);
        context.fill();
      }
      angle = next;
    });
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.25;
    circle(context, 0, 0, radius);
    context.stroke();
    fillCircle(context, 0, 0, inner, colours.card);
    context.stroke();
  }

  // 0 contested: split ring · 1 agreed: solid · 2 one side: dashed · 3 third party: dotted
  function drawOutline(context, radius, standing, colours) {
    context.lineWidth = 2;
    context.lineCap = "butt";
    if (standing === 0) {
      context.lineWidth = 3;
      [0, 1].forEach(function (side) {
        context.strokeStyle = colours.sides[side];
        context.beginPath();
        const start = TURN / 4 + side * (TURN / 2);
        context.arc(0, 0, radius, start + 0.12, start + TURN / 2 - 0.12);
        context.stroke();
      });
      return;
    }
    context.strokeStyle = colours.outline;
    context.setLineDash(dashes(standing));
    circle(context, 0, 0, radius);
    context.stroke();
    context.setLineDash([]);
  }

  function fillCircle(context, x, y, radius, colour) {
    circle(context, x, y, radius);
    context.fillStyle = colour;
    context.fill();
  }

  function dashes(standing) {
    return { 1: [], 2: [5, 3.5] }[standing] || [1.5, 3];
  }

  /**
   * Stroke a stated extent: halo below, side colour above, its standing as the line's pattern.
   * @param {CanvasRenderingContext2D} context
   * @param {Path2D} path
   * @param {{side: number, other: number, standing: number, lit: boolean, closed: boolean, fill: boolean}} look
   * @param {Object} colours
   */
  ClaimMap.drawExtent = function (context, path, look, colours) {
    context.save();
    context.lineJoin = "round";
    if (look.lit) {
      context.globalAlpha = 0.2;
      context.strokeStyle = colours.ink;
      context.lineWidth = 16;
      context.stroke(path);
      context.globalAlpha = 1;
    }
    if (look.fill) {
      context.globalAlpha = 0.07;
      context.fillStyle = colours.sides[look.side];
      context.fill(path);
      context.globalAlpha = 1;
    }
    const width = look.lit ? 4.5 : 3.5;
    context.strokeStyle = colours.halo;
    context.lineWidth = width + 4;
    context.stroke(path);
    context.strokeStyle = colours.sides[look.side];
    context.lineWidth = width;
    if (look.standing === 0) {
      // Two colours along one line: who asserts, then who answers.
      context.stroke(path);
      context.setLineDash([9, 9]);
      context.strokeStyle = colours.sides[look.other];
      context.stroke(path);
    } else {
      const pattern = { 1: [], 2: [10, 6], 3: [3, 5] }[look.standing] || [3, 5];
      context.setLineDash(pattern);
      context.stroke(path);
    }
    context.restore();
  };

  /**
   * Stroke a circle of doubt: faint, dashed, without a centre.
   * @param {CanvasRenderingContext2D} context
   * @param {Path2D} path
   * @param {{lit: boolean}} look
   * @param {Object} colours
   */
  ClaimMap.drawDoubt = function (context, path, look, colours) {
    context.save();
    context.strokeStyle = colours.third;
    context.globalAlpha = look.lit ? 0.95 : 0.5;
    context.lineWidth = look.lit ? 2 : 1.2;
    context.setLineDash([3, 5]);
    context.stroke(path);
    context.restore();
  };

  /**
   * Draw the small sign that marks an extent's owner, on the line itself.
   * @param {CanvasRenderingContext2D} context
   * @param {number} side
   * @param {number} x
   * @param {number} y
   * @param {Object} colours
   */
  ClaimMap.drawHandle = function (context, side, x, y, colours) {
    const scale = ClaimMap.typeScale();
    context.save();
    fillCircle(context, x, y, 10.5 * scale, colours.halo);
    ClaimMap.traceSign(context, side, x, y, 6.5 * scale);
    context.fillStyle = colours.sides[side];
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    context.restore();
  };

  function circle(context, x, y, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
  }

  /**
   * @param {number} count
   * @returns {string} In at most four characters.
   */
  ClaimMap.shortCount = function (count) {
    if (count < 1000) return String(count);
    if (count < 999500) return (count / 1000).toFixed(count < 9950 ? 1 : 0) + "k";
    return (count / 1e6).toFixed(count < 1e7 ? 1 : 0) + "M";
  };
})();
