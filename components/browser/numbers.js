/* The same quantity by speaker: a dot on one scale a quantity, each linked to its claim. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw the quantities.
   * @param {Object} component Streamlit's component; data: words, quantities.
   */
  ClaimMap.parts.numbers = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "div.cm-numbers", {});
    const claims = data.quantities.flatMap((quantity) => quantity.rows.map((row) => row[0]));
    ClaimMap.withWords(component, claims, function (words) {
      const pick = ClaimMap.picker(component);
      const none = h("p.cm-hint", {}, "None of the claims shown states a number.");
      ClaimMap.fill(root, claims.length ? data.quantities.map((one) => oneQuantity(one, words, pick)) : none);
    });
    return () => root.remove();
  };

  function oneQuantity(quantity, words, pick) {
    const head = ["Speaker", "Number", "0 to " + quantity.highest, "About", "Said"];
    const rows = quantity.rows.map(([claim, number, share]) => oneNumber(words.get(claim), number, share, pick));
    return h(
      "div.cm-scroll",
      { tabindex: 0, role: "region", "aria-label": quantity.title },
      h(
        "table",
        {},
        h("caption", {}, quantity.title),
        h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rows),
      ),
    );
  }

  function oneNumber(claim, number, share, pick) {
    const dot = h("span.cm-dot", { "aria-hidden": "true" }, ClaimMap.sign(claim.side));
    dot.style.left = share * 100 + "%";
    const opens = { type: "button", "data-key": "number-" + claim.index, onclick: () => pick(claim.index) };
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, ClaimMap.sign(claim.side, ClaimMap.sideWords(claim.side)), h("button.cm-link", opens, claim.claimant)),
      h("td.cm-figure", {}, claim.hedge + number),
      h("td.cm-scale", {}, h("span.cm-track", {}, dot)),
      h("td", {}, claim.proposition),
      h("td", {}, claim.said),
    );
  }
})();
