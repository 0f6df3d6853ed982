/* Claims as cards, grouped by the proposition they speak to. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});
  const { h } = ClaimMap;

  /**
   * Draw groups of cards.
   * @param {Object} component Streamlit's component; data: heading, hint, groups, more, picked, claim.
   */
  ClaimMap.parts.cards = function (component) {
    const { data, parentElement: host } = component;
    ClaimMap.theme(host);
    let root = host.querySelector(".cm-cards");
    if (!root) {
      root = h("section.cm-cards", { tabindex: 0, "aria-label": "Claims" });
      host.append(root);
    }
    const pick = (claim) => component.setTriggerValue("pick", { claim, cells: [] });
    const key = JSON.stringify([data.picked, data.claim, data.heading]);
    const jump = root.dataset.shows !== key;
    root.dataset.shows = key;
    ClaimMap.fill(
      root,
      h(
        "div.cm-cards-head",
        {},
        h("h2", { "aria-live": "polite" }, data.heading),
        data.picked &&
          h("button.cm-button.cm-quiet", { type: "button", "data-key": "back", onclick: () => pick(null) }, "All claims"),
      ),
      data.hint && h("p.cm-hint", {}, data.hint),
      data.groups.map((group) => oneGroup(group, data, pick)),
      data.more > 0 && h("p.cm-hint", {}, data.more + " more: narrow the filters, or open the table."),
    );
    if (jump) root.scrollTop = 0;
  };

  function oneGroup(group, data, pick) {
    return h(
      "section.cm-group",
      {},
      h("h3", {}, group.proposition),
      h(
        "p.cm-standing",
        {},
        group.standing && ClaimMap.badge({ standing: group.standing, words: group.standingWords }),
        h("span", {}, group.summary),
      ),
      group.cards.map((card) => oneCard(card, card.index === data.claim, pick)),
    );
  }

  function oneCard(card, current, pick) {
    const quote = card.quote && h("p.cm-quote", {}, "“" + card.quote + "”");
    const role = [card.role, card.admission && "against own side"].filter(Boolean).join(" · ");
    const source = ClaimMap.link(card.url, card.outlet || "source not named");
    if (card.title) source.title = ClaimMap.visible(card.title);
    return h(
      "article.cm-card" + (current ? ".cm-current" : ""),
      { "data-claim": card.id, "data-side": card.side },
      ClaimMap.sign(card.side, card.sideWords),
      h(
        "div",
        {},
        h(
          "header",
          {},
          h(
            "button.cm-speaker",
            { type: "button", "data-key": "card-" + card.index, "aria-pressed": current ? "true" : "false", onclick: () => pick(card.index) },
            card.claimant,
          ),
          h("span.cm-stance", {}, card.stanceWords),
        ),
        role && h("p.cm-role", {}, role),
        h("p.cm-statement", {}, card.statement),
        quote,
        h("p.cm-meta", {}, card.when, " · ", source, " · ", [card.where, card.drawn].filter(Boolean).join(" · ")),
        card.note && h("details.cm-note", {}, h("summary", {}, "Note on this claim"), h("p", {}, card.note)),
      ),
    );
  }
})();
