/* A scene that the map shows already and Python has not said yet. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const ANSWERED_WITHIN_MS = 4000;

  ClaimMap.Ahead = class {
    /** @param {function(Object): void} late Called with Python's message if it stays another one. */
    constructor(late) {
      this.late = late;
      this.message = null;
      this.held = null;
    }

    /** @param {Object} message What the map shows now. */
    put(message) {
      this.end();
      this.message = message;
      this.timer = setTimeout(() => this.drop(), ANSWERED_WITHIN_MS);
    }

    /**
     * Tell whether a message is older than what is shown and has to wait.
     * @param {Object} message Python's.
     * @returns {boolean}
     */
    holds(message) {
      if (!this.message) return false;
      if (picture(message) === picture(this.message)) {
        this.end();
        return false;
      }
      this.held = message;
      return true;
    }

    /** The viewer goes on by himself, or Python stays silent: what it said last counts. */
    drop() {
      const { held } = this;
      this.end();
      if (held) this.late(held);
    }

    end() {
      clearTimeout(this.timer);
      this.message = this.held = null;
    }
  };

  const picture = ({ selection, claim, cells, columns, compare }) => JSON.stringify([selection, claim, cells, columns, compare && compare.narrators]);
})();
