/* Presenting: the browser steps from scene to scene by itself and tells Python where it is. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const ANSWERED_WITHIN_MS = 4000;
  const KEPT_PARAMETERS = ["tab", "ground"];

  class Presenter {
    constructor() {
      this.data = null;
      this.component = null;
      this.sent = null;
      this.waiting = null;
      this.place = { briefing: "", scene: 0, presenting: false };
      this.stage = null;
      this.isBlack = false;
      this.lostTheScreen = false;
      this.menus = new Map();
      ClaimMap.listenToClicker({
        presenting: () => this.place.presenting,
        step: (by) => this.step(by),
        first: () => this.go(0),
        last: () => this.go(this.scenes().length - 1),
        blank: () => this.black(!this.isBlack),
        leave: () => this.leave(),
        start: () => this.start(this.place.briefing),
        help: () => ClaimMap.showKeys(),
      });
      document.addEventListener("fullscreenchange", () => this.screenChanged());
    }

    /**
     * Take over what Python says, unless the viewer is further already.
     * @param {Object} data From `components.present.present_message`.
     * @param {?Object} component Streamlit's component, or null before it has come.
     */
    update(data, component) {
      const first = !this.data;
      this.data = data;
      if (component) this.connect(component);
      const said = { briefing: data.briefing, scene: data.scene, presenting: data.presenting };
      if (this.sent && !same(said, this.place) && performance.now() - this.sent < ANSWERED_WITHIN_MS) {
        if (!first) this.draw();
        return;
      }
      this.sent = null;
      if (!same(said, this.place)) ClaimMap.pointing.forget();
      this.place = said;
      document.documentElement.toggleAttribute("data-cm-briefings", data.briefings.length > 0);
      for (const fill of this.menus.values()) fill();
      this.draw();
    }

    connect(component) {
      this.component = component;
      if (!this.waiting) return;
      component.setTriggerValue("place", this.waiting);
      this.waiting = null;
    }

    scenes() {
      return this.data && this.data.briefing === this.place.briefing ? this.data.scenes : [];
    }

    /** @param {string} briefing Its name; "" to present the view as it is. */
    start(briefing) {
      if (!this.data) return;
      const again = briefing === this.place.briefing;
      this.place = { briefing, scene: again ? this.place.scene : 0, presenting: true };
      this.askForTheScreen();
      this.follow(Boolean(briefing));
    }

    leave() {
      if (!this.place.presenting) return;
      this.place = Object.assign({}, this.place, { presenting: false });
      this.follow(false);
    }

    step(by) {
      this.go(this.place.scene + by);
    }

    go(scene) {
      const to = Math.max(0, Math.min(scene, this.scenes().length - 1));
      this.black(false);
      if (this.lostTheScreen) this.askForTheScreen();
      if (to === this.place.scene) return;
      this.place = Object.assign({}, this.place, { scene: to });
      this.follow(true);
    }

    // Shown at once, written into the address, and told.
    follow(anew) {
      const { briefing, scene, presenting } = this.place;
      ClaimMap.pointing.forget();
      this.sent = performance.now();
      this.writeAddress(anew);
      this.draw();
      const shown = this.scenes()[scene];
      if (anew && shown) ClaimMap.showScene(shown.picture);
      const told = { briefing, scene: String(scene + 1), present: presenting ? "1" : "0" };
      if (this.component) this.component.setTriggerValue("place", told);
      else this.waiting = told;
    }

    // The very parameters that Python will write, so that its own writing adds no step to the history.
    writeAddress(anew) {
      const now = new URLSearchParams(window.location.search);
      const query = new URLSearchParams();
      for (const [name, value] of now) if (!anew || KEPT_PARAMETERS.includes(name)) query.append(name, value);
      for (const name of ["briefing", "scene", "present"]) query.delete(name);
      const { briefing, scene, presenting } = this.place;
      if (briefing) {
        query.append("briefing", briefing);
        query.append("scene", scene + 1);
      }
      if (presenting) query.append("present", 1);
      const text = query.toString();
      window.history.pushState(window.history.state, "", text ? "?" + text : window.location.pathname);
    }

    draw() {
      const { presenting, scene } = this.place;
      if (!presenting) {
        if (this.stage) this.goBack();
        return;
      }
      if (!this.stage) this.comeUp();
      const scenes = this.scenes();
      const shown = scenes[scene];
      const offered = this.data.briefings.find((one) => one.name === this.place.briefing);
      const { title, handling } = this.data;
      const waits = !shown && this.place.briefing;
      this.stage.show({
        title: shown ? shown.title : waits && offered ? offered.title : title,
        text: shown ? shown.text : "",
        handling: waits ? "" : handling,
        index: scene,
        of: scenes.length,
      });
      this.showClaim(this.sent && shown ? shown.claim : this.data.claim);
      const ahead = scenes.map((one) => one.claim).filter((claim) => claim !== null);
      if (ahead.length) ClaimMap.words(this.data.words, ahead, () => {}, () => {});
    }

    showClaim(claim) {
      if (claim === null) {
        this.stage.showClaim(null);
        return;
      }
      const { stage } = this;
      this.claim = claim;
      const late = () => stage !== this.stage || claim !== this.claim;
      let known = false;
      const show = function (words) {
        known = true;
        if (!late()) stage.showClaim(words);
      };
      ClaimMap.words(
        this.data.words,
        [claim],
        (words) => show(words.get(claim)),
        () => show(null),
      );
      if (!known && stage.claim !== claim) stage.showClaim(undefined);
      stage.claim = claim;
    }

    comeUp() {
      this.focused = document.activeElement;
      this.stage = new ClaimMap.Stage({ step: (by) => this.step(by), help: () => ClaimMap.showKeys(), leave: () => this.leave() });
      this.stage.enter();
    }

    goBack() {
      this.stage.leave();
      this.stage = null;
      this.isBlack = this.lostTheScreen = false;
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      const was = this.focused && this.focused !== document.body && this.focused.isConnected;
      const back = was ? this.focused : document.querySelector(".cm-present");
      if (back) back.focus({ preventScroll: true });
    }

    black(on) {
      this.isBlack = on;
      if (this.stage) this.stage.black(on);
    }

    // Refused without a key or click before, and where the browser has no such thing: then the window does.
    askForTheScreen() {
      this.lostTheScreen = false;
      const asked = document.documentElement.requestFullscreen && document.documentElement.requestFullscreen();
      if (asked) asked.catch(() => {});
    }

    // Esc leaves the full screen without a word to the page. Where a tool was on, Esc meant the tool: the
    // presentation goes on in the window, and the next step asks for the screen again.
    screenChanged() {
      if (document.fullscreenElement || !this.place.presenting) return;
      if (ClaimMap.pointing.tool) {
        this.lostTheScreen = true;
        ClaimMap.pointing.putAway();
      } else this.leave();
    }
  }

  const same = (a, b) => a.briefing === b.briefing && a.scene === b.scene && a.presenting === b.presenting;
  const presenter = new Presenter();

  /**
   * Draw the presentation. Called by Streamlit at each run of the page.
   * @param {Object} component Streamlit's component: data, setTriggerValue.
   */
  ClaimMap.parts.present = function (component) {
    presenter.update(component.data, component);
  };

  /** Present from the first paint on, where the address says so; and keep room for the briefings' line on a phone. */
  ClaimMap.presentEarly = function () {
    const first = document.getElementById("cm-first-stage");
    const data = first && JSON.parse(first.textContent);
    document.documentElement.toggleAttribute("data-cm-briefings", Boolean(data && data.briefings.length));
    if (data && data.presenting && document.body) presenter.update(data, null);
  };

  /**
   * The buttons that start a presentation, for the header.
   * @returns {HTMLElement}
   */
  ClaimMap.presentButtons = function () {
    const go = () => presenter.start(presenter.place.briefing);
    const start = h("button.cm-button.cm-present", { type: "button", title: "Present, full screen (P)", onclick: go }, "Present");
    const list = h("span.cm-briefings");
    const fill = function () {
      const { briefings } = presenter.data || { briefings: [] };
      if (list.dataset.shows === JSON.stringify(briefings)) return; // A button of it may have the focus.
      list.dataset.shows = JSON.stringify(briefings);
      ClaimMap.fill(
        list,
        briefings.map(function ({ name, title, scenes }) {
          const open = { type: "button", "data-key": "briefing-" + name, onclick: () => presenter.start(name) };
          return h("button.cm-link", open, title || "My scenes", " (" + ClaimMap.counted(scenes, "scene") + ")");
        }),
      );
    };
    // A header that Streamlit mounts anew brings its own.
    for (const old of presenter.menus.keys()) if (!old.isConnected) presenter.menus.delete(old);
    presenter.menus.set(list, fill);
    fill();
    return h("span.cm-presents", {}, list, start);
  };
})();
