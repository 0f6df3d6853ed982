/* One map of the page: a new selection repaints it, nothing reloads it. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;

  /** The map of one place of the page, with its legend, its timeline, and a second map beside it where two are compared. */
  ClaimMap.PageMap = class {
    constructor(host) {
      const { h } = ClaimMap;
      this.paints = 0;
      this.names = null;
      this.component = null;
      this.waiting = [];
      this.drawn = false;
      this.failed = false;
      this.corner = new ClaimMap.MapCorner({
        tell: (name, value) => this.tell(name, value),
        decide: (part) => this.decide(part),
        folded: () => this.layer && this.labelAgain(),
      });
      this.choice = new ClaimMap.Choice();
      this.sketching = new ClaimMap.Sketching({
        map: () => this.map,
        painted: (shown, total) => this.tellPainted(shown, total),
        told: (status) => this.corner.tellStatus(status),
      });
      this.twin = null;
      this.comparing = new ClaimMap.CompareControl((narrators) => this.compare(narrators));
      this.ahead = new ClaimMap.Ahead((message) => this.update(message));
      this.flight = new ClaimMap.Flight((message) => this.update(message));
      this.stopFollowing = () => {};
      this.stopNames = () => {};
      this.stopTelling = () => {};
      this.unwatch = () => {};
      this.timeline = new ClaimMap.Timeline({
        moved: (from, to) => this.choose({ from, to }),
        settled: () => this.settle(),
        clock: (clock) => this.decide({ clock }),
      });
      this.leaflet = h("div.cm-leaflet");
      this.root = h(
        "section.cm-map",
        { "data-testid": "claim-map", "aria-label": "Map of claims" },
        this.leaflet,
        this.corner.root,
        this.corner.empty,
      );
      this.view = new ClaimMap.MapView(this.leaflet, {
        map: () => this.map,
        bounds: () => this.columns && this.boundsOfKept(),
        isLed: () => this.flight.isOn,
        told: (at) => this.tell("at", at),
      });
      host.append(this.root, this.timeline.root);
      // Perhaps to a server begun anew, to which the viewer's first click would be an arrival: let
      // the page run before that.
      this.unlink = ClaimMap.watchLink(() => this.component && this.tell("stale", true));
    }

    /**
     * Move as it is; only the colours are those of the new place.
     * @param {HTMLElement} place
     */
    enter(place) {
      const focused = [this.root, this.timeline.root].some((one) => one.contains(document.activeElement)) && document.activeElement;
      place.append(this.root, this.timeline.root);
      if (focused) focused.focus({ preventScroll: true });
      if (this.turn) this.update(this.turn);
    }

    // From here on what the viewer does reaches Python; what he did before is sent now.
    connect(component) {
      this.component = component;
      for (const [name, value] of this.waiting.splice(0)) component.setTriggerValue(name, value);
    }

    tell(name, value) {
      this.ahead.drop();
      if (this.component) this.component.setTriggerValue(name, value);
      else this.waiting.push([name, value]);
    }

    // A part of the selection chosen in the map itself: painted at once.
    choose(part) {
      this.choice.put(part);
      this.repaint();
    }

    // The same, and the page follows at once.
    decide(part) {
      this.choice.put(part);
      this.settle();
    }

    // Two narrators side by side, or one map again: shown at once, and the page follows.
    compare(narrators) {
      const began = !this.twin;
      this.tell("compare", narrators);
      this.data = this.turn = Object.assign({}, this.data, { compare: narrators.length ? { narrators } : null });
      this.ahead.put(this.data);
      this.draw(this.columns);
      // The button that was pressed has gone: the one that undoes it is where the focus belongs.
      if (began) this.twin.focus();
      else if (!this.twin) this.comparing.focus();
    }

    pick(picks) {
      this.tell("pick", Object.assign({ record: this.columns.digest }, picks));
    }

    // Python is told by the pill itself.
    foresee(part) {
      if (!this.drawn || this.timeline.busy) return;
      this.choice.put(part);
      this.choice.sent();
      this.repaint();
    }

    // The hand has come to rest: the page follows.
    settle() {
      if (!this.choice.parts) return;
      const { from, to, clock } = this.selection();
      if (this.counting.bars.clock !== clock) this.showDays();
      const { first, last } = this.span();
      const whole = from !== null && to !== null && from <= first && to >= last;
      this.choice.put(whole ? { from: null, to: null } : { from, to });
      // What is painted while days move has no labels yet, and counts them otherwise than at rest.
      if (this.paintedMoving || this.picture() !== this.shownPicture) this.repaint();
      const choice = Object.assign({}, this.choice.parts, { clock });
      this.choice.sent();
      // The page's own work on it must not hold the map back.
      this.stopTelling();
      this.stopTelling = ClaimMap.oncePainted(() => this.tell("choice", choice));
    }

    selection() {
      return this.choice.over(this.data.selection);
    }

    span() {
      const { histogram } = this.timeline;
      return histogram ? { first: histogram.first, last: histogram.first + histogram.days - 1 } : { first: Infinity, last: -Infinity };
    }

    /**
     * Paint a scene before Python says it.
     * @param {Object} picture As `ClaimMap.showScene`.
     */
    showScene(picture) {
      this.stopTelling();
      this.choice = new ClaimMap.Choice();
      const words = Object.assign({}, this.data.words, picture.words);
      this.data = Object.assign({}, this.data, picture, { words });
      this.turn = this.data;
      this.ahead.put(this.data);
      this.flight.land();
      this.view.reportNot();
      this.twin = ClaimMap.twinOf(this, this.columns);
      const still = Boolean(this.twin) || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.giveWay();
      this.view.resize();
      const { center, zoom } = this.view.wanted(this.data);
      if (still) this.jump(center, zoom);
      this.repaint();
      if (!still && !this.view.isAt(center, zoom)) this.flight.begin(this.map, center, zoom);
    }

    // One map, or two side by side.
    get sides() {
      return [this, this.twin].filter(Boolean);
    }

    // The moves on the way to another picture paint nothing: it is painted once, where the map comes to rest.
    giveWay() {
      for (const { layer } of this.sides) if (layer) layer.giveWay();
    }

    // Go to a view at once, and tell whether it is another one: then whoever calls this repaints, and until
    // then no claims are painted and no names shown.
    jump(center, zoom) {
      if (this.view.isAt(center, zoom)) return false;
      this.giveWay();
      for (const { names } of this.sides) if (names) names.wait();
      this.view.go(center, zoom);
      return true;
    }

    async update(data) {
      if (this.ahead.holds(data)) return;
      if (this.flight.isOn) {
        this.flight.hold(data);
        return;
      }
      if (!this.timeline.busy) this.choice.answered(this.data && this.data.selection, data.selection);
      const turn = (this.turn = data);
      if (this.drawn && JSON.stringify(data) === JSON.stringify(this.data) && !this.recoloured()) return;
      if (this.recoloured()) {
        this.root.dataset.cmTheme = ClaimMap.theme(this.root);
        this.recolour = true;
        for (const { names } of this.sides) if (names) names.redraw();
        this.timeline.recolour();
      }
      try {
        const reading = ClaimMap.fetchColumns(data.columns);
        reading.catch(() => {}); // Told below, where there is a map to tell it on.
        await ClaimMap.loadGround(data.ground);
        if (turn !== this.turn) return;
        // Two narrators' maps share the room: how wide one is shows when both are there.
        if (!this.map && !data.compare) this.start(data);
        if (!this.columns) await this.sketching.show(data, this.view.zoomWanted(data));
        const columns = await reading;
        if (turn !== this.turn) return;
        // Not before: what a message says is about these columns and no others.
        this.data = data;
        this.draw(columns);
        this.drawn = true;
      } catch (error) {
        if (turn !== this.turn) return;
        this.corner.tellFault(error.message);
        if (error instanceof ClaimMap.Stale) this.tell("stale", true);
      }
    }

    recoloured() {
      return this.root.dataset.cmTheme !== ClaimMap.theme(this.root);
    }

    draw(columns) {
      const isFirst = !this.columns;
      this.sketching.end();
      this.twin = ClaimMap.twinOf(this, columns);
      if (!this.map) this.start(this.data);
      if (this.columns !== columns) {
        if (this.layer) this.layer.remove();
        this.columns = columns;
        this.counting = new ClaimMap.Counting(columns);
        this.layer = new ClaimMap.ClaimLayer(columns, {
          pick: (picks) => this.pick(picks),
          painted: (drawn) => this.painted(drawn),
        }).addTo(this.map);
      }
      let jumped = false;
      if (this.moved !== this.data.moved || (isFirst && this.data.fit)) {
        const { center, zoom } = this.view.wanted(this.data);
        jumped = this.jump(center, zoom);
      }
      this.moved = this.data.moved;
      if (jumped || this.picture() !== this.shownPicture || this.recolour) this.repaint();
      else this.answer();
      if (isFirst) this.begin();
    }

    // What the picture hangs on, apart from the view and the colours.
    picture() {
      const { claim, voices, cells, fresh, columns, compare } = this.data;
      return JSON.stringify([this.selection(), claim, voices, cells, fresh, columns, compare]);
    }

    // Python agrees with what is painted already: only its words are new.
    answer() {
      this.tellStatus(this.selection());
      this.labelAgain();
      this.followDays();
    }

    labelAgain() {
      for (const { layer } of this.sides) if (layer) layer.labelAgain();
    }

    // The ground, while the claims are still on their way.
    start(data) {
      this.map = ClaimMap.ground(this.leaflet, this.view.wanted(data));
      this.moved = data.moved;
      ClaimMap.pointing.attach(this.map, this.root, () => this.labelAgain());
      ClaimMap.onOnlineGround = (key) => this.chooseGround(key);
      ClaimMap.onOnlineFailed = () => this.fallBack();
      this.view.follow();
    }

    // What hands can do once there are claims.
    begin() {
      this.map.addControl(this.comparing);
      this.unwatch = ClaimMap.watchPills(
        () => this.data.words,
        (part) => this.foresee(part),
      );
      // Names take longer to measure than claims to draw: they come once the claims are painted.
      if (!this.data.online) this.stopNames = ClaimMap.oncePainted(() => this.addNames());
    }

    boundsOfKept() {
      const { keep } = this.counting.kept(this.selection(), false);
      return ClaimMap.boundsOf(this.columns, this.twin ? this.twin.both(keep) : keep);
    }

    addNames() {
      this.names = this.names || ClaimMap.nameLayer(this.map);
    }

    // The online ground cannot be reached: the drawn one stands in, and the status says so.
    fallBack() {
      this.addNames();
      this.failed = true;
      if (this.columns) this.repaint();
    }

    // Other hosts may be asked only by a page whose policy names them: the page is loaded anew.
    chooseGround(key) {
      const query = new URLSearchParams(window.location.search);
      query.delete("ground");
      if (key) query.append("ground", key);
      window.location.search = query.toString();
    }

    repaint() {
      const { counting, data } = this;
      const selection = this.selection();
      const { busy } = this.timeline;
      const kept = counting.kept(selection, busy);
      const { keep, count, notPlaced, tally } = this.twin ? this.twin.split(kept.keep) : kept;
      this.shown = count;
      this.notPlaced = notPlaced;
      this.shownPicture = this.picture();
      this.paintedMoving = busy;
      this.recolour = false;
      this.tellStatus(selection);
      this.corner.tellEmpty(count, this.columns.n);
      const view = {
        keep,
        standings: counting.standings(selection),
        claim: data.claim,
        voices: data.voices,
        cells: data.cells,
        fresh: data.fresh,
        words: data.words,
        names: () => this.names,
        moving: busy,
        tally,
        furniture: () => ClaimMap.furnitureOver(this.root, this.leaflet),
      };
      if (this.twin) Object.assign(view, this.twin.show(this.map, view, ClaimMap.asOf(selection)));
      this.layer.show(view);
      if (!busy) this.followDays();
    }

    tellStatus(selection) {
      const { notPlaced, failed } = this;
      const words = ClaimMap.statusWords(this.data.words, selection, { isChosen: this.choice.parts, notPlaced, failed });
      this.corner.tellStatus({ words, shown: this.shown, total: this.columns.n, moving: this.timeline.busy });
    }

    // The bars follow every filter but the window, so a window that moves leaves them as they are. Where
    // they must be counted anew the map is painted first.
    followDays() {
      this.stopFollowing();
      if (this.counting.knowsDays(this.selection())) this.showDays();
      else this.stopFollowing = ClaimMap.oncePainted(() => this.showDays());
    }

    showDays() {
      const selection = this.selection();
      this.timeline.show(this.counting.days(selection), selection.from, selection.to, selection.clock);
    }

    painted(drawn) {
      this.drawing = drawn;
      this.legendSoon();
      this.tellPainted(this.shown, this.columns.n);
      this.root.dataset.ready = "true";
    }

    tellPainted(shown, total) {
      Object.assign(this.root.dataset, { shown, total, painted: ++this.paints });
    }

    legendSoon() {
      this.corner.legendSoon(() => {
        const drawn = this.twin ? this.twin.together(this.drawing) : this.drawing;
        return { drawn, words: this.data.words, selection: this.selection() };
      }, this.timeline.busy);
    }

    remove() {
      this.turn = null; // What is still fetched comes too late.
      this.view.end();
      this.corner.end();
      this.stopNames();
      this.stopFollowing();
      this.stopTelling();
      this.ahead.end();
      this.flight.end();
      this.unlink();
      this.sketching.end();
      if (this.twin) this.twin.remove();
      ClaimMap.pointing.detach(this.map);
      if (this.map) this.map.remove();
      this.timeline.remove();
      this.unwatch();
      this.root.remove();
    }
  };
})();
