/* The timeline under the map: bars by day and side, a brush for the window, and the player's keys. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const PAD_PX = 12;
  // Two ends of the brush and its middle, each wide enough to be hit.
  const ROOM_PX = 48;
  const FEWEST_DAYS = 5;
  const WEEK = 7;
  const ZOOM = 1.6;

  /**
   * @typedef {Object} Watching Who hears of the timeline.
   * @property {function(number, number): void} moved The window moved, first and last day; often.
   * @property {function(): void} settled The hand or the player has come to rest.
   * @property {function(string): void} clock The other clock is asked for.
   */

  ClaimMap.Timeline = class {
    /** @param {Watching} watching */
    constructor(watching) {
      this.watching = watching;
      this.histogram = null;
      this.view = null;
      this.window = { from: 0, to: 0 };
      this.size = { width: 0, height: 0 };
      this.drawn = {};
      this.aside = { from: 0, to: 0 };
      this.colours = this.held = null;
      this.player = new ClaimMap.Player(
        (from, to) => this.move(from, to),
        (plays) => this.playing(plays),
      );
      this.canvas = h("canvas", { "aria-hidden": "true" });
      this.ends = ["from", "to"].map((name, index) => this.slider("span.cm-grip.cm-grip-" + name, index ? "Last day" : "First day", name));
      this.body = this.slider("span.cm-brush", "Window", "both");
      this.chart = h("div.cm-chart", {}, this.canvas, this.body, this.ends);
      // Before there are days nothing in it can be asked for.
      this.root = h("section.cm-timeline", { "aria-label": "Timeline", inert: true }, this.bar(), this.chart);
      this.chart.addEventListener("pointerdown", (event) => this.grab(event));
      this.chart.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      this.sized = new ResizeObserver(() => {
        this.size = { width: this.chart.clientWidth, height: this.chart.clientHeight };
        this.draw();
      });
      this.sized.observe(this.chart);
    }

    /** Whether the hand or the player is moving the window now. */
    get busy() {
      return this.player.plays || this.held !== null;
    }

    slider(tag, label, part) {
      const keys = (event) => this.key(event, part);
      return h(tag, { role: "slider", tabindex: 0, "aria-label": label, "data-part": part, onkeydown: keys });
    }

    bar() {
      const button = (text, label, act, name) => h("button.cm-button.cm-quiet.cm-tool", { type: "button", "aria-label": label, title: label, "data-tool": name, onclick: act }, text);
      this.playButton = button("▶", "Play", () => this.toggle(), "play");
      const speeds = [1, 2, 4, 8, 16].map((speed) => h("option", { value: speed, selected: speed === this.player.speed }, speed + "/s"));
      const speed = h("select.cm-tool", { "aria-label": "Speed, days a second", title: "Days a second", onchange: () => (this.player.speed = Number(speed.value)) }, speeds);
      const modes = [["moving", "window"], ["growing", "accumulate"]].map(([value, words]) => h("option", { value }, words));
      const mode = h("select.cm-tool", { "aria-label": "What plays", onchange: () => (this.player.accumulates = mode.value === "growing") }, modes);
      this.clock = h("select.cm-tool", { "aria-label": "Clock that plays", onchange: () => this.watching.clock(this.clock.value) }, Object.entries(ClaimMap.symbols.clocks).map(([value, words]) => h("option", { value }, words)));
      this.dates = ["First day", "Last day"].map((label, index) =>
        h("input.cm-tool", { type: "text", size: 10, maxlength: 10, "aria-label": label + ", year-month-day", placeholder: "yyyy-mm-dd", onchange: () => this.typed(index) }),
      );
      return h(
        "div.cm-player",
        {},
        button("◂", "One day back", () => this.step(-1), "back"),
        this.playButton,
        button("▸", "One day on", () => this.step(1), "on"),
        speed,
        mode,
        this.clock,
        h("span.cm-dates", {}, this.dates[0], "–", this.dates[1]),
        h("span.cm-grow", {}),
        button("−", "Show more days", () => this.zoom(ZOOM), "out"),
        button("+", "Show fewer days", () => this.zoom(1 / ZOOM), "in"),
        button("All", "Show all days", () => this.fit(), "fit"),
      );
    }

    /**
     * Show counts and a window.
     * @param {?Histogram} histogram
     * @param {?number} from First day; null for the first there is.
     * @param {?number} to Last day; null for the last there is.
     * @param {string} clock
     */
    show(histogram, from, to, clock) {
      const spanned = this.histogram && histogram && this.histogram.first === histogram.first && this.histogram.days === histogram.days;
      this.histogram = histogram;
      this.root.hidden = this.root.inert = !histogram;
      if (!histogram) return;
      if (!spanned || !this.view) this.view = { from: this.first, to: this.last };
      this.clock.value = clock;
      const window = { from: from === null ? this.first : from, to: to === null ? this.last : to };
      if (!this.busy && (window.from !== this.window.from || window.to !== this.window.to)) this.window = window;
      const { drawn } = this;
      if (drawn.histogram !== histogram || drawn.window !== this.window || drawn.view !== this.view) this.draw();
      else this.writeDates();
    }

    /** Draw in the colours that are in force now. */
    recolour() {
      this.colours = null;
      this.draw();
    }

    get first() {
      return this.histogram.first;
    }

    get last() {
      return this.histogram.first + this.histogram.days - 1;
    }

    // ---- moving the window ----

    move(from, to) {
      if (from === this.window.from && to === this.window.to) return;
      this.window = { from, to };
      this.reveal();
      this.draw();
      this.watching.moved(from, to);
    }

    // A window outside the axis in view takes the axis along.
    reveal() {
      const { view, window } = this;
      if (window.to <= view.to && window.from >= view.from) return;
      const days = view.to - view.from;
      const by = window.to > view.to ? window.to - view.to : window.from - view.from;
      this.see(view.from + by, view.from + by + days);
    }

    step(days) {
      this.player.stop(true);
      this.shift(days);
      this.watching.settled();
    }

    shift(days) {
      const { from, to } = this.window;
      const by = Math.max(this.first - from, Math.min(this.last - to, days));
      this.move(from + by, to + by);
    }

    stretch(part, day) {
      const { from, to } = this.window;
      const within = Math.max(this.first, Math.min(this.last, day));
      if (part === "from") this.move(Math.min(within, to), to);
      else this.move(from, Math.max(within, from));
    }

    key(event, part) {
      const days = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key] * (event.shiftKey ? WEEK : 1);
      const { from, to } = this.window;
      if (event.key === " " || event.key === "Enter") this.toggle();
      else if (event.key === "Home") part === "both" ? this.shift(this.first - from) : this.stretch(part, part === "from" ? this.first : from);
      else if (event.key === "End") part === "both" ? this.shift(this.last - to) : this.stretch(part, part === "from" ? to : this.last);
      else if (!days) return;
      else if (part === "both") this.shift(days);
      else this.stretch(part, (part === "from" ? from : to) + days);
      event.preventDefault();
      event.stopPropagation();
      if (event.key !== " " && event.key !== "Enter") this.watching.settled();
    }

    typed(index) {
      const day = ClaimMap.dayOfIso(this.dates[index].value.trim());
      this.dates[index].setAttribute("aria-invalid", day === null);
      if (day === null) return;
      const within = Math.max(this.first, Math.min(this.last, day));
      const { from, to } = this.window;
      if (index) this.move(Math.min(from, within), within);
      else this.move(within, Math.max(to, within));
      this.watching.settled();
    }

    grab(event) {
      if (event.button || !this.histogram || this.held) return;
      this.player.stop(true);
      const part = event.target.dataset.part || "new";
      const start = this.dayAt(event);
      const before = this.window;
      const aside = this.aside[part];
      this.held = new AbortController();
      event.preventDefault();
      if (event.target.focus && part !== "new") event.target.focus({ preventScroll: true });
      const move = (moved) => {
        const day = this.dayAt(moved);
        if (part === "both") this.shift(day - start + before.from - this.window.from);
        else if (part === "new") this.move(Math.max(this.first, Math.min(start, day)), Math.min(this.last, Math.max(start, day)));
        else this.stretch(part, this.edgeAt(moved, aside) - (part === "to" ? 1 : 0));
      };
      const end = () => {
        this.letGo();
        if (this.window !== before) this.watching.settled();
      };
      // Also where it leaves the page; the document hears it even if the timeline moves to another place meanwhile.
      event.target.setPointerCapture(event.pointerId);
      const { signal } = this.held;
      const hear = (name, act) => document.addEventListener(name, (one) => one.pointerId === event.pointerId && act(one), { signal });
      hear("pointermove", move);
      hear("pointerup", end);
      hear("pointercancel", end);
    }

    letGo() {
      if (this.held) this.held.abort();
      this.held = null;
    }

    // ---- playing ----

    toggle() {
      if (this.player.plays) this.player.stop(true);
      else this.player.play(...this.start(), this.first, this.last);
    }

    // The whole record cannot move: it plays by weeks.
    start() {
      const { from, to } = this.window;
      const whole = from <= this.first && to >= this.last;
      return whole && !this.player.accumulates ? [this.first, Math.min(this.last, this.first + WEEK - 1)] : [from, to];
    }

    playing(plays) {
      this.playButton.textContent = plays ? "❚❚" : "▶";
      this.playButton.setAttribute("aria-label", plays ? "Pause" : "Play");
      this.playButton.title = plays ? "Pause" : "Play";
      if (!plays) this.watching.settled();
    }

    // ---- the axis ----

    look(from, to) {
      this.see(from, to);
      this.draw();
    }

    see(from, to) {
      const days = Math.min(Math.max(to - from, FEWEST_DAYS), this.last - this.first);
      const start = Math.max(this.first, Math.min(this.last - days, Math.round(from)));
      this.view = { from: start, to: start + Math.round(days) };
    }

    zoom(factor, about) {
      if (!this.histogram) return;
      const { from, to } = this.view;
      const middle = about === undefined ? (Math.max(this.window.from, from) + Math.min(this.window.to, to)) / 2 : about;
      this.look(middle - (middle - from) * factor, middle + (to - middle) * factor);
    }

    fit() {
      if (this.histogram) this.look(this.first, this.last);
    }

    wheel(event) {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const by = Math.sign(event.deltaX) * Math.max(1, Math.round((this.view.to - this.view.from) / 20));
        this.look(this.view.from + by, this.view.to + by);
      } else this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, this.dayAt(event));
    }

    /** @returns {{width: number, perDay: number}} Pixels of the axis, and of a day on it. */
    get scale() {
      const width = Math.max(1, this.size.width - 2 * PAD_PX);
      return { width, perDay: width / (this.view.to - this.view.from + 1) };
    }

    // The day whose beginning lies nearest: an end of the window is a line between two days.
    edgeAt(event, aside) {
      const left = event.clientX - aside - this.chart.getBoundingClientRect().left - PAD_PX;
      return this.view.from + Math.round(left / this.scale.perDay);
    }

    dayAt(event) {
      const left = event.clientX - this.chart.getBoundingClientRect().left - PAD_PX;
      return this.view.from + Math.floor(left / this.scale.perDay);
    }

    // ---- drawing ----

    draw() {
      const { histogram, window, view, size } = this;
      if (!histogram || !size.width) return;
      const { scale } = this;
      this.drawn = { histogram, window, view };
      this.colours = this.colours || ClaimMap.colours(this.root);
      const x = (day) => PAD_PX + (day - view.from) * scale.perDay;
      this.drawBars(scale, x);
      this.drawBrush(x);
    }

    drawBrush(x) {
      const { from, to } = this.window;
      const { width } = this.size;
      const low = Math.max(0, x(from));
      const high = Math.max(low + 4, Math.min(width, x(to + 1)));
      // Where the window is narrow the ends stand aside of it, so that each part can be hit.
      const narrow = high - low < ROOM_PX;
      const most = width - PAD_PX - ROOM_PX;
      const left = narrow ? Math.max(PAD_PX, Math.min(most, (low + high - ROOM_PX) / 2)) : low;
      const right = narrow ? left + ROOM_PX : high;
      this.aside = { from: left - low, to: right - high };
      Object.assign(this.body.style, { left: low + "px", width: high - low + "px" });
      for (const [end, at, edge] of [[this.ends[0], left, low], [this.ends[1], right, high]]) {
        end.style.left = at + "px";
        end.style.setProperty("--cm-edge", edge - at + "px");
      }
      const values = { 0: [from, from, to], 1: [to, from, to] };
      this.ends.forEach((end, index) => tell(end, values[index][0], index ? from : this.first, index ? this.last : to, ClaimMap.dayWords(values[index][0])));
      tell(this.body, from, this.first, this.last, ClaimMap.spanWords(from, to));
      this.writeDates();
    }

    writeDates() {
      const { from, to } = this.window;
      this.dates.forEach((input, index) => {
        const day = ClaimMap.isoOf(index ? to : from);
        if (input.value !== day && document.activeElement !== input) input.value = day;
      });
    }

    drawBars({ width, perDay }, x) {
      const { histogram, view, window, size, colours } = this;
      const { edges, unit } = ClaimMap.cutDays(view.from, view.to, width);
      this.root.dataset.unit = unit;
      const bars = ClaimMap.fillBars(histogram, edges);
      ClaimMap.drawDays(this.canvas, { edges, bars, view, window, perDay, x, size, colours });
    }

    remove() {
      this.player.stop(false);
      this.letGo();
      this.sized.disconnect();
      this.root.remove();
    }
  };

  function tell(slider, now, low, high, words) {
    slider.setAttribute("aria-valuenow", now);
    slider.setAttribute("aria-valuemin", low);
    slider.setAttribute("aria-valuemax", high);
    slider.setAttribute("aria-valuetext", words);
  }
})();
