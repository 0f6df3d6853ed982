/* The words that must all occur: the rule of `claims/selection.py`, over the words in this file. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const MOST_CHARACTERS = 200;
  const SHOWN_CHARACTERS = 40;

  ClaimMap.Search = class {
    /**
     * @param {{names: string[], places: string[], placeOf: number[]}} table From
     *   `components/standalone/tables.py`: the words that are looked through, and for each claim the
     *   place under all its spellings.
     * @param {Object[]} words Of the claims, by their position.
     */
    constructor(table, words) {
      this.table = table;
      this.words = words;
      this.folded = null;
    }

    /**
     * @param {string} query
     * @returns {?string} One bit a claim in base64, 1 where every word occurs; null where none is asked.
     */
    mask(query) {
      const wanted = tidy(query).toLowerCase().split(" ").filter(Boolean);
      if (!wanted.length) return null;
      const bits = new Uint8Array(Math.ceil(this.words.length / 8));
      this.texts().forEach(function (texts, claim) {
        const holds = (word) => texts.some((text) => text.includes(word));
        if (wanted.every(holds)) bits[claim >> 3] |= 1 << (claim & 7);
      });
      return btoa(Array.from(bits, (byte) => String.fromCharCode(byte)).join(""));
    }

    // Small letters are made once, when somebody first asks.
    texts() {
      const { names, places, placeOf } = this.table;
      const of = (words, claim) => [...names.map((name) => words[name]), places[placeOf[claim]]].map((text) => text.toLowerCase());
      this.folded = this.folded || this.words.map(of);
      return this.folded;
    }

    /**
     * What is looked for, as a short phrase.
     * @param {string} query
     * @returns {string} "" where nothing is.
     */
    phrase(query) {
      const text = tidy(query);
      if (!text) return "";
      const letters = [...text];
      const shown = letters.length > SHOWN_CHARACTERS ? [...letters.slice(0, SHOWN_CHARACTERS - 1), "…"] : letters;
      return "words “" + shown.map((one) => (/[\p{C}\p{Z}]/u.test(one) ? " " : one)).join("") + "”";
    }
  };

  const tidy = (query) => [...query].slice(0, MOST_CHARACTERS).join("").split(/\s+/).filter(Boolean).join(" ");
})();
