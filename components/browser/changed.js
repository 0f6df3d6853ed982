/* What changed: groups that fold, each a table with a column a side, the same for every side. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const NONE = {
    claims: "No new claim.",
    denials: "No new denial or doubt.",
    standings: "No standing changed.",
    numbers: "No number moved.",
    gone: "No claim is gone.",
  };
  const FIRST = { standings: "Proposition and its standing", numbers: "Proposition and quantity" };

  /**
   * Draw what changed.
   * @param {Object} component Streamlit's component; data: words, hint and groups, each with key, title,
   *   count, counts (claims by side, or null), words, more and rows. A row has the claims (positions) of
   *   its cells; of a standing also about (a claim on the proposition), before and after (codes of
   *   standings), left and outside (how many more turned it, and how many outside the filters); of a
   *   number also quantity, before, after (in words) and earlier (the claim that stated the number
   *   before). What is gone is a list of names.
   */
  ClaimMap.parts.changed = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "div.cm-changed", {});
    const rows = data.groups.filter((group) => group.key !== "gone").flatMap((group) => group.rows);
    const claims = rows.flatMap((row) => [...row.claims, row.about, row.earlier]).filter((one) => one !== undefined);
    ClaimMap.withWords(component, [...new Set(claims)], function (words) {
      const pick = ClaimMap.picker(component);
      const body = h("div", {}, data.groups.map((group) => section(group, words, pick)));
      ClaimMap.fill(root, h("p.cm-hint", {}, data.hint), summary(data.groups, body), body);
    });
    return () => root.remove();
  };

  const name = (group) => "changed-" + group.key;

  // "New claims 37 · New denials and doubts 8 · ...": each opens its group.
  function summary(groups, body) {
    const go = function (group) {
      const found = body.querySelector('[data-key="fold-' + name(group) + '"]');
      found.parentElement.open = true;
      found.focus();
      found.scrollIntoView({ block: "nearest" });
    };
    return h(
      "nav.cm-changes",
      { "aria-label": "What changed, by kind" },
      groups.map((group) =>
        h(
          "button.cm-button.cm-quiet",
          { type: "button", "data-key": "to-" + group.key, onclick: () => go(group) },
          h("b", {}, ClaimMap.number(group.count)),
          " " + group.title,
        ),
      ),
    );
  }

  function section(group, words, pick) {
    const heading = [h("b", {}, group.title), h("span.cm-hint", {}, ClaimMap.number(group.count), sides(group.counts), group.words && " · " + group.words)];
    return ClaimMap.fold(name(group), heading, group.count > 0, function () {
      if (!group.count) return h("p.cm-hint", {}, NONE[group.key]);
      const more = group.more > 0 && h("p.cm-hint", {}, ClaimMap.number(group.more) + " more: narrow the days or the filters, or download the list.");
      return [group.key === "gone" ? gone(group) : table(group, words, pick), more].filter(Boolean);
    });
  }

  // ": Ukraine 12 · Russia 10 · Third party 3"; every side is named, also with none.
  function sides(counts) {
    if (!counts || !counts.some(Boolean)) return "";
    return ": " + ClaimMap.symbols.sides.map(([, side], code) => side + " " + ClaimMap.number(counts[code])).join(" · ");
  }

  function gone(group) {
    return h("ul.cm-gone", {}, group.rows.map((claim) => h("li", {}, claim)));
  }

  function table(group, words, pick) {
    const draw = { standings: standing, numbers: moved }[group.key] || listed;
    const rows = group.rows.map((row) => draw(row, words, (claim, lines) => ClaimMap.claimCell(claim, name(group) + "-" + claim.index, pick, lines)));
    return ClaimMap.sideTable(group.title, FIRST[group.key] || "Proposition", rows);
  }

  function listed(row, words, draw) {
    const claims = row.claims.map((claim) => words.get(claim));
    return ClaimMap.sideRow([proposition(claims[0])], claims, (claim) => draw(claim, []));
  }

  function standing(row, words, draw) {
    const head = [
      proposition(words.get(row.about)),
      h("span.cm-turn", {}, ClaimMap.badge(row.before), h("span", { role: "img", "aria-label": "then" }, "→"), ClaimMap.badge(row.after)),
      row.outside > 0 && h("span.cm-hint", {}, claimsOf(row.outside) + " outside the filters turned it"),
      row.left > 0 && h("span.cm-hint", {}, "and " + claimsOf(row.left) + " more"),
    ];
    return ClaimMap.sideRow(head, row.claims.map((claim) => words.get(claim)), (claim) => draw(claim, []));
  }

  function moved(row, words, draw) {
    const [before, after] = [words.get(row.earlier), words.get(row.claims[0])];
    const from = before.hedge + row.before + ", " + ClaimMap.dayAndMonth(before.said);
    const to = after.hedge + row.after;
    const head = [proposition(after), h("span.cm-hint", {}, row.quantity)];
    return ClaimMap.sideRow(head, [after], (claim) =>
      draw(claim, [h("span.cm-moved", {}, from, h("span", { role: "img", "aria-label": "then" }, " → "), h("b", {}, to))]),
    );
  }

  function proposition(claim) {
    return h("span.cm-proposition", {}, claim.proposition);
  }

  const claimsOf = (count) => ClaimMap.counted(count, "claim");
})();
