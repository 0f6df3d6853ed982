/* What is new on the map: a plate "+3" at each disc and extent with claims that are new. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const HALF_RIGHT = Math.SQRT1_2;
  const HANDLE_PX = 12;
  const PLATE_PX = 17;
  const FONT_PX = 11.5;
  const MOST_MOVING = 200000;
  const NONE = { discs: new Map(), extents: new Map(), total: 0, words: "" };

  /**
   * Which claims are new.
   * @param {Columns} columns
   * @param {{since: ?number, mask: ?string, words: string}} fresh since: the last day (since 1970-01-01)
   *   that is not new, or mask: base64 bits of what is.
   * @returns {Uint8Array} One byte a claim, 1 = new; found once for the same question.
   */
  function newClaims(columns, fresh) {
    const asked = JSON.stringify([fresh.since, fresh.mask]);
    if (columns.fresh && columns.fresh.asked === asked) return columns.fresh.found;
    const { n, firstDay } = columns;
    const { said } = columns.at;
    const found = new Uint8Array(n);
    if (fresh.mask === null) {
      const last = fresh.since - firstDay;
      for (let i = 0; i < n; i++) found[i] = said[i] > last ? 1 : 0;
    } else {
      const bits = Uint8Array.from(atob(fresh.mask), (one) => one.charCodeAt(0));
      for (let i = 0; i < n; i++) found[i] = (bits[i >> 3] >> (i & 7)) & 1;
    }
    columns.fresh = { asked, found };
    return found;
  }

  /**
   * Count what is new in each disc and extent that is drawn.
   * @param {Columns} columns
   * @param {{keep: Uint8Array, fresh: ?Object, moving: boolean}} view While the days of a large record move
   *   nothing is counted, as their labels rest.
   * @param {Disc[]} discs
   * @param {Object[]} extents
   * @param {number} level Of the grid the discs are gathered on.
   * @returns {{discs: Map<Disc, number>, extents: Map<Object, number>, total: number, words: string}} New
   *   claims by what draws them, and of all that are shown, placed or not.
   */
  ClaimMap.countFresh = function (columns, { keep, fresh, moving }, discs, extents, level) {
    if (!fresh || (moving && columns.n > MOST_MOVING)) return NONE;
    const isNew = newClaims(columns, fresh);
    const { byName, total } = countByCell(columns, keep, isNew, level);
    const found = { discs: new Map(), extents: new Map(), total, words: fresh.words };
    for (const disc of discs) {
      const count = disc.cells.reduce((sum, cell) => sum + (byName.get(cell) || 0), 0);
      if (count) found.discs.set(disc, count);
    }
    for (const extent of extents) {
      const count = extent.claims.filter((claim) => isNew[claim] && keep[claim]).length;
      if (count && extent.handle) found.extents.set(extent, count);
    }
    return found;
  };

  /**
   * Count the new claims that either of two narrators makes.
   * @param {Columns} columns
   * @param {Object} fresh As in a view.
   * @param {Uint8Array[]} keeps What each narrator's map shows.
   * @returns {number}
   */
  ClaimMap.newOfBoth = function (columns, fresh, [first, second]) {
    const isNew = newClaims(columns, fresh);
    let count = 0;
    for (let i = 0; i < isNew.length; i++) count += isNew[i] & (first[i] | second[i]);
    return count;
  };

  // New claims by the name of the grid cell, as discs carry them, and in all.
  function countByCell(columns, keep, isNew, level) {
    const { cellOf, keys } = ClaimMap.gridOf(columns, level);
    const counts = new Uint32Array(keys.length);
    let total = 0;
    for (let i = 0; i < isNew.length; i++) {
      if (!(isNew[i] & keep[i])) continue;
      total++;
      if (cellOf[i] >= 0) counts[cellOf[i]]++;
    }
    const byName = new Map();
    for (let cell = 0; cell < counts.length; cell++) if (counts[cell]) byName.set(ClaimMap.cellName(keys[cell], level), counts[cell]);
    return { byName, total };
  }

  /**
   * Draw the plates. No ring: a ring about a disc tells its standing.
   * @param {CanvasRenderingContext2D} context
   * @param {Object} found From ClaimMap.countFresh.
   * @param {Object} colours
   */
  ClaimMap.drawFresh = function (context, found, colours) {
    context.save();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = "700 " + FONT_PX + "px " + colours.font;
    for (const [{ px, py, radius }, count] of found.discs) plate(context, px, py, radius + 5, count, colours);
    for (const [{ handle }, count] of found.extents) plate(context, handle[0], handle[1], HANDLE_PX, count, colours);
    context.restore();
  };

  // At the upper right of what it is about.
  function plate(context, middleX, middleY, radius, count, colours) {
    const [x, y] = [middleX + radius * HALF_RIGHT, middleY - radius * HALF_RIGHT];
    const words = "+" + ClaimMap.shortCount(count);
    const width = Math.max(PLATE_PX + 4, context.measureText(words).width + 9);
    context.beginPath();
    context.roundRect(x - width / 2, y - PLATE_PX / 2, width, PLATE_PX, PLATE_PX / 2);
    context.fillStyle = colours.ink;
    context.strokeStyle = colours.halo;
    context.lineWidth = 2;
    context.stroke();
    context.fill();
    context.fillStyle = colours.card;
    context.fillText(words, x, y + 0.5);
  }

  /**
   * What the name of a mark adds: "; 3 new since 10 May 2023".
   * @param {Object} found
   * @param {?number} count
   * @returns {string}
   */
  ClaimMap.freshWords = (found, count) => (count ? "; " + count.toLocaleString("en-GB") + " " + found.words : "");

  /**
   * The row of the legend, or null where nothing is lit.
   * @param {Object} found
   * @returns {?HTMLElement}
   */
  ClaimMap.freshRow = function (found) {
    if (!found.words) return null;
    const { h } = ClaimMap;
    const count = found.total.toLocaleString("en-GB") + (found.total === 1 ? " claim " : " claims ");
    return h("li", {}, h("i.cm-key.cm-key-fresh", { "aria-hidden": "true" }, "+n"), count + found.words);
  };
})();
