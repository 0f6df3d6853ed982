/* Handing out: what, how marked, and as which file; the file comes whole or not at all. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const NOT_OF_THE_VIEW = ["tab", "page", "disc", "ground", "present"];
  const LOOK_EVERY_MS = 300;
  const KEPT_FOR_MS = 60000;

  class HandOut {
    constructor() {
      this.data = null;
      this.dialog = null;
      this.download = null;
    }

    /** @param {string} [briefing] Name of the briefing to begin with; the view by default. */
    open(briefing) {
      if (!this.data) return;
      // Begun before the page can ask for anything: the process that writes takes its time to start.
      fetch(address("export")).catch(() => {});
      if (!this.dialog || !this.download) this.make();
      const wanted = [...this.dialog.querySelectorAll("[name=cm-what]")].find((one) => one.value === (briefing || ""));
      if (wanted && !this.download) wanted.checked = true;
      this.follow();
      document.body.append(this.dialog);
      this.dialog.showModal();
      this.dialog.querySelector("[name=cm-what]:checked").focus();
    }

    make() {
      const { briefings, kinds, labels, title, title_most, handling_most } = this.data;
      const offers = [{ name: "", title: "This view", scenes: 1, handling: "" }, ...briefings];
      this.offers = offers;
      const follow = () => this.follow();
      const what = offers.map(({ name, title: words, scenes }) =>
        h(
          "label.cm-what",
          {},
          h("input", { type: "radio", name: "cm-what", value: name, checked: !name, onchange: follow }),
          words,
          name ? h("span.cm-what-more", {}, ClaimMap.counted(scenes, "scene")) : h("span.cm-what-more", {}, "what the page shows now"),
        ),
      );
      this.marking = h(
        "select",
        { id: "cm-marking", onchange: follow },
        h("option", { value: "" }),
        labels.map((label) => h("option", { value: label }, label)),
        h("option", { value: "other" }, "Other words"),
      );
      this.other = h("input", { id: "cm-marking-words", type: "text", maxlength: handling_most });
      this.title = h("input", { id: "cm-file-title", type: "text", maxlength: title_most, placeholder: title });
      this.buttons = kinds.map((kind) => this.button(kind));
      this.progress = h("progress", { "aria-label": "How far the file is" });
      this.words = h("span.cm-file-words");
      this.cancel = h("button.cm-button", { type: "button", onclick: () => this.download.abort() }, "Cancel");
      this.work = h("div.cm-file-work", { hidden: true }, this.progress, this.words, this.cancel);
      this.said = h("p.cm-file-said", { role: "status" });
      this.fault = h("p.cm-file-fault", { role: "alert" });
      const close = h("button.cm-button", { type: "button", onclick: () => this.dialog.close() }, "Close");
      this.dialog = h(
        "dialog.cm-hand-out",
        { "aria-labelledby": "cm-hand-out-title", onclose: () => this.dialog.remove() },
        h("header", {}, h("h2", { id: "cm-hand-out-title" }, "Hand out"), close),
        h("fieldset", {}, h("legend", {}, "What"), what),
        h(
          "div.cm-file-fields",
          {},
          h("p", {}, h("label", { for: "cm-marking" }, "Handling marking"), this.marking),
          h("p", {}, h("label", { for: "cm-marking-words" }, "Words of the marking"), this.other),
          h("p", {}, h("label", { for: "cm-file-title" }, "Title"), this.title),
        ),
        h("ul.cm-kinds", { "aria-label": "As which file" }, this.buttons.map((one) => h("li", {}, one.button))),
        h("div.cm-file-foot", {}, this.work, this.said, this.fault),
      );
    }

    button(kind) {
      const time = h("span.cm-file-time");
      const start = () => this.fetchFile(kind, button);
      const button = h(
        "button.cm-file-kind",
        { type: "button", "data-kind": kind.kind, onclick: start },
        h("b", {}, kind.words),
        time,
        h("span.cm-file-holds", {}, kind.holds),
      );
      return { kind, button, time };
    }

    chosen() {
      const name = this.dialog.querySelector("[name=cm-what]:checked").value;
      return this.offers.find((one) => one.name === name);
    }

    // What goes with the choice: the marking that holds where none is chosen, the fields, the times.
    follow() {
      const { name, scenes, handling } = this.chosen();
      this.marking.options[0].textContent = name ? "As in the briefing: " + ClaimMap.visible(handling) : this.data.not_set;
      this.other.parentElement.hidden = this.marking.value !== "other";
      this.title.parentElement.hidden = Boolean(name);
      const map = document.querySelector('[data-testid="claim-map"]');
      const claims = !name && map ? Number(map.dataset.shown) : this.data.claims;
      for (const { kind, time } of this.buttons) {
        const seconds = kind.first_s + kind.scene_s * scenes + kind.claim_s * claims;
        time.textContent = "about " + Math.max(1, Math.round(seconds)) + " s";
      }
    }

    query(job) {
      const { name } = this.chosen();
      const query = new URLSearchParams(name ? { briefing: name } : window.location.search);
      for (const other of NOT_OF_THE_VIEW) query.delete(other);
      query.set("what", name ? "briefing" : "view");
      const marking = this.marking.value === "other" ? this.other.value.trim() : this.marking.value;
      const title = name ? "" : this.title.value.trim();
      for (const [key, value] of Object.entries({ handling: marking, title, digest: this.data.digest, job })) {
        if (value) query.set(key, value);
      }
      return query;
    }

    async fetchFile(kind, button) {
      if (this.download) return;
      const job = newJob();
      this.download = new AbortController();
      this.isBusy(true);
      this.tell("Making: " + kind.words, "");
      const watch = this.watch(job);
      try {
        const answer = await fetch(address("export/" + kind.kind) + "?" + this.query(job), { signal: this.download.signal });
        if (!answer.ok) throw new Refusal(await reason(answer));
        const file = await answer.blob();
        const name = nameOf(answer);
        save(file, name);
        this.tell("Done: " + name + ", " + size(file.size), "");
      } catch (error) {
        this.tell(...failure(error));
      } finally {
        watch.end();
        this.download = null;
        if (document.activeElement === this.cancel) button.focus();
        this.isBusy(false);
      }
    }

    isBusy(on) {
      this.work.hidden = !on;
      for (const { button } of this.buttons) button.setAttribute("aria-disabled", String(on));
      this.progress.removeAttribute("value");
      this.words.textContent = "Starting";
    }

    tell(words, fault) {
      this.said.textContent = ClaimMap.visible(words);
      this.fault.textContent = ClaimMap.visible(fault);
    }

    // Asks from time to time how far the file is, until it is told to end.
    watch(job) {
      let on = true;
      const look = async () => {
        while (on) {
          await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
          const told = on && (await fetch(address("export/progress/" + job)).then((a) => a.json(), () => null));
          if (on && told && told.status === "writing") this.show(told);
        }
      };
      look();
      return { end: () => (on = false) };
    }

    show({ ahead, step, done, total }) {
      const isCounted = !ahead && total > 0 && (step === "drawing" || step === "writing");
      if (isCounted) {
        this.progress.max = total;
        this.progress.value = done;
      } else this.progress.removeAttribute("value");
      const next = Math.min(done + 1, total);
      if (ahead) this.words.textContent = "Waiting: " + ClaimMap.counted(ahead, "file") + " before this one";
      else if (step === "drawing" && total) this.words.textContent = "Drawing page " + next + " of " + total;
      else if (step === "writing") this.words.textContent = "Writing: " + ClaimMap.number(done) + " of " + ClaimMap.counted(total, "claim");
      else if (step) this.words.textContent = step === "making" || step === "drawing" ? "At work" : "Reading the record";
      else this.words.textContent = "Starting";
    }
  }

  class Refusal extends Error {}

  function failure(error) {
    if (error instanceof Refusal) return ["", error.message];
    if (error.name === "AbortError") return ["Cancelled: there is no file.", ""];
    if (error instanceof TypeError) return ["", "The server cannot be reached, or it ended while it wrote. Try again."];
    throw error;
  }

  async function reason(answer) {
    const kind = answer.headers.get("content-type") || "";
    const told = kind.includes("json") ? await answer.json() : {};
    return told.reason || (told.status === "loading" ? "The claims are still being read. Try again in a moment." : "The server refuses this file.");
  }

  function nameOf(answer) {
    const [, name] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition")) || [];
    return decodeURIComponent(name);
  }

  function save(file, name) {
    const url = URL.createObjectURL(file);
    h("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR_MS);
  }

  // Nobody else can ask how far this one is; randomUUID is not to be had without a secure context.
  function newJob() {
    const numbers = crypto.getRandomValues(new Uint8Array(16));
    return [...numbers].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  const address = (path) => new URL(path, document.baseURI.replace(/[?#].*/, "")).href;
  const size = (bytes) => (bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) + " kB" : (bytes / 1e6).toFixed(1) + " MB");
  const handOut = new HandOut();

  /**
   * Take over what can be handed out. Called by Streamlit at each run of the page.
   * @param {Object} component Streamlit's component; data from `components.hand_out.hand_out_message`.
   */
  ClaimMap.parts.hand_out = function (component) {
    handOut.data = component.data;
  };

  /**
   * Draw a button that hands out one briefing.
   * @param {Object} component Streamlit's component; data: briefing, its name.
   */
  ClaimMap.parts.hand_out_button = function (component) {
    const root = ClaimMap.root(component, "div", {});
    ClaimMap.fill(root, ClaimMap.handOutButton("Hand out these scenes", component.data.briefing));
  };

  /**
   * The button that shows what can be handed out.
   * @param {string} words
   * @param {string} [briefing] Name of the briefing to begin with; the view by default.
   * @returns {HTMLElement}
   */
  ClaimMap.handOutButton = function (words, briefing) {
    const open = () => handOut.open(briefing);
    return h("button.cm-button", { type: "button", "data-key": "hand-out", "aria-haspopup": "dialog", onclick: open }, words);
  };
})();
