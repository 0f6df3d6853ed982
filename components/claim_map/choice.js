/* What the viewer has chosen, in the map or with a pill, and Python has not answered yet. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const ANSWERED_WITHIN_MS = 4000;

  ClaimMap.Choice = class {
    constructor() {
      this.parts = null;
      this.earlier = [];
      this.sentAt = 0;
    }

    /** @param {Object} part Of a selection: from, to, clock, side, kind, standing. */
    put(part) {
      this.parts = Object.assign({}, this.parts, part);
    }

    /** Note that Python has been told. */
    sent() {
      this.sentAt = performance.now();
      this.earlier.push(this.parts);
    }

    /**
     * @param {Object} selection Python's.
     * @returns {Object} What is to be shown: Python's selection, but for what was chosen since.
     */
    over(selection) {
      return Object.assign({}, selection, this.parts);
    }

    /**
     * Python's answer ends a choice, and so does anything else that Python says of its own; but its
     * answer to what was chosen before, and then changed, does not.
     * @param {?Object} before Python's selection until now.
     * @param {Object} now Python's selection.
     */
    answered(before, now) {
      if (!this.parts) return;
      const agrees = (parts) => Object.entries(parts).every(([name, value]) => same(now[name], value));
      const late = performance.now() - this.sentAt > ANSWERED_WITHIN_MS;
      const other = before && Object.keys(this.parts).some((name) => !same(before[name], now[name]));
      if (!agrees(this.parts) && !late && (!other || this.earlier.some(agrees))) return;
      this.parts = null;
      this.earlier = [];
    }
  };

  // Codes are a set: their order means nothing.
  function same(a, b) {
    const plain = (value) => JSON.stringify(Array.isArray(value) ? value.slice().sort((x, y) => x - y) : value);
    return plain(a) === plain(b);
  }
})();
