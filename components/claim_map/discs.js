/* Aggregating claims to the pixel grid: one pass over the arrays, never a node per claim. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const WORLD = 2 ** 32;
  const CELL_LEVELS = 3;
  const SIDES = 3;
  const STANDINGS = 4;
  const CONTESTED = 0;
  // What is counted in a cell lies side by side, so that a claim touches few lines of memory.
  const AT_SIDES = 1;
  const AT_STANDINGS = AT_SIDES + SIDES;
  const COUNTS = AT_STANDINGS + STANDINGS;
  const AT_LAST = 2;
  const SPOTS = 4;
  const MOST_GRIDS = 4;
  const MOST_LISTED = 2 ** 22;
  const LEAST_PX = 8.5;
  const FULL_PX = 34;
  const ROOM_PX = [0, LEAST_PX, 12, 15, 18];
  const OVERLAP_PX = 4;
  const APART_PX = 9;

  /**
   * @typedef {Object} Disc
   * @property {number} x World units of its centre.
   * @property {number} y
   * @property {number} count Claims in it.
   * @property {number[]} sides Claims by side code.
   * @property {number[]} standings Claims by standing code.
   * @property {number} first Index of the last claim in it, in the record's order.
   * @property {string[]} cells "level/x/y" of the grid cells it stands for.
   * @property {number} relations Of two narrators' maps the relations of its claims, one bit each; else 0.
   * @property {number} radius Pixels.
   */

  /** Up to so many claims a disc's size says the same in every view. */
  ClaimMap.FEWEST_FULL = 68;

  /**
   * The number of claims a disc of the full size stands for: where many are shown a round number, so
   * that sizes differ also among large discs and stay the same while a few claims come and go.
   * @param {number} most Claims in the fullest cell.
   * @returns {number} `FEWEST_FULL`, or the next of 1, 2, 5, 10, 20, 50, ... that is not below `most`.
   */
  ClaimMap.fullDisc = function (most) {
    if (most <= ClaimMap.FEWEST_FULL) return ClaimMap.FEWEST_FULL;
    const power = 10 ** Math.floor(Math.log10(most));
    return [1, 2, 5, 10].map((step) => step * power).find((full) => full >= most);
  };

  /**
   * The radius of a disc: it grows with the root of the number of claims, and has room for its digits.
   * @param {number} count
   * @param {number} full From ClaimMap.fullDisc.
   * @returns {number} Pixels.
   */
  ClaimMap.discRadius = function (count, full) {
    const grown = LEAST_PX + (FULL_PX - LEAST_PX) * Math.sqrt(Math.min(1, count / full));
    return ClaimMap.typeScale() * Math.max(grown, ROOM_PX[ClaimMap.shortCount(count).length]);
  };

  /**
   * @param {number} zoom Whole zoom level.
   * @returns {number} The level of the grid its discs are gathered on.
   */
  ClaimMap.levelOf = (zoom) => Math.min(31, zoom + CELL_LEVELS);

  /**
   * @param {number} key Of a cell, from ClaimMap.gridOf.
   * @param {number} level Of its grid.
   * @returns {string} "level/x/y".
   */
  ClaimMap.cellName = function (key, level) {
    const row = Math.floor(key / 2 ** level);
    return level + "/" + (key - row * 2 ** level) + "/" + row;
  };

  /**
   * The grid cell of every claim that has a disc, worked out once a level: what filters and time
   * change is then one pass of counting.
   * @param {Columns} columns
   * @param {number} level Of the grid.
   * @returns {Object} cellOf (Int32Array, the cell of each claim, -1 without a disc), keys (of the cells)
   *   and arrays to count in.
   */
  ClaimMap.gridOf = function (columns, level) {
    columns.grids = columns.grids || new Map();
    const known = columns.grids.get(level);
    if (known) return known;
    const { at, n, origin, shift } = columns;
    const { x, y, disc } = at;
    const [step, size, side] = [2 ** shift, WORLD / 2 ** level, 2 ** level];
    const column = (i) => Math.floor((origin[0] + x[i] * step) / size);
    const row = (i) => Math.floor((origin[1] + y[i] * step) / size);
    const [left, right, top, bottom] = boundsOf(at, column, row);
    const [width, height] = [right - left + 1, bottom - top + 1];
    // A table of all cells where they are few enough, which is much faster than a map of those used.
    const table = width * height <= MOST_LISTED ? new Int32Array(Math.max(0, width * height)) : null;
    const found = new Map();
    const cellOf = new Int32Array(n).fill(-1);
    const keys = [];
    for (let i = 0; i < n; i++) {
      if (!disc[i]) continue;
      const place = (row(i) - top) * width + column(i) - left;
      let cell = table ? table[place] : found.get(place) || 0;
      if (!cell) {
        keys.push(row(i) * side + column(i));
        cell = keys.length;
        if (table) table[place] = cell;
        else found.set(place, cell);
      }
      cellOf[i] = cell - 1;
    }
    const grid = ClaimMap.blankGrid(cellOf, keys);
    if (columns.grids.size >= MOST_GRIDS) columns.grids.delete(columns.grids.keys().next().value);
    columns.grids.set(level, grid);
    return grid;
  };

  /**
   * A grid in which nothing is counted yet.
   * @param {Int32Array} cellOf The cell of each claim.
   * @param {number[]} keys Of the cells.
   * @returns {Object} As ClaimMap.gridOf.
   */
  ClaimMap.blankGrid = (cellOf, keys) => ({
    cellOf,
    keys: Float64Array.from(keys),
    counts: new Int32Array(keys.length * COUNTS),
    spots: new Float64Array(keys.length * SPOTS),
    counted: null,
  });

  /**
   * Put claims into a cell that somebody else has counted.
   * @param {Object} grid From ClaimMap.blankGrid.
   * @param {number} cell
   * @param {number[]} counts All, by side, by standing.
   * @param {number} x Their mean place, in steps of the columns.
   * @param {number} y
   */
  ClaimMap.addToCell = function (grid, cell, counts, x, y) {
    counts.forEach((count, at) => (grid.counts[cell * COUNTS + at] += count));
    grid.spots[cell * SPOTS] += counts[0] * x;
    grid.spots[cell * SPOTS + 1] += counts[0] * y;
  };

  // The first and last column and row with a disc.
  function boundsOf({ x, y, disc }, column, row) {
    const low = { x: -1, y: -1 };
    const high = { x: -1, y: -1 };
    for (let i = 0; i < disc.length; i++) {
      if (!disc[i]) continue;
      if (low.x < 0 || x[i] < x[low.x]) low.x = i;
      if (high.x < 0 || x[i] > x[high.x]) high.x = i;
      if (low.y < 0 || y[i] < y[low.y]) low.y = i;
      if (high.y < 0 || y[i] > y[high.y]) high.y = i;
    }
    return low.x < 0 ? [0, -1, 0, -1] : [column(low.x), column(high.x), row(low.y), row(high.y)];
  }

  /**
   * Put claims into a grid's counts, or take them out again.
   * @param {Columns} columns
   * @param {Object} grid From ClaimMap.gridOf.
   * @param {Uint32Array} claims
   * @param {Uint8Array} standings From ClaimMap.standingsAsOf.
   * @param {number} sign 1 or -1.
   */
  ClaimMap.countClaims = function ({ at }, { cellOf, counts, spots }, claims, standings, sign) {
    const { side, topic, x, y } = at;
    for (let i = 0; i < claims.length; i++) {
      const claim = claims[i];
      const cell = cellOf[claim];
      if (cell < 0) continue;
      const start = cell * COUNTS;
      counts[start] += sign;
      counts[start + AT_SIDES + side[claim]] += sign;
      const standing = standings[topic[claim]];
      if (standing < STANDINGS) counts[start + AT_STANDINGS + standing] += sign;
      const spot = cell * SPOTS;
      spots[spot] += sign * x[claim];
      spots[spot + 1] += sign * y[claim];
      if (sign > 0) spots[spot + AT_LAST] = claim;
    }
  };

  /**
   * Count one claim more or less of a standing.
   * @param {Object} grid
   * @param {number} cell
   * @param {number} standing
   * @param {number} sign 1 or -1.
   */
  ClaimMap.countStanding = function (grid, cell, standing, sign) {
    if (standing < STANDINGS) grid.counts[cell * COUNTS + AT_STANDINGS + standing] += sign;
  };

  /**
   * Name a claim of a cell: the one last put in, until another is told.
   * @param {Object} grid
   * @param {number} cell
   * @param {number} [claim] The one to name from now on.
   * @returns {number}
   */
  ClaimMap.someClaim = function (grid, cell, claim) {
    if (claim !== undefined) grid.spots[cell * SPOTS + AT_LAST] = claim;
    return grid.spots[cell * SPOTS + AT_LAST];
  };

  /**
   * Count the kept claims of every cell into the grid's own arrays.
   * @param {Columns} columns
   * @param {Object} grid From ClaimMap.gridOf.
   * @param {Uint8Array} keep
   * @param {Uint8Array} standings
   */
  ClaimMap.countCells = function (columns, grid, keep, standings) {
    const { at, n } = columns;
    const { cellOf, counts, spots } = grid;
    grid.counted = { keep, standings };
    counts.fill(0);
    spots.fill(0);
    const { side, topic, x, y } = at;
    // The kept ones are listed first: a pass that seldom jumps.
    const kept = (columns.kept = columns.kept || new Uint32Array(n + 1));
    let count = 0;
    for (let i = 0; i < n; i++) {
      kept[count] = i;
      count += keep[i];
    }
    for (let k = 0; k < count; k++) {
      const i = kept[k];
      const cell = cellOf[i];
      if (cell < 0) continue;
      const start = cell * COUNTS;
      counts[start]++;
      counts[start + AT_SIDES + side[i]]++;
      const standing = standings[topic[i]];
      if (standing < STANDINGS) counts[start + AT_STANDINGS + standing]++;
      const spot = cell * SPOTS;
      spots[spot] += x[i];
      spots[spot + 1] += y[i];
      spots[spot + AT_LAST] = i;
    }
  };

  /**
   * Gather the kept, placed claims that fall into a box into discs.
   * @param {Columns} columns
   * @param {Uint8Array} keep From ClaimMap.keep.
   * @param {Uint8Array} standings From ClaimMap.standingsAsOf.
   * @param {number} zoom Whole zoom level.
   * @param {number[]} box World units: west, north, east, south.
   * @param {?ClaimMap.Tally} tally Counts what is kept already; null to count anew.
   * @param {{least: ?function(Object): number, relations: ?Uint8Array}} [pair] Of two maps: the least that
   *   a disc of the full size stands for, by the grid, and the relation of each topic.
   * @returns {{discs: Disc[], full: number}} Discs, largest first, none of which overlap, and the number of
   *   claims that a disc of the full size stands for.
   */
  ClaimMap.gatherDiscs = function (columns, keep, standings, zoom, box, tally, { least, relations } = {}) {
    const { origin, shift } = columns;
    const level = ClaimMap.levelOf(zoom);
    const grid = ClaimMap.gridOf(columns, level);
    if (tally) tally.countIn(grid);
    else if (!isCounted(grid, keep, standings)) ClaimMap.countCells(columns, grid, keep, standings);
    const step = 2 ** shift;
    const found = [];
    const related = relations ? ClaimMap.relationsOfCells(columns, grid, keep, relations) : null;
    let most = 0;
    const { keys, counts, spots } = grid;
    for (let cell = 0; cell < keys.length; cell++) {
      const start = cell * COUNTS;
      const count = counts[start];
      if (!count) continue;
      if (count > most) most = count;
      const x = origin[0] + (spots[cell * SPOTS] / count) * step;
      const y = origin[1] + (spots[cell * SPOTS + 1] / count) * step;
      if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
      const key = keys[cell];
      found.push({
        key,
        x,
        y,
        count,
        sides: [...counts.subarray(start + AT_SIDES, start + AT_STANDINGS)],
        standings: [...counts.subarray(start + AT_STANDINGS, start + COUNTS)],
        first: tally ? tally.someIn(cell) : spots[cell * SPOTS + AT_LAST],
        cells: [ClaimMap.cellName(key, level)],
        relations: related ? related[cell] : 0,
      });
    }
    found.sort((a, b) => b.count - a.count || a.key - b.key);
    // While the days move discs may come to stand for more, never for less: sizes must not breathe.
    const full = Math.max(ClaimMap.fullDisc(most), tally ? tally.full : 0, least ? least(grid) : 0);
    if (tally) tally.full = full;
    return { discs: join(found, WORLD / 256 / 2 ** zoom, full), full };
  };

  const isCounted = ({ counted }, keep, standings) => counted && counted.keep === keep && counted.standings === standings;

  // Discs that would overlap become one, at the larger one's place.
  function join(found, unitsPerPixel, full) {
    const discs = [];
    const reach = ClaimMap.typeScale() * FULL_PX * 2 + APART_PX;
    const grid = new Map();
    // Few discs may touch; many are told apart only with ground between them.
    const gap = full > ClaimMap.FEWEST_FULL ? APART_PX : -OVERLAP_PX;
    const slot = (disc) => [
      Math.floor(disc.x / unitsPerPixel / reach),
      Math.floor(disc.y / unitsPerPixel / reach),
    ];
    for (const cell of found) {
      cell.radius = ClaimMap.discRadius(cell.count, full);
      const [column, row] = slot(cell);
      let near = null;
      for (let dx = -1; dx <= 1 && !near; dx++)
        for (let dy = -1; dy <= 1 && !near; dy++)
          near = (grid.get(column + dx + "," + (row + dy)) || []).find(
            (disc) =>
              Math.hypot(disc.x - cell.x, disc.y - cell.y) / unitsPerPixel <
              disc.radius + cell.radius + gap,
          );
      if (near) merge(near, cell, full);
      else {
        discs.push(cell);
        const key = column + "," + row;
        if (!grid.has(key)) grid.set(key, []);
        grid.get(key).push(cell);
      }
    }
    return discs;
  }

  function merge(disc, cell, full) {
    disc.count += cell.count;
    for (let i = 0; i < SIDES; i++) disc.sides[i] += cell.sides[i];
    for (let i = 0; i < cell.standings.length; i++) disc.standings[i] += cell.standings[i];
    disc.cells.push(...cell.cells);
    disc.relations |= cell.relations;
    disc.first = Math.max(disc.first, cell.first);
    disc.radius = ClaimMap.discRadius(disc.count, full);
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
