/* The same quantity by speaker: week by week, the sides beside each other on one scale. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw the quantities.
   * @param {Object} component Streamlit's component; data: words, weeksGo, quantities.
   */
  ClaimMap.parts.numbers = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "div.cm-numbers", {});
    const claims = data.quantities.flatMap((one) => one.weeks.flatMap((week) => week.rows.flat().map(([claim]) => claim)));
    ClaimMap.withWords(component, claims, function (words) {
      const pick = ClaimMap.picker(component);
      const none = h("p.cm-hint", {}, "None of the claims shown states a number.");
      const head = h("p.cm-hint", {}, "Weeks go " + data.weeksGo + "; each dot stands on the scale of its quantity.");
      ClaimMap.fill(root, claims.length ? [head, ...data.quantities.map((one) => oneQuantity(one, words, pick))] : none);
    });
    return () => root.remove();
  };

  function oneQuantity(quantity, words, pick) {
    const some = quantity.shown < quantity.count ? ", the newest " + quantity.shown + " shown" : "";
    const scale = ClaimMap.counted(quantity.count, "number") + some + ", scale 0 to " + quantity.highest;
    const heading = [h("b", {}, quantity.title), h("span.cm-hint", {}, scale)];
    const rows = () => quantity.weeks.flatMap((week) => oneWeek(week, words, pick));
    return ClaimMap.fold("numbers-" + quantity.title, heading, true, () =>
      ClaimMap.sideTable(quantity.title, "Week and proposition", rows()),
    );
  }

  function oneWeek(week, words, pick) {
    const name = h("tr.cm-week", {}, h("th", { colspan: 4, scope: "colgroup" }, week.when));
    const rows = week.rows.map(function (figures) {
      const stated = figures.map(([claim, number, share]) => Object.assign({ number, share }, words.get(claim)));
      return ClaimMap.sideRow([stated[0].proposition], stated, (claim) => oneNumber(claim, pick));
    });
    return [name, ...rows];
  }

  function oneNumber(claim, pick) {
    const dot = h("span.cm-dot", {}, ClaimMap.sign(claim.side));
    dot.style.left = claim.share * 100 + "%";
    const opens = { type: "button", "data-key": "number-" + claim.index, onclick: () => pick(claim.index) };
    return h(
      "div.cm-number",
      {},
      h("span.cm-figure", {}, claim.hedge + claim.number),
      h("button.cm-link", opens, claim.claimant + ", " + ClaimMap.dayAndMonth(claim.said)),
      h("span.cm-track", { "aria-hidden": "true" }, dot),
    );
  }
})();
