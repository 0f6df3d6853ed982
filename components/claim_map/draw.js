/* Drawing on canvas: discs with pies, stated extents, circles of doubt. Knows looks, not claims. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const SIDES = ["ukraine", "russia", "third_party"];
  const TURN = 2 * Math.PI;

  /**
   * Read the colours in force from the CSS variables of an element.
   * @param {HTMLElement} element
   * @returns {Object<string, string>}
   */
  ClaimMap.colours = function (element) {
    const style = getComputedStyle(element);
    const read = (name) => style.getPropertyValue("--cm-" + name).trim();
    return {
      sides: SIDES.map(read),
      inks: SIDES.map((side) => read(side + "-ink")),
      ink: read("ink"),
      second: read("second"),
      third: read("third"),
      halo: read("halo"),
      land: read("land"),
      card: read("card"),
      outline: read("outline"),
      font: style.fontFamily,
    };
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
    const { px, py, radius, sides } = disc;
    const present = sides.filter(Boolean).length;
    const only = present === 1 ? sides.findIndex(Boolean) : -1;
    context.save();
    if (disc.lit) {
      context.globalAlpha = 0.22;
      context.fillStyle = colours.ink;
      circle(context, px, py, radius + 13);
      context.fill();
      context.globalAlpha = 1;
    }
    context.fillStyle = colours.halo;
    circle(context, px, py, radius + 6);
    context.fill();
    if (only >= 0) drawOneSide(context, disc, only, colours);
    else drawPie(context, disc, colours);
    const room = only === 2 ? 0.1 * radius : 0;
    context.font = "700 " + Math.round(Math.min(16, Math.max(11, radius * 0.72))) + "px " + colours.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = only >= 0 ? colours.card : colours.ink;
    context.fillText(short(disc.count), px, py + room + 0.5);
    drawOutline(context, px, py, radius + 4.5, disc.standing, colours);
    context.restore();
  };

  function drawOneSide(context, disc, side, colours) {
    context.fillStyle = colours.sides[side];
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    ClaimMap.traceSign(context, side, disc.px, disc.py, disc.radius);
    context.fill();
    context.stroke();
  }

  function drawPie(context, disc, colours) {
    const { px, py, radius, sides, count } = disc;
    const inner = radius * 0.56;
    let angle = -TURN / 4;
    sides.forEach(function (claims, side) {
      if (!claims) return;
      const next = angle + (claims / count) * TURN;
      context.beginPath();
      context.arc(px, py, radius, angle, next);
      context.arc(px, py, inner, next, angle, true);
      context.closePath();
      context.fillStyle = colours.sides[side];
      context.fill();
      context.strokeStyle = colours.halo;
      context.lineWidth = 1.5;
      context.stroke();
      angle = next;
    });
    angle = -TURN / 4;
    const middle = (radius + inner) / 2;
    const size = (radius - inner) * 0.27;
    sides.forEach(function (claims, side) {
      const sweep = (claims / count) * TURN;
      // A sign in the wedge, so that the side does not hang on colour alone.
      if (size >= 1.6 && sweep * middle > 5 * size) {
        const at = angle + sweep / 2;
        context.fillStyle = colours.halo;
        ClaimMap.traceSign(context, side, px + middle * Math.cos(at), py + middle * Math.sin(at), size);
        context.fill();
      }
      angle += sweep;
    });
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.25;
    circle(context, px, py, radius);
    context.stroke();
    context.fillStyle = colours.card;
    circle(context, px, py, inner);
    context.fill();
    context.stroke();
  }

  // 0 contested: split ring · 1 agreed: solid · 2 one side: dashed · 3 third party: dotted
  function drawOutline(context, x, y, radius, standing, colours) {
    context.lineWidth = 2;
    context.lineCap = "butt";
    if (standing === 0) {
      context.lineWidth = 3;
      [0, 1].forEach(function (side) {
        context.strokeStyle = colours.sides[side];
        context.beginPath();
        const start = TURN / 4 + side * (TURN / 2);
        context.arc(x, y, radius, start + 0.12, start + TURN / 2 - 0.12);
        context.stroke();
      });
      return;
    }
    context.strokeStyle = colours.outline;
    context.setLineDash(dashes(standing));
    circle(context, x, y, radius);
    context.stroke();
    context.setLineDash([]);
  }

  function dashes(standing) {
    return { 1: [], 2: [5, 3.5], 3: [1.5, 3] }[standing] || [1.5, 3];
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
      context.setLineDash([9, 9]);
      context.stroke(path);
      context.lineDashOffset = 9;
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
    context.save();
    context.fillStyle = colours.halo;
    circle(context, x, y, 10.5);
    context.fill();
    ClaimMap.traceSign(context, side, x, y, 6.5);
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

  function short(count) {
    if (count < 1000) return String(count);
    if (count < 100000) return (count / 1000).toFixed(count < 10000 ? 1 : 0) + "k";
    return (count / 1e6).toFixed(count < 1e7 ? 1 : 0) + "M";
  }
})();
