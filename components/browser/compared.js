/* What two narrators say, proposition by proposition: against each other, alike, one alone. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const MEANS = {
    contradict: "One says yes where the other says no.",
    both: "Both say yes, both say no, or neither can confirm.",
  };

  /**
   * Draw the list.
   * @param {Object} component Streamlit's component; data: words and what
   *   `cartography.comparing.compared` says.
   */
  ClaimMap.parts.compared = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "section.cm-cards.cm-compared", { tabindex: 0, "aria-label": "What two narrators say" });
    const shown = data.groups.flatMap((group) => group.rows.flat(2));
    ClaimMap.withWords(component, shown, function (words) {
      const pick = ClaimMap.picker(component);
      const outside = new Set(data.outside);
      // What only one says is folded for both alike, unless there is nothing else.
      const answers = data.groups.some((group) => MEANS[group.relation] && group.count);
      const opens = (group) => Boolean(MEANS[group.relation]) || !answers;
      const heading = ClaimMap.heading(root, data.heading);
      ClaimMap.fill(
        root,
        heading.parentElement || h("div.cm-cards-head", {}, heading),
        h("p.cm-hint", {}, data.asOf),
        data.groups.map((group) => oneGroup(group, opens(group), data.narrators, words, outside, pick)),
      );
    });
    return () => root.remove();
  };

  function oneGroup({ relation, heading, count, rows }, isOpen, narrators, words, outside, pick) {
    const head = [ClaimMap.relationSign(relation), h("b", {}, heading), propositions(count)];
    const more = count - rows.length;
    const fill = () => [
      MEANS[relation] && count ? h("p.cm-hint", {}, MEANS[relation]) : "",
      ...rows.map((row) => oneRow(row, relation, narrators, words, outside, pick)),
      more > 0 ? h("p.cm-hint", {}, propositions(more) + " more: narrow the filters.") : "",
    ];
    return ClaimMap.fold("compared-" + relation, head, isOpen, fill);
  }

  const propositions = (count) => ClaimMap.counted(count, "proposition");

  // Each narrator has a column of his own, on the side of his map.
  function oneRow(row, relation, narrators, words, outside, pick) {
    const first = words.get(row.flat()[0]);
    const columns = row.map((claims, place) =>
      h(
        "div.cm-says",
        {},
        h("span.cm-says-who", {}, narrators[place]),
        claims.length ? claims.map((claim) => oneWord(words.get(claim), outside.has(claim), pick)) : h("span.cm-says-nothing", {}, "has not spoken"),
      ),
    );
    return h("section.cm-compared-row", { "data-relation": relation }, h("h3", {}, first.proposition), h("div.cm-both", {}, columns));
  }

  function oneWord(claim, isOutside, pick) {
    const open = { type: "button", "data-key": "word-" + claim.index, "data-claim": claim.id, onclick: () => pick(claim.index) };
    return h(
      "button.cm-cell.cm-cell-" + claim.stance,
      open,
      h("b", {}, ClaimMap.sign(claim.side, ClaimMap.sideWords(claim.side)), ClaimMap.symbols.stances[claim.stance]),
      h("span", {}, claim.claimant + ", " + ClaimMap.dayAndMonth(claim.said)),
      isOutside && h("span", {}, "outside the filters"),
    );
  }
})();
