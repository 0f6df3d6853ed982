/* What stands over a map in words: what is shown, the legend, and why nothing is. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const NARROW_PX = 640;
  const WHILE_MOVING_MS = 120;

  ClaimMap.MapCorner = class {
    /** @param {{tell: function(string, *), decide: function(Object), folded: function()}} hands What hears of a
     *   button, of a filter chosen in the legend, and that the legend was opened or closed. */
    constructor({ tell, decide, folded }) {
      Object.assign(this, { tell, decide, stopLegend: null });
      this.status = h("p.cm-status.cm-furniture", { role: "status" });
      this.keys = h("ul.cm-keys");
      this.legend = h("details.cm-legend.cm-furniture", { open: window.innerWidth > NARROW_PX, hidden: true }, h("summary", {}, "Legend"), this.keys);
      this.legend.addEventListener("toggle", folded);
      this.root = h("div.cm-corner", {}, this.status, this.legend);
      this.empty = h("div.cm-empty.cm-furniture", { hidden: true });
    }

    /**
     * Say how many claims are shown of how many, and by which filters.
     * @param {Object} told As `ClaimMap.writeStatus`.
     */
    tellStatus(told) {
      ClaimMap.writeStatus(this.status, told, () => this.tell("tab", "unplaced"));
    }

    /**
     * Say over the map that it shows no claim, where it shows none.
     * @param {number} shown
     * @param {number} total
     */
    tellEmpty(shown, total) {
      ClaimMap.writeEmpty(this.empty, shown, total, () => this.tell("clear", true));
    }

    /**
     * Say over the map why it cannot be drawn.
     * @param {string} message
     */
    tellFault(message) {
      this.empty.hidden = false;
      this.empty.replaceChildren(h("p", { role: "alert" }, message));
    }

    /**
     * Write the legend once the picture is on the screen; where days move fast, one legend serves several.
     * @param {function(): Object} now What is drawn, Python's words and the selection by then.
     * @param {boolean} moving Whether the days move: nobody reads it in a single frame.
     */
    legendSoon(now, moving) {
      if (this.stopLegend) return;
      const write = () => this.writeLegend(now());
      if (moving) {
        const later = setTimeout(write, WHILE_MOVING_MS);
        this.stopLegend = () => clearTimeout(later);
      } else this.stopLegend = ClaimMap.oncePainted(write);
    }

    writeLegend({ drawn, words, selection }) {
      this.stopLegend = null;
      this.legend.hidden = false;
      ClaimMap.writeLegend(this.keys, drawn, words, selection, (name, codes) => this.decide({ [name]: codes }));
    }

    /** Write no more. */
    end() {
      if (this.stopLegend) this.stopLegend();
    }
  };
})();
