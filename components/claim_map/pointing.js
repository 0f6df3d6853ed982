/* Three tools to point with: a spotlight, a pen, a measure. They live in this window alone: the server
   hears nothing of them, no address holds them, and a new scene begins without them. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const PANE = "cm-pointing";
  const ABOVE_THE_CLAIMS = 620;
  const STEP_PX = 12;
  const FAR_PX = 60;
  // A finger covers what it points at, and the map of a phone has no room for what tools say.
  const PHONE = "(max-width: 640px)";
  const TOOLS = [
    ["spotlight", "Spotlight", "S", "M10 3.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M10 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5"],
    ["pen", "Pen", "D", "M3.5 16.5l1-4.2L13.6 3.2l3.2 3.2L7.7 15.5zM11.6 5.2l3.2 3.2"],
    ["measure", "Measure a distance", "M", "M1.5 13.5v-7h17v7zM5 6.5v3M8.3 6.5v4M11.7 6.5v3M15 6.5v4"],
  ];
  const SAID = {
    spotlight: "Spotlight on. Arrow keys move it, plus and minus size it, Escape ends it.",
    pen: "Pen on. Arrow keys move it, Enter sets it down and lifts it, Backspace takes the last stroke back, Escape puts it away.",
    measure: "Measure on. Arrow keys move, Enter sets a point, Backspace takes the last one back, Escape ends it.",
  };

  class Pointing {
    constructor() {
      this.tool = "";
      this.map = null;
      this.at = null;
      this.heard = new AbortController();
    }

    /**
     * Put the tools on a map.
     * @param {L.Map} map
     * @param {HTMLElement} root The map's frame, with its corner of words.
     * @param {function(): void} changed Called when what lies over the map has changed.
     */
    attach(map, root, changed) {
      this.detach(this.map);
      this.map = map;
      this.root = root;
      this.changed = changed;
      const pane = map.createPane(PANE);
      pane.style.zIndex = ABOVE_THE_CLAIMS;
      pane.style.pointerEvents = "none";
      pane.setAttribute("aria-hidden", "true");
      const renderer = L.svg({ pane: PANE, padding: 0.5 });
      const tell = () => this.show();
      this.tools = {
        spotlight: new ClaimMap.Spotlight(),
        pen: new ClaimMap.Pen(map, renderer, tell),
        measure: new ClaimMap.Measure(map, renderer, tell, (leg) => this.panel.showAhead(leg)),
      };
      this.panel = new ClaimMap.PointingPanel({
        undo: (name) => this.tools[name].undo(),
        clear: (name) => this.tools[name].clear(),
        grow: (steps) => this.tools.spotlight.grow(steps),
      });
      root.querySelector(".cm-status").after(this.panel.root);
      this.cross = h("div.cm-crosshair", { hidden: true, "aria-hidden": "true" });
      map.getContainer().append(this.cross);
      this.buttons = TOOLS.map(([name, words, key, path]) => this.button(name, words, key, path));
      this.bar = barOf(this.buttons).addTo(map);
      this.listen();
    }

    /** @param {?L.Map} map What the tools leave, if they are on it. */
    detach(map) {
      if (!map || map !== this.map) return;
      this.putAway();
      this.heard.abort();
      this.panel.root.remove();
      this.cross.remove();
      this.map = null;
    }

    /** @returns {boolean} Whether there is a map with room for tools. */
    offered() {
      return Boolean(this.map) && !window.matchMedia(PHONE).matches;
    }

    /** @param {string} name spotlight, pen or measure: it is put away where it is on already. */
    toggle(name) {
      if (!this.offered()) return;
      const again = this.tool === name;
      this.putAway();
      if (again) return;
      this.before = document.activeElement;
      this.tool = name;
      const home = this.map.getContainer();
      home.focus({ preventScroll: true });
      const box = home.getBoundingClientRect();
      if (!this.at || !within(this.at, box)) this.at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      this.root.dataset.cmTool = name;
      this.tools[name].start(this.at);
      this.show();
      this.panel.say(SAID[name]);
    }

    /** Put the tool away; strokes and points stay. */
    putAway() {
      if (!this.tool) return;
      this.tools[this.tool].stop();
      this.tool = "";
      this.cross.hidden = true;
      delete this.root.dataset.cmTool;
      const { before } = this;
      if (this.root.contains(document.activeElement) && before && before.isConnected) before.focus({ preventScroll: true });
      this.show();
      this.panel.say("The tool is put away.");
    }

    /** Put the tool away, and all that was drawn and measured. */
    forget() {
      if (!this.map) return;
      this.putAway();
      for (const one of [this.tools.pen, this.tools.measure]) if (one.count || one.isDown) one.clear();
    }

    /**
     * Move what points, by keys.
     * @param {number[]} way Steps to the right and down.
     * @param {boolean} far Whether steps are long.
     */
    move([right, down], far) {
      const box = this.bounds();
      const step = far ? FAR_PX : STEP_PX;
      this.at = {
        x: Math.max(box.x, Math.min(box.x + box.width - 1, this.at.x + right * step)),
        y: Math.max(box.y, Math.min(box.y + box.height - 1, this.at.y + down * step)),
      };
      this.showCross();
      this.follow();
    }

    /** Enter: a point, or the pen down or up. */
    press() {
      if (this.tool === "spotlight") return;
      this.move([0, 0], false);
      this.tools[this.tool].press(this.inMap());
    }

    undo() {
      if (this.tool !== "spotlight") this.tools[this.tool].undo();
    }

    clear() {
      if (this.tool !== "spotlight") this.tools[this.tool].clear();
    }

    /** @param {number} steps Larger, or smaller where negative. */
    grow(steps) {
      this.tools.spotlight.grow(steps);
    }

    bounds() {
      if (this.tool !== "spotlight") return this.map.getContainer().getBoundingClientRect();
      return { x: 0, y: 0, width: window.innerWidth, height: window.innerHeight };
    }

    follow() {
      this.tools[this.tool].follow(this.tool === "spotlight" ? this.at : this.inMap());
    }

    inMap() {
      const box = this.map.getContainer().getBoundingClientRect();
      return L.point(this.at.x - box.x, this.at.y - box.y);
    }

    // Where the keys have brought the pen or the next point.
    showCross() {
      if (this.tool === "spotlight") return;
      const { x, y } = this.inMap();
      this.cross.hidden = false;
      this.cross.style.transform = "translate(" + x + "px," + y + "px)";
    }

    show() {
      const { pen, measure } = this.tools;
      this.panel.show({ tool: this.tool, pen, measure });
      for (const button of this.buttons) button.setAttribute("aria-pressed", button.dataset.key === "point-" + this.tool ? "true" : "false");
      this.root.toggleAttribute("data-cm-pointed", !this.panel.body.hidden);
      const { legs } = measure;
      if (this.tool === "measure" && legs.length) {
        const total = legs.length > 1 ? ". Total " + ClaimMap.kilometres(measure.total) : "";
        this.panel.say(ClaimMap.legWords(legs[legs.length - 1]) + total);
      }
      this.changed();
    }

    button(name, words, key, path) {
      const title = words + " (" + key + ")";
      const props = { type: "button", title, "aria-label": words, "aria-keyshortcuts": key, "aria-pressed": "false", "data-key": "point-" + name };
      return h("button.cm-point", Object.assign(props, { onclick: () => this.toggle(name) }), icon(path));
    }

    // What a hand does on the map reaches the tool before the map.
    listen() {
      this.heard = new AbortController();
      const { signal } = this.heard;
      const hear = (host, type, act) => host.addEventListener(type, act, { capture: true, passive: false, signal });
      hear(window, "pointermove", (event) => this.moved(event));
      hear(window, "pointerup", () => this.lifted());
      hear(window, "pointercancel", () => this.lifted());
      hear(this.root, "pointerdown", (event) => this.pressed(event));
      for (const type of ["click", "dblclick"]) hear(this.root, type, (event) => this.clicked(event));
      hear(this.root, "wheel", (event) => this.wheeled(event));
    }

    moved(event) {
      if (!event.isPrimary) return;
      this.at = { x: event.clientX, y: event.clientY };
      if (!this.tool) return;
      this.cross.hidden = true;
      if (this.tool !== "pen" || !this.tools.pen.isDown) {
        if (this.tool === "spotlight" || !this.isOnOther(event.target)) this.follow();
        return;
      }
      const box = this.map.getContainer().getBoundingClientRect();
      const passed = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const one of passed.length ? passed : [event]) this.tools.pen.follow(L.point(one.clientX - box.x, one.clientY - box.y));
    }

    pressed(event) {
      if (this.tool !== "pen" || !event.isPrimary || event.button !== 0 || !this.isOnGround(event.target)) return;
      this.at = { x: event.clientX, y: event.clientY };
      this.byHand = true;
      this.tools.pen.down(this.inMap());
    }

    // The keys' own stroke does not end because a button is let go somewhere.
    lifted() {
      if (!this.byHand) return;
      this.byHand = false;
      this.tools.pen.up();
    }

    clicked(event) {
      if (!this.tool || this.tool === "spotlight" || !this.isOnGround(event.target)) return;
      event.stopPropagation();
      const single = event.type === "click" && !this.map.dragging.moved();
      if (this.tool !== "measure" || !single) return;
      this.at = { x: event.clientX, y: event.clientY };
      this.tools.measure.press(this.inMap());
    }

    wheeled(event) {
      if (this.tool !== "spotlight" || !event.deltaY) return;
      event.preventDefault();
      event.stopPropagation();
      this.grow(event.deltaY < 0 ? 1 : -1);
    }

    isOnGround(target) {
      return this.map.getContainer().contains(target) && !target.closest(".leaflet-control, .cm-furniture");
    }

    // Of two maps side by side the tools are on the first: on the other one nothing is pointed at.
    isOnOther(target) {
      const map = target instanceof Element && target.closest(".cm-leaflet");
      return Boolean(map) && map !== this.map.getContainer();
    }
  }

  const within = ({ x, y }, box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom;

  function barOf(buttons) {
    const bar = L.control({ position: "topright" });
    bar.onAdd = function () {
      const host = h("div.leaflet-bar.cm-points", { role: "group", "aria-label": "Point at the map" }, buttons);
      L.DomEvent.disableClickPropagation(host);
      return host;
    };
    return bar;
  }

  const SVG = "http://www.w3.org/2000/svg";

  function icon(path) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  /** The tools of the page's map. */
  ClaimMap.pointing = new Pointing();
})();
