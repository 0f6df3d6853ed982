/* Claims as cards, grouped by the proposition they speak to. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw groups of cards: the first of them, the rest as it is read.
   * @param {Object} component Streamlit's component; data: words, heading, hint, groups,
   *   pager, picked, claim and, of a disc, counts.
   */
  ClaimMap.parts.cards = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "section.cm-cards", { tabindex: 0, "aria-label": "Claims" });
    const cards = data.groups.flatMap((group) => group.claims.map((claim, place) => ({ group, claim, starts: place === 0 })));
    const key = JSON.stringify([data.picked, data.claim, data.heading, data.pager ? data.pager.page : 0]);
    const end = beginning(root, key, data.claim, cards);
    ClaimMap.withWords(component, positions(cards, 0, end), (words) => draw(root, key, component, cards, end, words));
    return function () {
      if (root.cmList) root.cmList.end();
      root.remove();
    };
  };

  const positions = (cards, from, end) => cards.slice(from, end).map(({ claim }) => claim);
  const startsOf = (cards) => cards.map(({ starts }) => starts);

  // How many cards to begin with: no fewer than are drawn of the same list, and never without the
  // claim that is picked or the card that has the focus.
  function beginning(root, key, picked, cards) {
    const focus = root.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    const held = cards.findLastIndex(({ claim }) => claim === picked || "card-" + claim === focus);
    const drawn = root.dataset.shows === key ? root.querySelectorAll(".cm-card").length : 0;
    return Math.max(ClaimMap.stepFrom(startsOf(cards), 0), held + 1, Math.min(drawn, cards.length));
  }

  function draw(root, key, component, cards, end, words) {
    const { data } = component;
    const pick = ClaimMap.picker(component);
    const starts = startsOf(cards);
    const jump = root.dataset.shows && root.dataset.shows !== key;
    root.dataset.shows = key;
    root.dataset.cards = cards.length;
    const heading = ClaimMap.heading(root, data.heading);
    const head = heading.parentElement || h("div.cm-cards-head", {}, heading);
    const first = head.parentElement || h("div.cm-step", {}, head);
    const back = { type: "button", "data-key": "back", onclick: () => pick(null) };
    const step = (from, to, found) => addStep(root, cards.slice(from, to), data.claim, found, pick);
    ClaimMap.keepingFocus(root, function () {
      ClaimMap.fill(head, heading, data.picked && h("button.cm-button.cm-quiet", back, "All claims"));
      ClaimMap.fill(
        first,
        head,
        data.hint && h("p.cm-hint", {}, data.hint),
        data.counts && counts(data.counts),
        data.pager && pager(data.pager, component, "top"),
      );
      ClaimMap.fill(root, first, data.pager && pager(data.pager, component, "end"));
      for (let from = 0, to; from < end; from = to) {
        to = Math.min(ClaimMap.stepFrom(starts, from), end);
        step(from, to, words);
      }
    });
    new ClaimMap.AsRead(root, {
      drawn: end,
      starts,
      last: () => [...root.querySelectorAll(".cm-card")].pop(),
      draw: (from, to, late, done) =>
        ClaimMap.withMoreWords(component, positions(cards, from, to), late, function (found) {
          step(from, to, found);
          done();
        }),
    });
    // In the next frame: now it would lay the whole page out before the map is painted.
    if (jump) requestAnimationFrame(() => showTop(root));
  }

  // Whoever turned the page stands in the list; a filter elsewhere moves nothing but the list itself.
  function showTop(root) {
    root.scrollTo(0, 0);
    if (root.contains(document.activeElement) && root.getBoundingClientRect().top < 0) root.scrollIntoView({ block: "start" });
  }

  // Cards behind those that are drawn. A group that goes on from the step before goes on where it stands.
  function addStep(root, cards, current, words, pick) {
    const before = [...root.querySelectorAll(".cm-step")].pop();
    let section = [...root.querySelectorAll(".cm-group")].pop();
    const step = section ? h("div.cm-step", {}) : before;
    for (const { group, claim, starts } of cards) {
      if (starts) {
        section = oneGroup(group, words.get(claim));
        step.append(section);
      }
      section.append(oneCard(words.get(claim), claim === current, pick));
    }
    if (step !== before && step.childElementCount) before.after(step);
  }

  // "Sides  ▲ Ukraine 512  ■ Russia 601  ● Third party 91", and under it the kinds.
  function counts({ sides, kinds }) {
    const number = (count) => h("b", {}, ClaimMap.number(count));
    const bySide = ClaimMap.symbols.sides.map(([side, words], code) => [ClaimMap.sign(side), words + " ", number(sides[code])]);
    const byKind = kinds.map(([words, count]) => [words + " ", number(count)]);
    const row = (name, items) => [h("dt", {}, name), h("dd", {}, h("ul", {}, items.map((item) => h("li", {}, item))))];
    return h("dl.cm-counts", {}, row("Sides", bySide), row("Kinds", byKind));
  }

  // "‹ Newer  1–50 of 322, newest first  Older ›"
  function pager({ page, last, words }, component, where) {
    const tell = ClaimMap.teller(component);
    const turn = function (to, text, name) {
      const off = to < 0 || to > last;
      const go = { type: "button", "data-key": name + "-" + where, disabled: off, onclick: () => tell("page", String(to)) };
      return h("button.cm-button.cm-quiet", go, text);
    };
    const label = { "aria-label": where === "top" ? "Pages" : "Pages, at the end" };
    return h("nav.cm-pager", label, turn(page - 1, "‹ Newer", "newer"), h("span", {}, words), turn(page + 1, "Older ›", "older"));
  }

  function oneGroup(group, first) {
    return h(
      "section.cm-group",
      {},
      h("h3", {}, first.proposition),
      h("p.cm-standing", {}, ClaimMap.badge(group.standing), h("span", {}, voices(group.counts))),
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
    const role = ClaimMap.roleOf(card);
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
