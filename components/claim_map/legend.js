/* What a screenshot needs to explain itself: window, filters, "n of N", and the signs on screen. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const SIDES = ["ukraine", "russia", "third_party"];
  const STANDINGS = ["contested", "agreed", "one_sided", "third_party_only"];
  const EXTENT_WORDS = {
    ring: "distance claimed, direction not stated",
    fan: "distance claimed, with its direction",
    line: "length claimed along a sector",
    area: "where it may be: area named, outline ours",
    doubt: "where it may be: radius of doubt",
  };

  /**
   * Write the status line.
   * @param {HTMLElement} host
   * @param {{window: string, filters: string[], notPlaced: number}} words
   * @param {number} shown
   * @param {number} total
   * @param {function(): void} showUnplaced Opens the list of claims that are not placed.
   */
  ClaimMap.writeStatus = function (host, words, shown, total, showUnplaced) {
    const { h } = ClaimMap;
    const number = (value) => value.toLocaleString("en-GB");
    const parts = [h("b", {}, words.window)];
    for (const filter of words.filters) parts.push(h("span", {}, filter));
    parts.push(h("span", {}, h("b", {}, number(shown) + " of " + number(total)), " claims shown"));
    if (words.notPlaced) {
      const see = { type: "button", "data-key": "unplaced", onclick: showUnplaced };
      parts.push(h("span", {}, number(words.notPlaced) + " of them not placed: ", h("button.cm-link", see, "see the list")));
    }
    host.replaceChildren(...parts.flatMap((part, index) => (index ? [document.createTextNode(" · "), part] : [part])));
  };

  /**
   * Write the legend of what is drawn now.
   * @param {HTMLElement} host
   * @param {{sides: Set<number>, standings: Set<number>, kinds: Set<string>,
   *   left: {extents: number, shorter: number, doubt: number}}} drawn
   * @param {{side: string[], standing: string[]}} words
   */
  ClaimMap.writeLegend = function (host, drawn, words) {
    const { h } = ClaimMap;
    const rows = [];
    const short = { class: "cm-short" };
    SIDES.forEach(function (side, code) {
      if (drawn.sides.has(code)) rows.push(h("li", short, ClaimMap.sign(side), words.side[code] + " says"));
    });
    STANDINGS.forEach(function (standing, code) {
      if (drawn.standings.has(code))
        rows.push(h("li", short, h("i.cm-key.cm-key-" + standing, { "aria-hidden": "true" }), words.standing[code]));
    });
    for (const [kind, text] of Object.entries(EXTENT_WORDS))
      if (drawn.kinds.has(kind))
        rows.push(h("li", {}, h("i.cm-key.cm-key-" + kind, { "aria-hidden": "true" }), text));
    const { extents, shorter, doubt } = drawn.left;
    if (extents) rows.push(h("li", {}, counted(extents, "smaller extent") + " not drawn: zoom in"));
    if (shorter) rows.push(h("li", {}, counted(shorter, "shorter distance") + " not drawn: pick a claim"));
    if (doubt) rows.push(h("li", {}, counted(doubt, "radius of doubt", "radii of doubt") + " not drawn: pick a claim"));
    const key = rows.map((row) => row.textContent).join("|");
    if (host.dataset.key === key) return;
    host.dataset.key = key;
    host.replaceChildren(...rows);
  };

  function counted(count, noun, many) {
    return count.toLocaleString("en-GB") + " " + (count === 1 ? noun : many || noun + "s");
  }
})();
