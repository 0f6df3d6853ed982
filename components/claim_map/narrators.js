/* Who narrates: a side's or an organisation's claims, the heading over its map, and the button on one
   map that sets two of them side by side. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const FIRST_ASKED = ["ukraine", "russia"];
  const known = new WeakMap();

  /**
   * @typedef {Object} Narrator
   * @property {string} name Code of a side or name of an organisation.
   * @property {string} words
   * @property {?string} side Whose sign it bears; null for an organisation that speaks on several.
   * @property {TypedArray} codes The column that tells its claims.
   * @property {number} code What stands there; -1 if the record does not know it.
   */

  /**
   * @param {Columns} columns
   * @param {string} name
   * @returns {Narrator}
   */
  ClaimMap.narratorOf = function (columns, name) {
    if (!known.has(columns)) known.set(columns, new Map());
    const narrators = known.get(columns);
    if (!narrators.has(name)) narrators.set(name, find(columns, name));
    return narrators.get(name);
  };

  function find({ at, vocabulary }, name) {
    const { sides } = ClaimMap.symbols;
    const side = sides.findIndex(([code]) => code === name);
    if (side >= 0) return { name, words: sides[side][1], side: name, codes: at.side, code: side };
    const code = vocabulary.organisation.indexOf(name);
    const seen = new Set();
    const { organisation, side: sideOf } = at;
    for (let i = 0; i < sideOf.length; i++) if (organisation[i] === code) seen.add(sideOf[i]);
    const of = seen.size === 1 ? sides[[...seen][0]][0] : null;
    return { name, words: name, side: of, codes: at.organisation, code };
  }

  /**
   * @param {Uint8Array} keep One byte a claim.
   * @param {Narrator} narrator
   * @returns {Uint8Array} What of it the narrator says.
   */
  ClaimMap.keepOf = function (keep, { codes, code }) {
    const own = new Uint8Array(keep.length);
    for (let i = 0; i < keep.length; i++) own[i] = keep[i] & (codes[i] === code);
    return own;
  };

  /** The heading of one of two maps: its narrator, which can be changed here, and "n of N". */
  ClaimMap.NarratorHeading = class {
    /**
     * @param {number} place 0 for the first map, 1 for the second.
     * @param {{choose: function(number, string), swap: function()}} hands
     */
    constructor(place, { choose, swap }) {
      this.sign = h("span.cm-narrator-sign");
      this.name = h("span.cm-narrator-name");
      this.count = h("span.cm-narrator-count");
      this.select = h("select.cm-tool", {
        "aria-label": place ? "Second narrator" : "First narrator",
        onchange: () => choose(place, this.select.value),
      });
      const turn = { type: "button", "aria-label": "Swap the narrators", title: "Swap the narrators", onclick: swap };
      this.root = h(
        "div.cm-narrator",
        { "data-narrator": place + 1 },
        place === 1 && h("button.cm-button.cm-quiet.cm-tool.cm-swap", turn, "⇄"),
        h("h2", {}, this.sign, this.name, this.count),
        this.select,
      );
    }

    /**
     * Offer the sides and organisations of a record.
     * @param {Columns} columns
     */
    offer({ vocabulary }) {
      const option = ([value, words]) => h("option", { value }, words);
      const organisations = vocabulary.organisation.map((name) => [name, name]);
      this.select.replaceChildren(
        h("optgroup", { label: "Sides" }, ClaimMap.symbols.sides.map(option)),
        h("optgroup", { label: "Organisations" }, organisations.map(option)),
      );
    }

    /**
     * @param {Narrator} narrator
     * @param {string} other Name of the other one, who cannot be chosen twice.
     */
    show(narrator, other) {
      this.sign.replaceChildren(...(narrator.side ? [ClaimMap.sign(narrator.side)] : []));
      this.name.textContent = ClaimMap.visible(narrator.words);
      for (const option of this.select.querySelectorAll("option")) option.disabled = option.value === other;
      this.select.value = narrator.name;
    }

    /**
     * @param {number} shown
     * @param {number} total
     */
    tell(shown, total) {
      const number = (value) => value.toLocaleString("en-GB");
      this.root.dataset.shown = shown;
      this.count.textContent = number(shown) + " of " + number(total) + " claims";
    }
  };

  /** The button on the map that sets two narrators side by side. */
  ClaimMap.CompareControl = L.Control.extend({
    options: { position: "topright" },

    /** @param {function(string[]): void} compare Called with two names, or none. */
    initialize: function (compare) {
      this._compare = compare;
    },

    onAdd: function () {
      const press = { type: "button", title: "Set two narrators side by side", onclick: () => this._compare(FIRST_ASKED) };
      this._button = h("button.cm-button.cm-compare", press, "Compare");
      L.DomEvent.disableClickPropagation(this._button);
      return this._button;
    },

    /** Put the focus where the comparison can be begun again. */
    focus: function () {
      this._button.focus({ preventScroll: true });
    },
  });
})();
