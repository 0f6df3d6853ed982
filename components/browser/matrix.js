/* Who says what: propositions against organisations, each cell the stances. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});
  const { h } = ClaimMap;

  /**
   * Draw the matrix.
   * @param {Object} component Streamlit's component; data: asOf, columns, rows, more.
   */
  ClaimMap.parts.matrix = function (component) {
    const { data, parentElement: host } = component;
    ClaimMap.theme(host);
    let root = host.querySelector(".cm-matrix");
    if (!root) {
      root = h("div.cm-matrix.cm-scroll", { tabindex: 0, role: "region", "aria-label": "Who says what" });
      host.append(root);
    }
    const pick = (claim) => component.setTriggerValue("pick", { claim, cells: [] });
    if (!data.rows.length) {
      ClaimMap.fill(root, h("p.cm-hint", {}, "No claim matches these filters. Widen the days, or take a filter away."));
      return;
    }
    const head = data.columns.map((column) =>
      h("th", { scope: "col" }, ClaimMap.sign(column.side, column.sideWords), h("span", {}, column.organisation)),
    );
    ClaimMap.fill(
      root,
      h("p.cm-hint", {}, data.asOf, data.more > 0 && " · " + data.more + " more propositions: narrow the filters"),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Proposition"), head)),
        h("tbody", {}, data.rows.map((row) => oneRow(row, pick))),
      ),
    );
  };

  function oneRow(row, pick) {
    const name = h(
      "th",
      { scope: "row" },
      h("span.cm-proposition", {}, row.proposition),
      row.standing && ClaimMap.badge({ standing: row.standing, words: row.standingWords }),
    );
    return h("tr", {}, name, row.cells.map((claims) => h("td", {}, claims.map((claim) => oneClaim(claim, pick)))));
  }

  function oneClaim(claim, pick) {
    return h(
      "button.cm-cell.cm-cell-" + claim.stance,
      { type: "button", "data-key": "cell-" + claim.index, onclick: () => pick(claim.index) },
      h("b", {}, claim.words),
      h("span", {}, claim.speaker + ", " + claim.day),
      claim.admission && h("span", {}, "against own side"),
    );
  }
})();
