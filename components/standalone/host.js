/* Stands in for the page's server in a file of its own: keeps what the viewer has chosen, hears what
   the parts of the page report, and tells them what to draw. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const EVERYTHING = { side: null, kind: null, organisation: null, claimant: null, standing: null, from: null, to: null, clock: "said", mask: null };
  const MOST_ZOOM = 18;

  class Host {
    constructor(tables) {
      this.tables = tables;
      this.scenes = tables.scenes;
      this.columnsUrl = "claims/" + tables.digest + ".bin";
      this.wordsUrl = "claims/" + tables.digest + "/words/";
      const words = tables.words.rows.map((row) => Object.fromEntries(row.map((value, index) => [tables.words.names[index], value])));
      ClaimMap.keepWords(this.wordsUrl, words);
      this.search = new ClaimMap.Search(tables.search, words);
      const bytes = ClaimMap.bytes(tables.columns);
      this.reading = new ClaimMap.Reading(ClaimMap.keepColumns(this.columnsUrl, bytes.buffer), tables, words);
      this.box = document.getElementById("cm-alone-search");
      this.moved = 1;
    }

    // ---- what the parts report, by the names they use to Python ----

    hear(name, value) {
      if (!this.hears[name]) return;
      this.hears[name].call(this, value);
      this.show();
    }

    get hears() {
      return {
        choice: (choice) => this.choose(choice),
        clear: () => this.put({ selection: EVERYTHING, query: "" }),
        pick: ({ claim, cells }) => this.put({ claim, cells, list: "" }),
        page: (page) => (this.state.page = Number(page)),
        tab: (list) => this.put({ claim: null, cells: [], list }),
        place: (place) => this.goTo(place),
      };
    }

    put(part) {
      Object.assign(this.state, { page: 0 }, part);
    }

    choose(choice) {
      this.put({ selection: Object.assign({}, this.state.selection, choice) });
    }

    look(query) {
      const mask = this.search.mask(query);
      this.put({ query, selection: Object.assign({}, this.state.selection, { mask }) });
      this.show();
    }

    goTo({ scene, present }) {
      this.presenting = present === "1";
      if (this.presenting) this.enter(Number(scene) - 1);
    }

    // What a scene shows is what the file shows, until the viewer changes it.
    enter(scene) {
      this.scene = Math.max(0, Math.min(scene || 0, this.scenes.length - 1));
      const { picture, query } = this.scenes[this.scene];
      const { selection, claim, at, fit } = picture;
      this.state = { selection, claim, at, fit, query, cells: [], page: 0, list: "" };
    }

    // ---- the address: it keeps scene and place of the map over a reload ----

    arrive() {
      const query = new URLSearchParams(window.location.search);
      this.presenting = query.get("present") === "1";
      this.enter(Number(query.get("scene") || 1) - 1);
      const at = (query.get("at") || "").split(",").map(Number);
      if (isOnTheMap(at)) this.put({ at, fit: false });
      this.show();
    }

    // A viewer in a frame, or a page without an address, may not write one: then nothing is kept.
    static mayWriteAddress() {
      try {
        window.history.replaceState(window.history.state, "", window.location.search || "?");
        return true;
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        return false;
      }
    }

    // ---- drawing ----

    show() {
      this.mount("map", this.mapMessage());
      this.mount("cards", Object.assign(this.reading.cards(this.state), { words: this.wordsUrl }));
      this.mount("present", this.presentMessage());
      this.tellScene();
    }

    mount(part, data) {
      const parentElement = document.getElementById("cm-alone-" + part);
      ClaimMap.parts[part]({ data, parentElement, setTriggerValue: (name, value) => this.hear(name, value) });
    }

    mapMessage() {
      const { selection, claim, cells, at, fit, query } = this.state;
      const scene = this.scenes[this.scene];
      const { from, to } = selection;
      const { mapWords } = this.tables;
      const bounded = from !== null && to !== null ? ClaimMap.spanWords(from, to) : scene.picture.words.window;
      const window = from === null && to === null ? mapWords.span : bounded;
      const words = Object.assign({ window, filters: this.reading.filters(selection, scene.names, this.search.phrase(query)) }, mapWords);
      const voices = this.reading.voices(selection, claim);
      return { columns: this.columnsUrl, ground: "", online: false, selection, claim, voices, cells, at, fit, moved: this.moved, words };
    }

    presentMessage() {
      const { briefing, title, handling } = this.tables;
      return {
        briefings: [],
        words: this.wordsUrl,
        briefing,
        scene: this.scene,
        presenting: this.presenting,
        claim: this.state.claim,
        moved: this.moved,
        title,
        handling,
        scenes: this.scenes,
      };
    }

    tellScene() {
      const { title, text } = this.scenes[this.scene];
      if (this.box.value !== this.state.query) this.box.value = this.state.query;
      const { clock, to } = this.state.selection;
      const day = clock === "said" && to !== null ? to : this.tables.lastDay;
      const number = (index) => h("button.cm-button.cm-quiet", this.button(index), index + 1);
      const steps = this.scenes.length > 1 && h("nav", { "aria-label": "Scenes" }, h("ol.cm-alone-steps", {}, this.scenes.map((_, index) => h("li", {}, number(index)))));
      ClaimMap.fill(document.getElementById("cm-alone-scene"), steps, h("div", {}, h("h2", {}, title), text && h("p", {}, text)));
      const { file, digest } = this.tables.sources;
      const asOf = day === null ? "" : "Standing as of " + ClaimMap.dayWords(day) + " · ";
      const origin = asOf + "data: " + file + ", digest " + digest.slice(0, 12);
      document.getElementById("cm-alone-origin").textContent = ClaimMap.visible(origin);
    }

    button(index) {
      return {
        type: "button",
        "data-key": "scene-" + index,
        "aria-label": "Scene " + (index + 1) + ": " + this.scenes[index].title,
        "aria-current": index === this.scene ? "true" : false,
        onclick: () => this.turnTo(index),
      };
    }

    turnTo(index) {
      this.enter(index);
      window.history.pushState(window.history.state, "", "?" + new URLSearchParams({ briefing: this.tables.briefing, scene: index + 1 }));
      ClaimMap.showScene(this.scenes[index].picture);
      this.show();
    }

    begin() {
      if (!Host.mayWriteAddress()) window.history.pushState = window.history.replaceState = () => {};
      window.addEventListener("popstate", () => {
        this.moved++;
        this.arrive();
      });
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.show());
      this.box.addEventListener("input", () => this.look(this.box.value));
      document.getElementById("cm-alone-tools").append(ClaimMap.presentButtons());
      document.getElementById("cm-alone-still").remove();
      this.box.hidden = false;
      this.arrive();
      this.mount("sources", this.tables.sources);
    }
  }

  const isOnTheMap = ([lat, lon, zoom, ...more]) => Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= MOST_ZOOM && !more.length;

  const host = new Host(JSON.parse(document.getElementById("cm-alone-data").textContent));
  const begin = () => host.begin();
  // What is written on a canvas in another type would stay so; without the type it has to do.
  document.fonts.load('16px "Source Sans"').then(begin, begin);
})();
