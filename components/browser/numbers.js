/* The same quantity by speaker: a dot on one scale a quantity, each linked to its claim. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});
  const { h } = ClaimMap;

  /**
   * Draw the quantities.
   * @param {Object} component Streamlit's component; data: quantities.
   */
  ClaimMap.parts.numbers = function (component) {
    const { data, parentElement: host } = component;
    ClaimMap.theme(host);
    let root = host.querySelector(".cm-numbers");
    if (!root) {
      root = h("div.cm-numbers", {});
      host.append(root);
    }
    const pick = (claim) => component.setTriggerValue("pick", { claim, cells: [] });
    if (!data.quantities.length) {
      ClaimMap.fill(root, h("p.cm-hint", {}, "None of the claims shown states a number."));
      return;
    }
    ClaimMap.fill(root, data.quantities.map((quantity) => oneQuantity(quantity, pick)));
  };

  function oneQuantity(quantity, pick) {
    const head = ["Speaker", "Number", "0 to " + quantity.highest, "About", "Said"];
    return h(
      "div.cm-scroll",
      { tabindex: 0, role: "region", "aria-label": quantity.title },
      h(
        "table",
        {},
        h("caption", {}, quantity.title),
        h("thead", {}, h("tr", {}, head.map((words) => h("th", { scope: "col" }, words)))),
        h("tbody", {}, quantity.rows.map((row) => oneNumber(row, pick))),
      ),
    );
  }

  function oneNumber(row, pick) {
    const dot = h("span.cm-dot", { "aria-hidden": "true" }, ClaimMap.sign(row.side));
    dot.style.left = row.share * 100 + "%";
    const speaker = h(
      "button.cm-link",
      { type: "button", "data-key": "number-" + row.index, onclick: () => pick(row.index) },
      row.speaker,
    );
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, ClaimMap.sign(row.side, row.sideWords), speaker),
      h("td.cm-figure", {}, row.number),
      h("td.cm-scale", {}, h("span.cm-track", {}, dot)),
      h("td", {}, row.proposition),
      h("td", {}, row.day),
    );
  }
})();
