/* What a screenshot needs to explain itself: window, filters, "n of N", and the signs on screen. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { sides: SIDES, standings: STANDINGS } = ClaimMap.symbols;
  const EXTENT_WORDS = {
    ring: "distance claimed, direction not stated",
    fan: "distance claimed, with its direction",
    line: "length claimed along a sector",
    area: "where it may be: area named, outline ours",
    doubt: "where it may be: radius of doubt",
  };

  /**
   * Write the status line. While days move nobody wants each of them read aloud: it is said where they stop.
   * @param {HTMLElement} host
   * @param {{words: {window: string, filters: string[], notPlaced: number}, shown: number, total: number,
   *   moving: boolean}} told
   * @param {function(): void} showUnplaced Opens the list of claims that are not placed.
   */
  ClaimMap.writeStatus = function (host, told, showUnplaced) {
    const { h } = ClaimMap;
    const { words, shown, total, moving } = told;
    const key = JSON.stringify([words.window, words.filters, words.notPlaced, shown, total, moving]);
    if (host.dataset.key === key) return;
    host.dataset.key = key;
    host.setAttribute("aria-live", moving ? "off" : "polite");
    const number = (value) => value.toLocaleString("en-GB");
    const parts = [h("b", {}, words.window)];
    for (const filter of words.filters) parts.push(h("span", {}, filter));
    parts.push(h("span", {}, h("b", {}, number(shown) + " of " + number(total)), " claims shown"));
    if (words.notPlaced) {
      const see = { type: "button", "data-key": "unplaced", onclick: showUnplaced };
      parts.push(h("span", {}, number(words.notPlaced) + " of them not placed", h("span.cm-more", {}, ": ", h("button.cm-link", see, "see the list"))));
    }
    ClaimMap.fill(host, parts.flatMap((part, index) => (index ? [document.createTextNode(" · "), part] : [part])));
  };

  /**
   * The words of the status line for a selection that Python has perhaps not answered yet.
   * @param {Object} words Python's: window, span, filters.
   * @param {{from: ?number, to: ?number, clock: string}} selection
   * @param {{isChosen: *, notPlaced: number, failed: boolean, isComing: boolean=}} now Whether a part was chosen since
   *   Python spoke, how many claims have no place, whether a ground from the web could not be had, and whether the
   *   claims are still on their way.
   * @returns {Object} As ClaimMap.writeStatus takes them.
   */
  ClaimMap.statusWords = function (words, { from, to, clock }, { isChosen, notPlaced, failed, isComing }) {
    const told = Object.assign({}, words, { notPlaced });
    if (isChosen && from !== null && to !== null) told.window = ClaimMap.spanWords(from, to);
    else if (isChosen) told.window = told.span;
    // The first of Python's phrases is the clock's.
    told.filters = [ClaimMap.symbols.clocks[clock], ...told.filters.slice(1)];
    if (failed) told.filters.push("online ground not reached, drawn map shown");
    if (isComing) told.filters.push("the claims are still coming: none can be picked on the map yet");
    return told;
  };

  /**
   * Say over the map that no claim is shown, and what helps.
   * @param {HTMLElement} host
   * @param {number} shown
   * @param {number} total
   * @param {function(): void} clear Takes every filter away.
   */
  ClaimMap.writeEmpty = function (host, shown, total, clear) {
    host.hidden = shown > 0;
    if (shown) return;
    const { h } = ClaimMap;
    const none = total === 0;
    ClaimMap.fill(
      host,
      h("p", {}, none ? "The file holds no claims." : "No claim matches these filters."),
      none ? "" : h("p", {}, "Widen the days, or take a filter away."),
      none ? "" : h("button.cm-button", { type: "button", "data-key": "clear", onclick: clear }, "Show all claims"),
    );
  };

  /**
   * Write the legend of what is drawn now. Its sides, standings and kinds filter: what is chosen is
   * pressed, and nothing chosen means all, as in the sidebar.
   * @param {HTMLElement} host
   * @param {{sides: Set<number>, standings: Set<number>, kinds: Set<string>, full: number,
   *   left: {extents: number, shorter: number, doubt: number}, fresh: Object, relations: number}} drawn fresh:
   *   from ClaimMap.countFresh
   * @param {{side: string[], standing: string[], kind: string[]}} words
   * @param {{side: ?number[], standing: ?number[], kind: ?number[]}} chosen Codes; null = all.
   * @param {function(string, ?number[]): void} choose Called with a filter's name and its new codes.
   */
  ClaimMap.writeLegend = function (host, drawn, words, chosen, choose) {
    const { h } = ClaimMap;
    const key = keyOf(drawn, words, chosen);
    if (host.dataset.key === key) return;
    host.dataset.key = key;
    const rows = [];
    const offer = (name, codes, sign, text) =>
      codes.forEach(function (code) {
        const on = (chosen[name] || []).includes(code);
        if (!on && !chosen[name] && !drawn[name + "s"].has(code)) return;
        const press = {
          type: "button",
          "aria-pressed": on ? "true" : "false",
          "data-key": "legend-" + name + "-" + code,
          onclick: () => choose(name, toggled(chosen[name], code)),
        };
        rows.push(h("li.cm-short", {}, h("button.cm-choice" + (chosen[name] && !on ? ".cm-off" : ""), press, sign(code), text(code))));
      });
    offer("side", [...SIDES.keys()], (code) => ClaimMap.sign(SIDES[code][0]), (code) => words.side[code] + " says");
    const line = (code) => h("i.cm-key.cm-key-" + STANDINGS[code][0], { "aria-hidden": "true" });
    offer("standing", [...STANDINGS.keys()], line, (code) => words.standing[code]);
    for (const [kind, text] of Object.entries(EXTENT_WORDS))
      if (drawn.kinds.has(kind))
        rows.push(h("li", {}, h("i.cm-key.cm-key-" + kind, { "aria-hidden": "true" }), text));
    const fresh = ClaimMap.freshRow(drawn.fresh);
    if (fresh) rows.push(fresh);
    rows.push(...ClaimMap.relationKeys(drawn.relations));
    if (drawn.full > ClaimMap.FEWEST_FULL)
      rows.push(h("li", {}, "widest disc: " + drawn.full.toLocaleString("en-GB") + " claims"));
    const { extents, shorter, doubt } = drawn.left;
    if (extents) rows.push(h("li", {}, counted(extents, "smaller extent") + " not drawn: zoom in"));
    const waiting = [
      shorter && counted(shorter, "shorter distance"),
      doubt && counted(doubt, "radius of doubt", "radii of doubt"),
    ].filter(Boolean);
    if (waiting.length) rows.push(h("li", {}, waiting.join(", ") + " not drawn: pick a claim"));
    rows.push(kinds(host, words, chosen, choose));
    ClaimMap.fill(host, rows);
  };

  // All that the legend says, before any of it is made.
  function keyOf({ sides, standings, kinds, full, left, fresh, relations }, words, chosen) {
    const shown = [sides, standings, kinds].map((codes) => [...codes].sort());
    const { side, standing, kind } = words;
    const asked = [chosen.side, chosen.standing, chosen.kind];
    return JSON.stringify([shown, Math.max(full, ClaimMap.FEWEST_FULL), left, fresh.total, fresh.words, relations, side, standing, kind, asked]);
  }

  // Kinds have no sign of their own: they wait folded.
  function kinds(host, words, chosen, choose) {
    const { h } = ClaimMap;
    const before = host.querySelector("details");
    const buttons = words.kind.map(function (text, code) {
      const on = (chosen.kind || []).includes(code);
      const press = {
        type: "button",
        "aria-pressed": on ? "true" : "false",
        "data-key": "legend-kind-" + code,
        onclick: () => choose("kind", toggled(chosen.kind, code)),
      };
      return h("button.cm-choice.cm-kind" + (chosen.kind && !on ? ".cm-off" : ""), press, text);
    });
    const title = chosen.kind ? "Kinds: " + chosen.kind.length + " of " + words.kind.length : "Kinds: all";
    return h("li", {}, h("details", { open: Boolean(before && before.open) }, h("summary", { "data-key": "legend-kinds" }, title), buttons));
  }

  /**
   * What lies over a map, so that labels keep clear of it.
   * @param {HTMLElement} root Of all that belongs to the map.
   * @param {HTMLElement} map
   * @returns {{x: number, y: number, w: number, h: number}[]} In the map's own pixels.
   */
  ClaimMap.furnitureOver = function (root, map) {
    const home = map.getBoundingClientRect();
    return [...root.querySelectorAll(".cm-furniture:not([hidden]), .leaflet-control")].map(function (one) {
      const box = one.getBoundingClientRect();
      return { x: box.x - home.x, y: box.y - home.y, w: box.width, h: box.height };
    });
  };

  function toggled(codes, code) {
    const now = new Set(codes || []);
    if (!now.delete(code)) now.add(code);
    return now.size ? [...now].sort((a, b) => a - b) : null;
  }

  function counted(count, noun, many) {
    return count.toLocaleString("en-GB") + " " + (count === 1 ? noun : many || noun + "s");
  }
})();
