/* Aggregating claims to the pixel grid: one pass over the arrays, never a node per claim. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const WORLD = 2 ** 32;
  const CELL_LEVELS = 3;
  const SIDES = 3;
  const CONTESTED = 0;

  /**
   * @typedef {Object} Disc
   * @property {number} x World units of its centre.
   * @property {number} y
   * @property {number} count Claims in it.
   * @property {number[]} sides Claims by side code.
   * @property {number[]} standings Claims by standing code.
   * @property {number} first Index of its newest claim.
   * @property {string[]} cells "level/x/y" of the grid cells it stands for.
   * @property {number} radius Pixels.
   */

  /**
   * The radius of a disc: area grows with the number of claims.
   * @param {number} count
   * @returns {number} Pixels.
   */
  ClaimMap.discRadius = function (count) {
    return Math.min(34, 8.5 + 3.1 * Math.sqrt(count));
  };

  /**
   * Gather the kept, placed claims that fall into a box into discs.
   * @param {Columns} columns
   * @param {Uint8Array} keep From ClaimMap.keep.
   * @param {Uint8Array} standings From ClaimMap.standingsAsOf.
   * @param {number} zoom Whole zoom level.
   * @param {number[]} box World units: west, north, east, south.
   * @returns {Disc[]} Largest first; none overlap.
   */
  ClaimMap.gatherDiscs = function (columns, keep, standings, zoom, box) {
    const { at, n, origin, shift } = columns;
    const level = Math.min(31, zoom + CELL_LEVELS);
    const size = WORLD / 2 ** level;
    const step = 2 ** shift;
    const cells = new Map();
    const { x, y, disc, side, topic, said } = at;
    for (let i = 0; i < n; i++) {
      if (!keep[i] || !disc[i]) continue;
      const wx = origin[0] + x[i] * step;
      if (wx < box[0] || wx > box[2]) continue;
      const wy = origin[1] + y[i] * step;
      if (wy < box[1] || wy > box[3]) continue;
      const key = Math.floor(wy / size) * 2 ** level + Math.floor(wx / size);
      let cell = cells.get(key);
      if (!cell) {
        cell = { key, x: 0, y: 0, count: 0, sides: [0, 0, 0], standings: [0, 0, 0, 0], first: i };
        cells.set(key, cell);
      }
      cell.x += wx;
      cell.y += wy;
      cell.count++;
      cell.sides[side[i]]++;
      const standing = standings[topic[i]];
      if (standing < 4) cell.standings[standing]++;
      if (said[i] > said[cell.first]) cell.first = i;
    }
    const found = [];
    for (const cell of cells.values()) {
      cell.x /= cell.count;
      cell.y /= cell.count;
      const row = Math.floor(cell.key / 2 ** level);
      cell.cells = [level + "/" + (cell.key - row * 2 ** level) + "/" + row];
      found.push(cell);
    }
    found.sort((a, b) => b.count - a.count || a.key - b.key);
    return join(found, WORLD / 256 / 2 ** zoom, said);
  };

  // Discs that would overlap become one, at the larger one's place.
  function join(found, unitsPerPixel, said) {
    const discs = [];
    const reach = 34 * 2 + 2;
    const grid = new Map();
    const slot = (disc) => [
      Math.floor(disc.x / unitsPerPixel / reach),
      Math.floor(disc.y / unitsPerPixel / reach),
    ];
    for (const cell of found) {
      cell.radius = ClaimMap.discRadius(cell.count);
      const [column, row] = slot(cell);
      let near = null;
      for (let dx = -1; dx <= 1 && !near; dx++)
        for (let dy = -1; dy <= 1 && !near; dy++)
          near = (grid.get(column + dx + "," + (row + dy)) || []).find(
            (disc) =>
              Math.hypot(disc.x - cell.x, disc.y - cell.y) / unitsPerPixel <
              disc.radius + cell.radius - 4,
          );
      if (near) merge(near, cell, said);
      else {
        discs.push(cell);
        const key = column + "," + row;
        if (!grid.has(key)) grid.set(key, []);
        grid.get(key).push(cell);
      }
    }
    return discs;
  }

  function merge(disc, cell, said) {
    disc.count += cell.count;
    for (let i = 0; i < SIDES; i++) disc.sides[i] += cell.sides[i];
    for (let i = 0; i < cell.standings.length; i++) disc.standings[i] += cell.standings[i];
    disc.cells.push(...cell.cells);
    if (said[cell.first] > said[disc.first]) disc.first = cell.first;
    disc.radius = ClaimMap.discRadius(disc.count);
  }

  /**
   * The outline of a disc: contested if any claim in it is, else the commonest standing.
   * @param {number[]} standings Claims by standing code.
   * @returns {number} Code of a standing.
   */
  ClaimMap.discStanding = function (standings) {
    if (standings[CONTESTED]) return CONTESTED;
    return standings.indexOf(Math.max(...standings));
  };
})();
