/* Claims as cards, grouped by the proposition they speak to. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw groups of cards.
   * @param {Object} component Streamlit's component; data: words, heading, hint, groups,
   *   pager, picked, claim and, of a disc, counts.
   */
  ClaimMap.parts.cards = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "section.cm-cards", { tabindex: 0, "aria-label": "Claims" });
    ClaimMap.withWords(component, data.groups.flatMap((group) => group.claims), function (words) {
      draw(root, data, words, component);
    });
    return () => root.remove();
  };

  function draw(root, data, words, component) {
    const pick = ClaimMap.picker(component);
    const page = data.pager ? data.pager.page : 0;
    const key = JSON.stringify([data.picked, data.claim, data.heading, page]);
    const jump = root.dataset.shows && root.dataset.shows !== key;
    root.dataset.shows = key;
    const back = { type: "button", "data-key": "back", onclick: () => pick(null) };
    ClaimMap.fill(
      root,
      h(
        "div.cm-cards-head",
        {},
        h("h2", { "aria-live": "polite" }, data.heading),
        data.picked && h("button.cm-button.cm-quiet", back, "All claims"),
      ),
      data.hint && h("p.cm-hint", {}, data.hint),
      data.counts && counts(data.counts),
      data.pager && pager(data.pager, component, "top"),
      data.groups.map((group) => oneGroup(group, data.claim, words, pick)),
      data.pager && pager(data.pager, component, "end"),
    );
    // In the next frame: now it would lay the whole page out before the map is painted.
    if (jump) requestAnimationFrame(() => root.scrollTo(0, 0));
  }

  // "Sides  ▲ Ukraine 512  ■ Russia 601  ● Third party 91", and under it the kinds.
  function counts({ sides, kinds }) {
    const number = (count) => h("b", {}, count.toLocaleString("en-GB"));
    const bySide = ClaimMap.symbols.sides.map(([side, words], code) => [ClaimMap.sign(side), words + " ", number(sides[code])]);
    const byKind = kinds.map(([words, count]) => [words + " ", number(count)]);
    const row = (name, items) => [h("dt", {}, name), h("dd", {}, h("ul", {}, items.map((item) => h("li", {}, item))))];
    return h("dl.cm-counts", {}, row("Sides", bySide), row("Kinds", byKind));
  }

  // "‹ Newer  1–50 of 322, newest first  Older ›"
  function pager({ page, last, words }, component, where) {
    const turn = function (to, text, name) {
      const off = to < 0 || to > last;
      const go = { type: "button", "data-key": name + "-" + where, disabled: off, onclick: () => component.setTriggerValue("page", String(to)) };
      return h("button.cm-button.cm-quiet", go, text);
    };
    const label = { "aria-label": where === "top" ? "Pages" : "Pages, at the end" };
    return h("nav.cm-pager", label, turn(page - 1, "‹ Newer", "newer"), h("span", {}, words), turn(page + 1, "Older ›", "older"));
  }

  function oneGroup(group, current, words, pick) {
    const first = words.get(group.claims[0]);
    return h(
      "section.cm-group",
      {},
      h("h3", {}, first.proposition),
      h("p.cm-standing", {}, ClaimMap.badge(group.standing), h("span", {}, voices(group.counts))),
      group.claims.map((claim) => oneCard(words.get(claim), claim === current, pick)),
    );
  }

  // "Voices: Ukraine 2 for · Russia 1 for, 1 against"
  function voices(counts) {
    const parts = ClaimMap.symbols.sides.map(function ([, side], index) {
      const ways = [
        counts[2 * index] && counts[2 * index] + " for",
        counts[2 * index + 1] && counts[2 * index + 1] + " against",
      ].filter(Boolean);
      return ways.length ? side + " " + ways.join(", ") : "";
    });
    const said = parts.filter(Boolean).join(" · ");
    return said && "Voices: " + said;
  }

  function oneCard(card, current, pick) {
    const role = [card.role, card.admission && "against own side"].filter(Boolean).join(" · ");
    const source = ClaimMap.link(card.url, card.outlet || "source not named");
    if (card.title) source.title = ClaimMap.visible(card.title);
    const speaker = {
      type: "button",
      "data-key": "card-" + card.index,
      "aria-pressed": current ? "true" : "false",
      onclick: () => pick(card.index),
    };
    const place = [card.where, card.drawn].filter(Boolean).join(" · ");
    return h(
      "article.cm-card" + (current ? ".cm-current" : ""),
      { "data-claim": card.id, "data-side": card.side },
      ClaimMap.sign(card.side, ClaimMap.sideWords(card.side)),
      h(
        "div",
        {},
        h(
          "header",
          {},
          h("button.cm-speaker", speaker, card.claimant),
          h("span.cm-stance", {}, ClaimMap.symbols.stances[card.stance]),
        ),
        role && h("p.cm-role", {}, role),
        h("p.cm-statement", {}, card.statement),
        card.quote && h("p.cm-quote", {}, "“" + card.quote + "”"),
        h("p.cm-meta", {}, card.when, " · ", source, " · ", place),
        card.note && h("details.cm-note", {}, h("summary", {}, "Note on this claim"), h("p", {}, card.note)),
      ),
    );
  }
})();
