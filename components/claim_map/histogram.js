/* Counting claims by day and side for the timeline, and cutting days into bars. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const NO_DAY = 65535;
  const SIDES = 3;
  const CONTESTED = 0;
  const LEAST_BAR_PX = 3;
  const MONDAY = 4; // 5 January 1970
  const WEEK = 7;

  /**
   * @typedef {Object} Histogram
   * @property {number} first Day of the first entry, days since 1970-01-01.
   * @property {number} days
   * @property {Uint32Array} counts Claims by day and side, a day's three sides beside each other.
   * @property {Uint8Array} contested 1 on days with a claim on a contested proposition.
   */

  /**
   * Count what passes every filter but the window. A claim that happened over several days counts
   * on each of them.
   * @param {Columns} columns
   * @param {Uint8Array} keep From ClaimMap.keep with an open window.
   * @param {Uint8Array} standings From ClaimMap.standingsAsOf.
   * @param {string} clock "said" or "happened".
   * @returns {?Histogram} Null if no claim has a day of this clock.
   */
  ClaimMap.countDays = function (columns, keep, standings, clock) {
    const { at, n, firstDay } = columns;
    const { side, topic } = at;
    const said = clock === "said";
    const first = said ? at.said : at.first;
    const last = said ? at.said : at.last;
    let low = NO_DAY;
    let high = -1;
    for (let i = 0; i < n; i++) {
      if (first[i] === NO_DAY) continue;
      if (first[i] < low) low = first[i];
      if (last[i] > high) high = last[i];
    }
    if (high < 0) return null;
    const days = high - low + 1;
    const steps = new Int32Array((days + 1) * SIDES);
    const disputed = new Int32Array(days + 1);
    for (let i = 0; i < n; i++) {
      if (!keep[i] || first[i] === NO_DAY) continue;
      const [from, after] = [first[i] - low, last[i] - low + 1];
      steps[from * SIDES + side[i]]++;
      steps[after * SIDES + side[i]]--;
      if (standings[topic[i]] !== CONTESTED) continue;
      disputed[from]++;
      disputed[after]--;
    }
    const counts = new Uint32Array(days * SIDES);
    const contested = new Uint8Array(days);
    const running = [0, 0, 0];
    let open = 0;
    for (let day = 0; day < days; day++) {
      for (let side = 0; side < SIDES; side++)
        counts[day * SIDES + side] = running[side] += steps[day * SIDES + side];
      open += disputed[day];
      contested[day] = open > 0 ? 1 : 0;
    }
    return { first: firstDay + low, days, counts, contested };
  };

  /**
   * Cut a span of days into bars: days, weeks from Monday or months, whichever are wide enough.
   * @param {number} from First day in view, days since 1970-01-01.
   * @param {number} to Last day in view.
   * @param {number} width Pixels.
   * @returns {{unit: string, edges: number[]}} The bars run from one edge up to the next.
   */
  ClaimMap.cutDays = function (from, to, width) {
    const perDay = width / (to - from + 1);
    const unit = perDay >= LEAST_BAR_PX ? "day" : perDay * WEEK >= LEAST_BAR_PX ? "week" : "month";
    const edges = [];
    if (unit === "month") {
      const { year, month } = ClaimMap.dateOf(from);
      for (let step = 0; !edges.length || edges[edges.length - 1] <= to; step++) edges.push(ClaimMap.firstOfMonth(year, month + step));
    } else {
      const step = unit === "day" ? 1 : WEEK;
      const start = unit === "day" ? from : from - ((((from - MONDAY) % WEEK) + WEEK) % WEEK);
      for (let edge = start; edge < to + 1 + step; edge += step) edges.push(edge);
    }
    return { unit, edges };
  };

  /**
   * Add up the days of each bar.
   * @param {Histogram} histogram
   * @param {number[]} edges
   * @returns {{sides: number[][], contested: boolean[], highest: number}} One entry a bar. Where a bar
   *   holds several days, a claim of several days counts on each.
   */
  ClaimMap.fillBars = function (histogram, edges) {
    const sides = [];
    const contested = [];
    let highest = 0;
    for (let bar = 0; bar + 1 < edges.length; bar++) {
      const sum = [0, 0, 0];
      let disputed = false;
      const [start, end] = [Math.max(0, edges[bar] - histogram.first), Math.min(histogram.days, edges[bar + 1] - histogram.first)];
      for (let day = start; day < end; day++) {
        for (let side = 0; side < SIDES; side++) sum[side] += histogram.counts[day * SIDES + side];
        disputed = disputed || histogram.contested[day] === 1;
      }
      sides.push(sum);
      contested.push(disputed);
      highest = Math.max(highest, sum[0] + sum[1] + sum[2]);
    }
    return { sides, contested, highest };
  };
})();
