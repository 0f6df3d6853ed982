/* Counting while the days move: only the claims of the days that come or go are touched. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const NO_DAY = 65535;

  /**
   * What a moving window keeps, and how many claims of each side and standing lie in each grid cell.
   * No other filter may change meanwhile, and none may ask for standings, which the days change.
   */
  ClaimMap.Tally = class {
    /**
     * @param {Columns} columns
     * @param {Uint8Array} others From ClaimMap.keep with an open window.
     * @param {string} clock "said" or "happened".
     */
    constructor(columns, others, clock) {
      const { at, n } = columns;
      const said = clock === "said";
      const dated = others.slice();
      for (let i = 0; i < n; i++) if (at[said ? "said" : "first"][i] === NO_DAY) dated[i] = 0;
      this.columns = columns;
      this.first = said ? at.said : at.first;
      this.last = said ? at.said : at.last;
      this.dated = dated;
      this.byFirst = sorted(this.first, dated);
      this.byLast = said ? this.byFirst : sorted(this.last, dated);
      this.byTopic = sorted(at.topic, dated);
      this.keep = new Uint8Array(n);
      this.count = 0;
      this.notPlaced = 0;
      this.full = 0;
      this.window = null;
      this.grid = null;
      this.members = null;
      this.standings = null;
    }

    /**
     * Move the window.
     * @param {number} from Days since 1970-01-01.
     * @param {number} to Not before `from`.
     * @param {Uint8Array} standings As of the window's end, from ClaimMap.standingsAsOf.
     */
    move(from, to, standings) {
      const { firstDay } = this.columns;
      // A window before the record is empty: day -1 stands for all the days before the first.
      const low = Math.max(-1, from - firstDay);
      const high = Math.max(low, Math.min(NO_DAY - 1, to - firstDay));
      this.restand(standings);
      if (!this.window) this.begin(low, high);
      const window = this.window;
      // Longer first, then shorter: so every claim of a day that comes is new, and none goes twice.
      while (window.high < high) this.days(this.byFirst, ++window.high, 1);
      while (window.low > low) this.days(this.byLast, --window.low, 1);
      while (window.high > high) this.days(this.byFirst, window.high--, -1);
      while (window.low < low) this.days(this.byLast, window.low++, -1);
    }

    begin(low, high) {
      const inside = new Uint32Array(this.dated.length);
      let count = 0;
      for (let i = 0; i < this.dated.length; i++)
        if (this.dated[i] && this.last[i] >= low && this.first[i] <= high) inside[count++] = i;
      this.turn(inside.subarray(0, count), 1);
      this.window = { low, high };
    }

    // All claims of one day come (1) or go (-1).
    days({ starts, claims }, day, sign) {
      if (day + 1 < starts.length) this.turn(claims.subarray(starts[day], starts[day + 1]), sign);
    }

    turn(claims, sign) {
      const { keep } = this;
      const { placed } = this.columns.at;
      const kept = sign > 0 ? 1 : 0;
      let onMap = 0;
      for (let i = 0; i < claims.length; i++) {
        keep[claims[i]] = kept;
        onMap += placed[claims[i]];
      }
      this.count += sign * claims.length;
      this.notPlaced += sign * (claims.length - onMap);
      const { counted } = this;
      if (counted) ClaimMap.countClaims(this.columns, counted, claims, this.standings, sign);
    }

    // The grid while what stands in it is this tally's: another may have counted there since.
    get counted() {
      return this.grid && this.grid.counted.tally === this ? this.grid : null;
    }

    // Topics whose standing is another now take their claims along.
    restand(standings) {
      const { standings: before, counted } = this;
      this.standings = standings;
      if (!before || !counted) return;
      const { starts, claims } = this.byTopic;
      for (let topic = 0; topic < standings.length; topic++) {
        if (standings[topic] === before[topic] || topic + 1 >= starts.length) continue;
        for (let at = starts[topic]; at < starts[topic + 1]; at++) {
          const cell = this.keep[claims[at]] ? counted.cellOf[claims[at]] : -1;
          if (cell < 0) continue;
          ClaimMap.countStanding(counted, cell, before[topic], -1);
          ClaimMap.countStanding(counted, cell, standings[topic], 1);
        }
      }
    }

    /**
     * Count by the cells of a grid from now on.
     * @param {Object} grid From ClaimMap.gridOf; its arrays are this tally's until another counts there.
     */
    countIn(grid) {
      if (this.grid === grid && this.counted) return;
      this.grid = grid;
      ClaimMap.countCells(this.columns, grid, this.keep, this.standings);
      grid.counted = { tally: this };
    }

    /**
     * @param {number} cell With a claim kept in it.
     * @returns {number} One of the claims kept in it.
     */
    someIn(cell) {
      const { grid, keep } = this;
      const named = ClaimMap.someClaim(grid, cell);
      if (keep[named]) return named;
      if (!this.members || this.members.grid !== grid) this.members = { grid, ...sorted(grid.cellOf, this.dated) };
      const { starts, claims } = this.members;
      let at = starts[cell + 1] - 1;
      while (at > starts[cell] && !keep[claims[at]]) at--;
      return ClaimMap.someClaim(grid, cell, claims[at]);
    }
  };

  // The claims a filter keeps, sorted by a small whole number, and where each number begins.
  function sorted(numbers, keep) {
    let highest = -1;
    for (let i = 0; i < keep.length; i++) if (keep[i] && numbers[i] > highest) highest = numbers[i];
    const starts = new Uint32Array(highest + 3);
    for (let i = 0; i < keep.length; i++) if (keep[i] && numbers[i] >= 0) starts[numbers[i] + 2]++;
    for (let number = 2; number < starts.length; number++) starts[number] += starts[number - 1];
    const claims = new Uint32Array(starts[starts.length - 1]);
    for (let i = 0; i < keep.length; i++) if (keep[i] && numbers[i] >= 0) claims[starts[numbers[i] + 1]++] = i;
    return { starts: starts.subarray(0, highest + 2), claims };
  }
})();
