/* Signs for how two narrators stand to each other: on discs and extents, in the legend and the list. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const CONTRADICT = 1;
  const BOTH = 2;
  const ONLY = 4;
  const PLATE_PX = 8;
  const BAR_PX = 4;
  const SVG = "http://www.w3.org/2000/svg";
  const WORDS = [
    [CONTRADICT, "they contradict"],
    [BOTH, "both say it"],
    [ONLY, "only one says it"],
  ];

  /**
   * Read what Python says of every proposition.
   * @param {{contradict: string, both: string}} marks A bit a topic each, as base64.
   * @returns {Uint8Array} One of 1 (they contradict), 2 (both say it) and 4 (only one says it) a topic.
   */
  ClaimMap.readRelations = function ({ contradict, both }) {
    const read = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const [against, alike] = [read(contradict), read(both)];
    const bit = (bytes, topic) => (bytes[topic >> 3] >> (topic & 7)) & 1;
    return Uint8Array.from({ length: against.length * 8 }, (_, topic) =>
      bit(against, topic) ? CONTRADICT : bit(alike, topic) ? BOTH : ONLY,
    );
  };

  /**
   * The relations of the claims in each cell of a grid, one bit each.
   * @param {Columns} columns
   * @param {Object} grid From ClaimMap.gridOf.
   * @param {Uint8Array} keep
   * @param {Uint8Array} relations
   * @returns {Uint8Array}
   */
  ClaimMap.relationsOfCells = function ({ at, n }, { cellOf, keys }, keep, relations) {
    const { topic } = at;
    const found = new Uint8Array(keys.length);
    for (let i = 0; i < n; i++) if (keep[i] && cellOf[i] >= 0) found[cellOf[i]] |= relations[topic[i]];
    return found;
  };

  /**
   * The relations of the claims that state an extent, one bit each.
   * @param {Columns} columns
   * @param {number[]} claims
   * @param {Uint8Array} relations
   * @returns {number}
   */
  ClaimMap.relationsOf = ({ at }, claims, relations) => claims.reduce((bits, claim) => bits | relations[at.topic[claim]], 0);

  /**
   * @param {number} bits
   * @returns {string} Such as "; they contradict; only one says it".
   */
  ClaimMap.relationWords = (bits) => WORDS.map(([bit, words]) => (bits & bit ? "; " + words : "")).join("");

  /**
   * Draw the signs beside a disc or an extent's own sign; what only one says has none.
   * @param {CanvasRenderingContext2D} context
   * @param {number} bits
   * @param {number} x Middle of the mark, layer pixels.
   * @param {number} y
   * @param {number} radius Of the mark, pixels.
   * @param {Object} colours
   */
  ClaimMap.drawRelations = function (context, bits, x, y, radius, colours) {
    const away = radius + PLATE_PX;
    const step = (2 * PLATE_PX + 1) / away;
    // At the right: the upper right belongs to what is new.
    let angle = Math.PI / 12;
    for (const bit of [CONTRADICT, BOTH]) {
      if (!(bits & bit)) continue;
      drawSign(context, bit, x + away * Math.cos(angle), y + away * Math.sin(angle), colours);
      angle += step;
    }
  };

  // Two bars, crossed out where they contradict.
  function drawSign(context, bit, x, y, colours) {
    context.save();
    context.translate(x, y);
    context.beginPath();
    context.arc(0, 0, PLATE_PX, 0, 2 * Math.PI);
    context.fillStyle = colours.card;
    context.fill();
    context.strokeStyle = colours.outline;
    context.lineWidth = 1.25;
    context.stroke();
    context.lineWidth = 1.75;
    context.beginPath();
    for (const [fromX, fromY, toX, toY] of bars(bit)) {
      context.moveTo(fromX, fromY);
      context.lineTo(toX, toY);
    }
    context.stroke();
    context.restore();
  }

  function bars(bit) {
    const level = (y) => [-BAR_PX, y, BAR_PX, y];
    return [level(-1.8), level(1.8), ...(bit === CONTRADICT ? [[-2.6, 4.6, 2.6, -4.6]] : [])];
  }

  /**
   * The sign as an element, for the legend and the list.
   * @param {string} relation "contradict" or "both"; others have none.
   * @returns {?SVGElement}
   */
  ClaimMap.relationSign = function (relation) {
    const bit = { contradict: CONTRADICT, both: BOTH }[relation];
    if (!bit) return null;
    const make = (tag, attributes) => {
      const element = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const svg = make("svg", { viewBox: "-9 -9 18 18", class: "cm-relation", "aria-hidden": "true" });
    svg.append(make("circle", { r: PLATE_PX }));
    for (const [x1, y1, x2, y2] of bars(bit)) svg.append(make("line", { x1, y1, x2, y2 }));
    return svg;
  };

  /**
   * The legend's rows for the signs.
   * @param {?number} bits Of all that is drawn; null where nothing is compared.
   * @returns {HTMLElement[]}
   */
  ClaimMap.relationKeys = function (bits) {
    if (!bits) return [];
    return WORDS.filter(([bit]) => bits & bit).map(([bit, words]) => {
      const sign = ClaimMap.relationSign({ [CONTRADICT]: "contradict", [BOTH]: "both" }[bit]);
      return ClaimMap.h("li", {}, sign, sign ? words : "no sign: " + words);
    });
  };
})();
