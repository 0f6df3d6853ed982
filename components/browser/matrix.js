/* Who says what: propositions against sides, each cell the claims with their stances. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const MOST_OPEN = 30;
  const NOBODY_YET = -1;
  let looked = "";

  /**
   * Draw the matrix.
   * @param {Object} component Streamlit's component; data: words, and asOf, more and rows, each the
   *   standing's code and then the claims; or `ask`, where these are.
   */
  ClaimMap.parts.matrix = function (component) {
    const root = ClaimMap.root(component, "div.cm-matrix", {});
    const claimsOf = ({ rows }) => rows.flatMap(([, ...claims]) => claims);
    ClaimMap.withWordsInSight(component, claimsOf, function (data, words) {
      const rows = data.rows.map((row) => prepare(row, words));
      const pick = ClaimMap.picker(component);
      if (!rows.length) {
        ClaimMap.fill(root, h("p.cm-hint", {}, "No claim matches these filters. Widen the days, or take a filter away."));
        return;
      }
      const body = h("div", {});
      const count = h("span.cm-hint", { role: "status" });
      ClaimMap.fill(root, bar(data, count, body, rows, pick), body);
      list(body, count, rows, pick);
    });
    return () => root.remove();
  };

  function prepare([standing, ...positions], words) {
    const claims = positions.map((claim) => words.get(claim));
    const said = claims.map((claim) => [claim.claimant, claim.organisation, claim.statement, claim.where].join(" "));
    return { standing, claims, text: [claims[0].proposition, ...said].join(" ").toLowerCase() };
  }

  function bar(data, count, body, rows, pick) {
    const find = h("input.cm-find", {
      type: "search",
      "aria-label": "Find in who says what",
      placeholder: "Find a proposition or speaker",
      "data-key": "matrix-find",
      value: looked,
      oninput: function () {
        looked = find.value;
        list(body, count, rows, pick);
      },
    });
    const all = (open, text) =>
      h("button.cm-button.cm-quiet", { type: "button", "data-key": "matrix-" + text, onclick: () => ClaimMap.foldAll(body, open) }, text);
    const more = data.more > 0 && " · " + data.more + " more propositions: narrow the filters";
    return h("div.cm-bar", {}, find, all(true, "Open all"), all(false, "Fold all"), count, h("span.cm-hint", {}, data.asOf, more));
  }

  // Sections by standing, contested first; within each the last word said stands first.
  function list(body, count, rows, pick) {
    const wanted = looked.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter((row) => wanted.every((word) => row.text.includes(word)));
    const sections = new Map();
    for (const row of found) {
      const key = row.standing === null ? NOBODY_YET : row.standing;
      if (!sections.has(key)) sections.set(key, []);
      sections.get(key).push(row);
    }
    let room = MOST_OPEN;
    const drawn = [...sections].map(function ([standing, group]) {
      const isOpen = room > 0 || wanted.length > 0;
      room -= group.length;
      const name = standing === NOBODY_YET ? "no word yet" : ClaimMap.symbols.standings[standing][1];
      const heading = [standing === NOBODY_YET ? name : ClaimMap.badge(standing), propositions(group.length)];
      const make = () => ClaimMap.sideTable("Who says what: " + name, "Proposition", group.map((row) => oneRow(row, pick)));
      return ClaimMap.fold("matrix-" + standing + (wanted.length ? "-found" : ""), heading, isOpen, make);
    });
    count.textContent = found.length === rows.length ? propositions(rows.length) : found.length + " of " + propositions(rows.length);
    body.replaceChildren(...drawn);
  }

  const propositions = (count) => ClaimMap.counted(count, "proposition");

  function oneRow(row, pick) {
    const name = h("span.cm-proposition", {}, row.claims[0].proposition);
    return ClaimMap.sideRow([name], row.claims, (claim) => ClaimMap.claimCell(claim, "cell-" + claim.index, pick));
  }
})();
