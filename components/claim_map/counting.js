/* What a selection keeps, worked out once for all who ask: the map, the bars, the view that fits. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;

  ClaimMap.Counting = class {
    /** @param {Columns} columns */
    constructor(columns) {
      this.columns = columns;
      this.standing = { key: undefined, codes: null };
      this.open = { key: null, kept: null };
      this.bars = { key: null, days: null };
      this.tally = null;
    }

    /**
     * @param {Object} selection As ClaimMap.keep takes it.
     * @returns {Uint8Array} From ClaimMap.standingsAsOf, as of the day the selection asks for.
     */
    standings(selection) {
      const key = asOf(selection);
      if (this.standing.key !== key) this.standing = { key, codes: ClaimMap.standingsAsOf(this.columns, key) };
      return this.standing.codes;
    }

    /**
     * @param {Object} selection
     * @param {boolean} moving Whether the days move, so that the next window is much like this one.
     * @returns {{keep: Uint8Array, count: number, notPlaced: number, tally: ?ClaimMap.Tally}} As
     *   ClaimMap.keep; tally: what has counted it, where the days move or moved last.
     */
    kept(selection, moving) {
      const tally = this.tallyOf(selection, moving);
      if (tally) return { keep: tally.keep, count: tally.count, notPlaced: tally.notPlaced, tally };
      const kept = hasWindow(selection)
        ? ClaimMap.keep(this.columns, selection, this.standings(selection))
        : this.keptOnAnyDay(selection);
      return Object.assign({ tally: null }, kept);
    }

    /**
     * Count the claims of each day: every filter but the window.
     * @param {Object} selection
     * @returns {Object} From ClaimMap.countDays, with the clock it counts by.
     */
    days(selection) {
      const key = this.daysKey(selection);
      if (this.bars.key !== key) {
        const { keep } = this.keptOnAnyDay(selection);
        const days = ClaimMap.countDays(this.columns, keep, this.standings(selection), selection.clock);
        this.bars = { key, days, clock: selection.clock };
      }
      return this.bars.days;
    }

    /**
     * @param {Object} selection
     * @returns {boolean} Whether its days are counted already.
     */
    knowsDays(selection) {
      return this.bars.key === this.daysKey(selection);
    }

    daysKey(selection) {
      return JSON.stringify([withoutWindow(selection), asOf(selection)]);
    }

    keptOnAnyDay(selection) {
      const open = withoutWindow(selection);
      const key = JSON.stringify([open, open.standing ? asOf(selection) : null]);
      if (this.open.key !== key) {
        this.open = { key, kept: ClaimMap.keep(this.columns, open, this.standings(selection)) };
      }
      return this.open.kept;
    }

    // While the days move only what comes and goes is counted. A filter by standing, which the days
    // change themselves, needs everything anew.
    tallyOf(selection, moving) {
      const { from, to, clock, standing } = selection;
      const key = JSON.stringify(withoutWindow(selection));
      const stays = this.tally && this.tally.key === key;
      if (standing || from === null || to === null || !(moving || stays)) {
        this.tally = null;
        return null;
      }
      if (!stays) {
        this.tally = new ClaimMap.Tally(this.columns, this.keptOnAnyDay(selection).keep, clock);
        this.tally.key = key;
      }
      this.tally.move(from, to, this.standings(selection));
      // Sizes may only grow while the days move; at rest they are those of the selection.
      if (!moving) this.tally.full = 0;
      return this.tally;
    }
  };

  const withoutWindow = (selection) => Object.assign({}, selection, { from: null, to: null });
  const hasWindow = ({ from, to }) => from !== null || to !== null;
  // Standings are as of the window's end only where it says what was said by then.
  const asOf = (ClaimMap.asOf = ({ clock, to }) => (clock === "said" ? to : null));
})();
