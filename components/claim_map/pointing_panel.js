/* What stands under the map's status while somebody points: whose lines these are, what was measured, and the buttons. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const HINTS = {
    spotlight: "It follows the pointer and the arrow keys. Wheel, + and − size it. Esc ends it.",
    pen: "Draw with the pointer; or arrows, and Enter to set the pen down and lift it. Esc puts it away.",
    measure: "Click points; or arrows and Enter. Backspace takes the last one back. Esc ends it.",
  };

  ClaimMap.PointingPanel = class {
    /** @param {{undo: function(string), clear: function(string), grow: function(number)}} hands */
    constructor(hands) {
      this.hands = hands;
      this.live = h("p.cm-unseen", { "aria-live": "polite" });
      this.ahead = h("span", { hidden: true });
      this.body = h("div.cm-pointed.cm-furniture", { hidden: true, "data-testid": "pointed" });
      this.root = h("div.cm-point-panel", {}, this.body, this.live);
    }

    /**
     * Write it anew.
     * @param {{tool: string, pen: ClaimMap.Pen, measure: ClaimMap.Measure}} state
     */
    show({ tool, pen, measure }) {
      const parts = [];
      if (tool === "spotlight") parts.push(this.spotlight());
      if (pen.count || tool === "pen") parts.push(this.pen(pen.count));
      if (measure.count || tool === "measure") parts.push(this.measure(measure));
      const begun = { pen, measure }[tool];
      if (tool && !(begun && begun.count)) parts.push(h("p.cm-point-hint", {}, HINTS[tool]));
      this.body.hidden = !parts.length;
      ClaimMap.fill(this.body, parts);
    }

    /** @param {string} words Said by a screen reader. */
    say(words) {
      this.live.textContent = words;
    }

    /** @param {?Leg} leg From the last point to the pointer. */
    showAhead(leg) {
      this.ahead.hidden = !leg;
      this.ahead.textContent = leg ? "to the pointer " + ClaimMap.legWords(leg) : "";
    }

    spotlight() {
      return h(
        "p.cm-point-row",
        {},
        h("b", {}, "Spotlight"),
        this.button("spotlight-smaller", "Smaller", () => this.hands.grow(-1)),
        this.button("spotlight-larger", "Larger", () => this.hands.grow(1)),
      );
    }

    pen(count) {
      const swatch = h("i.cm-pen-swatch", { "aria-hidden": "true" });
      return h("div.cm-point-row", {}, swatch, h("b", {}, "Drawn by the presenter, not a claim"), this.takeBack("pen", "stroke", count));
    }

    // Each leg has its length and bearing on the map too.
    measure(measure) {
      const { count, legs } = measure;
      const where = h("b", {}, "Measured here, not stated by anyone");
      return [
        h("div.cm-point-row", {}, h("span", {}, where, " · on the ellipsoid WGS 84"), this.takeBack("measure", "point", count)),
        h("p.cm-measured", {}, legs.length ? h("b", {}, "Total " + ClaimMap.kilometres(measure.total)) : null, this.ahead),
        count ? this.points(measure) : null,
      ];
    }

    points({ places, legs }) {
      const before = this.body.querySelector("details");
      const rows = places.map(function ({ lat, lng }, index) {
        const leg = index ? "; from " + index + ": " + ClaimMap.legWords(legs[index - 1]) : "";
        return h("li", {}, index + 1 + ": " + degrees(lat, "N", "S") + ", " + degrees(lng, "E", "W") + leg);
      });
      const words = places.length + (places.length === 1 ? " point" : " points") + ": latitude and longitude, bearings from true north";
      return h("details", { open: Boolean(before && before.open) }, h("summary", { "data-key": "measure-points" }, words), h("ol.cm-legs", {}, rows));
    }

    takeBack(name, one, count) {
      if (!count) return null;
      return h(
        "span.cm-point-row",
        {},
        this.button(name + "-undo", "Undo", () => this.hands.undo(name), "Undo " + one),
        this.button(name + "-clear", "Clear", () => this.hands.clear(name), "Clear all " + one + "s"),
      );
    }

    button(key, words, act, name) {
      return h("button.cm-button.cm-quiet", { type: "button", "data-key": key, "aria-label": name, onclick: act }, words);
    }
  };

  function degrees(value, positive, negative) {
    return Math.abs(value).toFixed(4) + "° " + (value < 0 ? negative : positive);
  }
})();
