/* Who says what: propositions against organisations, each cell the stances. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw the matrix.
   * @param {Object} component Streamlit's component; data: words, asOf, groups, more.
   */
  ClaimMap.parts.matrix = function (component) {
    const { data } = component;
    const names = { tabindex: 0, role: "region", "aria-label": "Who says what" };
    const root = ClaimMap.root(component, "div.cm-matrix.cm-scroll", names);
    ClaimMap.withWords(component, data.groups.flatMap((group) => group.claims), function (words) {
      if (data.groups.length) ClaimMap.fill(root, ...table(data, words, ClaimMap.picker(component)));
      else ClaimMap.fill(root, h("p.cm-hint", {}, "No claim matches these filters. Widen the days, or take a filter away."));
    });
    return () => root.remove();
  };

  function table(data, words, pick) {
    const columns = organisations(words);
    const head = columns.map((column) =>
      h("th", { scope: "col" }, ClaimMap.sign(column.side, ClaimMap.sideWords(column.side)), h("span", {}, column.organisation)),
    );
    const more = data.more > 0 && " · " + data.more + " more propositions: narrow the filters";
    const rows = data.groups.map((group) => oneRow(group, columns, words, pick));
    return [
      h("p.cm-hint", {}, data.asOf, more),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Proposition"), head)),
        h("tbody", {}, rows),
      ),
    ];
  }

  // The organisations that speak, by side, then by name.
  function organisations(words) {
    const order = ClaimMap.symbols.sides.map(([side]) => side);
    const found = new Map();
    for (const { organisation, side } of words.values())
      found.set(side + "\n" + organisation, { organisation, side });
    return [...found.values()].sort(
      (a, b) => order.indexOf(a.side) - order.indexOf(b.side) || a.organisation.localeCompare(b.organisation, "en"),
    );
  }

  function oneRow(group, columns, words, pick) {
    const claims = group.claims.map((claim) => words.get(claim));
    const cells = columns.map(function (column) {
      const said = claims.filter((claim) => claim.organisation === column.organisation && claim.side === column.side);
      return h("td", {}, said.map((claim) => oneClaim(claim, pick)));
    });
    const name = h("th", { scope: "row" }, h("span.cm-proposition", {}, claims[0].proposition), ClaimMap.badge(group.standing));
    return h("tr", {}, name, cells);
  }

  function oneClaim(claim, pick) {
    return h(
      "button.cm-cell.cm-cell-" + claim.stance,
      { type: "button", "data-key": "cell-" + claim.index, onclick: () => pick(claim.index) },
      h("b", {}, ClaimMap.symbols.stances[claim.stance]),
      h("span", {}, claim.claimant + ", " + claim.said.replace(/ \d+$/, "")),
      claim.admission && h("span", {}, "against own side"),
    );
  }
})();
