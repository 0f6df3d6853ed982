/* The map component: one Leaflet map a mount; a new selection repaints it, nothing reloads it. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const HOME = { center: [48.625, 37.99], zoom: 10 };
  const REPORT_AFTER_MS = 350;
  const files = new Map();
  const maps = new WeakMap();

  /**
   * Mount or update the map. Called by Streamlit at each run of the page.
   * @param {Object} component Streamlit's component: data, parentElement, setTriggerValue.
   * @returns {function(): void} Takes the map away.
   */
  ClaimMap.parts.map = function (component) {
    const host = component.parentElement;
    let map = maps.get(host);
    if (!map) {
      map = new PageMap(host);
      maps.set(host, map);
    }
    map.update(component);
    return function () {
      maps.delete(host);
      map.remove();
    };
  };

  // One download a digest, however often the map is mounted.
  function fetchColumns(url) {
    if (!files.has(url)) {
      const file = fetch(url, { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error("The claims could not be read from the server (" + answer.status + ").");
        return answer.arrayBuffer();
      });
      files.set(url, file.then(ClaimMap.readColumns));
    }
    return files.get(url);
  }

  // The ground's script defines ClaimMap.ground, ClaimMap.places and ClaimMap.groundNames.
  function loadGround(url) {
    if (!files.has(url))
      files.set(
        url,
        new Promise(function (done, fail) {
          const script = document.createElement("script");
          script.src = url;
          script.onload = done;
          script.onerror = () => fail(new Error("The ground of the map could not be read from the server."));
          document.head.append(script);
        }),
      );
    return files.get(url);
  }

  class PageMap {
    constructor(host) {
      const { h } = ClaimMap;
      this.paints = 0;
      this.names = null;
      this.failed = false;
      this.status = h("p.cm-status.cm-furniture", { role: "status" });
      this.keys = h("ul.cm-keys");
      this.legend = h("details.cm-legend.cm-furniture", { open: window.innerWidth > 640 }, h("summary", {}, "Legend"), this.keys);
      this.legend.addEventListener("toggle", () => this.layer && this.repaint());
      this.empty = h("div.cm-empty.cm-furniture", { hidden: true });
      this.leaflet = h("div.cm-leaflet");
      this.root = h(
        "section.cm-map",
        { "data-testid": "claim-map", "aria-label": "Map of claims" },
        this.leaflet,
        h("div.cm-corner", {}, this.status, this.legend),
        this.empty,
      );
      host.append(this.root);
      this.sized = new ResizeObserver(() => this.map && this.quietly(() => this.map.invalidateSize({ animate: false })));
      this.sized.observe(this.root);
    }

    async update(component) {
      this.component = component;
      this.data = component.data;
      const turn = (this.turn = component.data);
      const theme = ClaimMap.theme(this.root);
      const changed = this.root.dataset.cmTheme && this.root.dataset.cmTheme !== theme;
      this.root.dataset.cmTheme = theme;
      if (changed && this.names) this.names.redraw();
      try {
        const [columns] = await Promise.all([fetchColumns(component.data.columns), loadGround(component.data.ground)]);
        if (turn !== this.turn) return;
        this.draw(columns);
      } catch (error) {
        this.say(error.message);
      }
    }

    draw(columns) {
      if (!this.map) this.start();
      if (this.columns !== columns) {
        if (this.layer) this.layer.remove();
        this.columns = columns;
        this.layer = new ClaimMap.ClaimLayer(columns, {
          pick: (picks) => this.component.setTriggerValue("pick", picks),
          painted: () => this.painted(),
        }).addTo(this.map);
      }
      if (this.moved !== this.data.moved) {
        const { center, zoom } = this.wanted();
        this.quietly(() => this.map.setView(center, zoom, { animate: false }));
      }
      this.moved = this.data.moved;
      this.repaint();
    }

    start() {
      this.map = ClaimMap.ground(this.leaflet, this.wanted());
      this.moved = this.data.moved;
      this.towns = new Set(ClaimMap.places.filter((place) => place.rank <= 2).map((place) => place.name));
      if (!this.data.online) this.addNames();
      ClaimMap.onOnlineGround = (key) => this.chooseGround(key);
      ClaimMap.onOnlineFailed = () => this.fallBack();
      this.map.on("moveend", () => {
        if (this.quiet) return;
        clearTimeout(this.report);
        this.report = setTimeout(() => this.tellView(), REPORT_AFTER_MS);
      });
    }

    // Moves of ours are not the viewer's: they are not reported.
    quietly(move) {
      this.quiet = true;
      move();
      this.quiet = false;
    }

    // The view the address asks for.
    wanted() {
      const { at } = this.data;
      return at ? { center: [at[0], at[1]], zoom: at[2] } : HOME;
    }

    addNames() {
      this.names = new ClaimMap.NameLayer(ClaimMap.places, { names: ClaimMap.groundNames }).addTo(this.map);
    }

    // The online ground cannot be reached: the drawn one stands in, and the status says so.
    fallBack() {
      this.addNames();
      this.failed = true;
      this.repaint();
    }

    // Other hosts may be asked only by a page whose policy names them: the page is loaded anew.
    chooseGround(key) {
      const query = new URLSearchParams(window.location.search);
      query.delete("ground");
      if (key) query.append("ground", key);
      window.location.search = query.toString();
    }

    tellView() {
      const { lat, lng } = this.map.getCenter();
      const at = [lat.toFixed(4), lng.toFixed(4), this.map.getZoom()].join(",");
      if (at === this.told) return;
      this.told = at;
      // Written here first, so that the server's own writing adds no step to the history.
      const query = new URLSearchParams(window.location.search);
      query.delete("at");
      query.append("at", at);
      window.history.replaceState(window.history.state, "", "?" + query);
      this.component.setTriggerValue("at", at);
    }

    repaint() {
      const { columns, data } = this;
      const standings = ClaimMap.standingsAsOf(columns, data.asOf);
      const { keep, count } = ClaimMap.keep(columns, data.selection, standings);
      this.shown = count;
      const words = this.failed
        ? Object.assign({}, data.words, { filters: [...data.words.filters, "online ground not reached, drawn map shown"] })
        : data.words;
      ClaimMap.writeStatus(this.status, words, count, columns.n, () =>
        this.component.setTriggerValue("tab", "unplaced"),
      );
      this.showEmpty(count);
      this.layer.show({
        keep,
        standings,
        claim: data.claim,
        voices: data.voices,
        cells: data.cells,
        words: data.words,
        names: this.names,
        towns: this.towns,
        legend: (drawn) => ClaimMap.writeLegend(this.keys, drawn, data.words),
        furniture: () => this.furniture(),
      });
    }

    painted() {
      const told = this.root.dataset;
      told.shown = this.shown;
      told.total = this.columns.n;
      told.painted = ++this.paints;
      told.ready = "true";
    }

    showEmpty(count) {
      this.empty.hidden = count > 0;
      if (count) return;
      const { h } = ClaimMap;
      const clear = () => this.component.setTriggerValue("clear", true);
      const none = this.columns.n === 0;
      this.empty.replaceChildren(
        h("p", {}, none ? "The file holds no claims." : "No claim matches these filters."),
        none ? "" : h("p", {}, "Widen the days, or take a filter away."),
        none ? "" : h("button.cm-button", { type: "button", onclick: clear }, "Show all claims"),
      );
    }

    // What lies over the map, in container pixels, so that labels keep clear of it.
    furniture() {
      const home = this.root.getBoundingClientRect();
      return [...this.root.querySelectorAll(".cm-furniture:not([hidden]), .leaflet-control")].map(function (one) {
        const box = one.getBoundingClientRect();
        return { x: box.x - home.x, y: box.y - home.y, w: box.width, h: box.height };
      });
    }

    say(message) {
      this.empty.hidden = false;
      this.empty.replaceChildren(ClaimMap.h("p", { role: "alert" }, message));
    }

    remove() {
      clearTimeout(this.report);
      this.sized.disconnect();
      if (this.map) this.map.remove();
      this.root.remove();
    }
  }
})();
