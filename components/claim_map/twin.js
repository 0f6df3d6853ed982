/* The second of two maps side by side: a narrator each, with one view, one clock and one legend. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  ClaimMap.Twin = class {
    /**
     * Make room beside a map.
     * @param {{root: HTMLElement, leaflet: HTMLElement, compare: function(string[]),
     *   pick: function(Object), legendSoon: function()}} page The first map: the element of both and its
     *   own, and what hears whom the viewer asks for, what he picks, and that this map has painted.
     */
    constructor(page) {
      const { root, leaflet } = page;
      this.page = page;
      this.root = root;
      this.leaflet = leaflet;
      this.columns = this.map = this.names = this.drawn = null;
      this.narrators = [];
      const swap = () => page.compare(this.asked().reverse());
      const choose = (place, name) => page.compare(this.asked().map((one, index) => (index === place ? name : one)));
      this.headings = [0, 1].map((place) => new ClaimMap.NarratorHeading(place, { choose, swap }));
      this.element = h("div.cm-leaflet.cm-second");
      this.end = h("button.cm-button.cm-quiet.cm-tool.cm-one-map", { type: "button", onclick: () => page.compare([]) }, "One map");
      leaflet.before(this.end, this.headings[0].root);
      leaflet.after(this.headings[1].root, this.element);
      root.classList.add("cm-twins");
      this.sized = new ResizeObserver(() => this.map && this.resize());
      this.sized.observe(this.element);
    }

    /** Put the focus on the button that ends it. */
    focus() {
      this.end.focus({ preventScroll: true });
    }

    asked() {
      return this.narrators.map((narrator) => narrator.name);
    }

    /**
     * Take over who is compared.
     * @param {Columns} columns
     * @param {Object} compare From `components.comparing`; only the narrators before Python has answered.
     */
    take(columns, compare) {
      if (this.columns !== columns) {
        this.columns = columns;
        this.full = { keeps: null, grid: null, claims: 0 };
        for (const heading of this.headings) heading.offer(columns);
        if (this.layer) this.layer.remove();
        this.layer = null;
      }
      this.narrators = compare.narrators.map((name) => ClaimMap.narratorOf(columns, name));
      this.headings.forEach((heading, place) => heading.show(this.narrators[place], this.narrators[1 - place].name));
      [this.leaflet, this.element].forEach((element, place) => {
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", "Map of what is said by: " + ClaimMap.visible(this.narrators[place].words));
      });
      this.asOf = compare.asOf;
      this.relations = compare.both === undefined ? null : ClaimMap.readRelations(compare);
    }

    /**
     * Share out what a selection keeps.
     * @param {Uint8Array} keep
     * @returns {{keep: Uint8Array, count: number, notPlaced: number, tally: null}} What the first map
     *   shows; the counts are of both.
     */
    split(keep) {
      const { n } = this.columns;
      const { placed } = this.columns.at;
      const [first, second] = (this.keeps = this.narrators.map((narrator) => ClaimMap.keepOf(keep, narrator)));
      const counts = [0, 0];
      let count = 0;
      let onMap = 0;
      for (let i = 0; i < n; i++) {
        const either = first[i] | second[i];
        counts[0] += first[i];
        counts[1] += second[i];
        count += either;
        onMap += either & placed[i];
      }
      this.headings.forEach((heading, place) => heading.tell(counts[place], n));
      return { keep: first, count, notPlaced: count - onMap, tally: null };
    }

    /**
     * @param {Uint8Array} keep
     * @returns {Uint8Array} What of it either narrator says.
     */
    both(keep) {
      const [first, second] = this.narrators.map((narrator) => ClaimMap.keepOf(keep, narrator));
      return first.map((one, i) => one | second[i]);
    }

    /**
     * Show the second narrator's claims.
     * @param {L.Map} first The first map; its view is this one's.
     * @param {Object} view What the first map's layer shows.
     * @param {?number} asOf The day up to which words count in the view.
     * @returns {Object} What the first map's layer shows because there are two.
     */
    show(first, view, asOf) {
      if (!this.map) this.start(first);
      if (!this.layer) {
        const hands = { pick: (picks) => this.page.pick(picks), painted: (drawn) => this.painted(drawn) };
        this.layer = new ClaimMap.ClaimLayer(this.columns, hands).addTo(this.map);
      }
      // While the days move the signs would be of another day than the claims.
      const relations = asOf === this.asOf ? this.relations : null;
      const shared = { relations, least: (grid) => this.fullest(grid) };
      const own = {
        keep: this.keeps[1],
        names: () => view.names() && this.named(),
        furniture: () => ClaimMap.furnitureOver(this.root, this.element),
      };
      this.layer.show(Object.assign({}, view, shared, own));
      return shared;
    }

    start(first) {
      this.first = first;
      this.map = ClaimMap.ground(this.element, { center: first.getCenter(), zoom: first.getZoom() });
      // The first map keeps to the frame of the ground, and takes this one along.
      this.map.setMaxBounds(null);
      this.followed = [this.follow(first, this.map), this.follow(this.map, first)];
    }

    named() {
      return (this.names = this.names || ClaimMap.nameLayer(this.map));
    }

    // A disc of one size stands for as many claims on one map as on the other.
    fullest(grid) {
      const { full, keeps } = this;
      if (full.keeps === keeps && full.grid === grid) return full.claims;
      const counts = new Uint32Array(grid.keys.length);
      const [first, second] = keeps;
      let most = 0;
      for (let i = 0; i < first.length; i++) {
        const cell = grid.cellOf[i];
        if (cell >= 0 && first[i] | second[i] && ++counts[cell] > most) most = counts[cell];
      }
      this.full = { keeps, grid, claims: ClaimMap.fullDisc(most) };
      return this.full.claims;
    }

    // Wherever one map goes the other goes too; what it does for that reason is not answered.
    follow(leader, follower) {
      let panned = false;
      const move = () => this.lead(() => (panned = goTo(follower, leader.getCenter(), leader.getZoom()) || panned));
      const moveend = () => {
        if (panned && !this.leading) this.lead(() => follower.fire("moveend"));
        panned = panned && this.leading;
      };
      const zoomanim = ({ center, zoom }) => this.lead(() => follower.setView(center, zoom, { animate: true }));
      const hearing = { move, moveend, zoomanim };
      leader.on(hearing);
      return () => leader.off(hearing);
    }

    lead(act) {
      if (this.leading) return;
      this.leading = true;
      act();
      this.leading = false;
    }

    resize() {
      this.lead(() => {
        this.map.invalidateSize({ animate: false });
        if (goTo(this.map, this.first.getCenter(), this.first.getZoom())) this.map.fire("moveend");
      });
    }

    painted(drawn) {
      this.drawn = drawn;
      this.page.legendSoon();
    }

    /**
     * What is drawn on either map, for the one legend.
     * @param {Object} drawn On the first map, as ClaimLayer tells it.
     * @returns {Object}
     */
    together(drawn) {
      const other = this.drawn;
      if (!other) return drawn;
      const both = (name) => new Set([...drawn[name], ...other[name]]);
      // A claim that both make is new once.
      const count = () => ClaimMap.newOfBoth(this.columns, this.page.data.fresh, this.keeps);
      const fresh = drawn.fresh.words ? Object.assign({}, drawn.fresh, { total: count() }) : drawn.fresh;
      const left = Object.fromEntries(Object.keys(drawn.left).map((name) => [name, drawn.left[name] + other.left[name]]));
      return {
        sides: both("sides"),
        standings: both("standings"),
        kinds: both("kinds"),
        full: Math.max(drawn.full, other.full),
        left,
        fresh,
        relations: drawn.relations | other.relations,
      };
    }

    /** Give the first map its place back. */
    remove() {
      this.sized.disconnect();
      for (const stop of this.followed || []) stop();
      if (this.map) this.map.remove();
      for (const one of [this.end, this.element, ...this.headings.map((heading) => heading.root)]) one.remove();
      this.root.classList.remove("cm-twins");
      this.leaflet.removeAttribute("role");
      this.leaflet.removeAttribute("aria-label");
    }
  };

  /**
   * One map or two, as the message says.
   * @param {Object} page As the Twin takes it; its message is `data`, and `twin` is what there is now.
   * @param {Columns} columns
   * @returns {?ClaimMap.Twin}
   */
  ClaimMap.twinOf = function (page, columns) {
    const { compare } = page.data;
    if (!compare) {
      if (page.twin) page.twin.remove();
      return null;
    }
    const twin = page.twin || new ClaimMap.Twin(page);
    twin.take(columns, compare);
    return twin;
  };

  // Put a map where another is. A mere pan shifts what is drawn, as a drag does, and tells so: Leaflet's
  // own pan would paint all anew at each of its steps. By less than a pixel nothing moves, so that two
  // maps which follow each other come to rest.
  function goTo(map, center, zoom) {
    if (map.getZoom() !== zoom) {
      map.setView(center, zoom, { animate: false });
      return false;
    }
    const by = map.latLngToContainerPoint(center).subtract(map.getSize().divideBy(2)).round();
    if (!by.x && !by.y) return false;
    map._rawPanBy(by);
    map.fire("move");
    return true;
  }
})();
