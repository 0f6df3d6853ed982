/* The presenter's keys: what each does, when it is left to the page, and the list of them. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const KEPT = "cm-character-keys";
  const LIST = [
    ["Page Down, Space", "next scene; a clicker sends it"],
    ["Page Up", "scene before"],
    ["→ ←", "next, before, unless the map or a field has the focus"],
    ["Home, End", "first and last scene"],
    [".", "black screen; again, or any step, brings the scene back", true],
    ["Esc", "leave the presentation"],
    ["P", "present, from the page", true],
    ["?", "these keys", true],
  ];
  const STEPS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
  const OWN_ARROWS = ".cm-leaflet, .cm-mark, [role=slider], [role=tab], [role=listbox], [role=option]";
  const OWN_SPACE = "button, a[href], summary, [role=button], [role=option]";
  const FIELD = "textarea, select, [contenteditable=true], [contenteditable=''], [role=spinbutton], [role=textbox], [role=combobox]";
  const NO_TEXT = ["button", "checkbox", "radio", "submit", "reset", "image", "file"];

  // What a key means now, or "". Keys that a clicker sends work whatever has the focus.
  function meaning(event, presenting) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
    const inField = isField(target);
    if (presenting) {
      if (key === "Escape") return "leave";
      if (key === "PageDown" || key === "PageUp") return STEPS[key];
      if (inField) return "";
      const away = !within(target, OWN_ARROWS);
      if (key in STEPS) return away ? STEPS[key] : "";
      if (key === "Home" || key === "End") return away ? key : "";
      if (key === " ") return within(target, OWN_SPACE) ? "" : event.shiftKey ? -1 : 1;
    }
    if (inField || !ClaimMap.characterKeys.on()) return "";
    if (key === "?") return "help";
    if (presenting) return key === "." ? "blank" : "";
    return key === "p" || key === "P" ? "start" : "";
  }

  const within = (target, which) => target instanceof Element && target.closest(which);

  function isField(target) {
    if (!(target instanceof Element)) return false;
    if (target.tagName === "INPUT") return !NO_TEXT.includes(target.type);
    return Boolean(target.closest(FIELD));
  }

  /** Whether keys that are one character do something (WCAG 2.1.4): kept for this tab. */
  ClaimMap.characterKeys = {
    off: false,
    on() {
      return !this.off;
    },
    set(on) {
      this.off = !on;
      try {
        window.sessionStorage.setItem(KEPT, on ? "on" : "off");
      } catch (error) {
        if (!(error instanceof DOMException)) throw error; // Storage is forbidden: until the reload.
      }
    },
    recall() {
      try {
        this.off = window.sessionStorage.getItem(KEPT) === "off";
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    },
  };

  /**
   * Hear the presenter's keys before anything else on the page does.
   * @param {{presenting: function(): boolean, step: function(number), first: function(), last: function(),
   *   blank: function(), leave: function(), start: function(), help: function()}} hands
   */
  ClaimMap.listenToClicker = function (hands) {
    ClaimMap.characterKeys.recall();
    window.addEventListener(
      "keydown",
      function (event) {
        if (document.querySelector("dialog[open]")) return; // It has its own: Esc, Tab, Space.
        const what = meaning(event, hands.presenting());
        if (what === "") return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (event.repeat && typeof what !== "number") return;
        if (typeof what === "number") hands.step(what);
        else if (what === "Home") hands.first();
        else if (what === "End") hands.last();
        else hands[what]();
      },
      true,
    );
  };

  /** Show the list of keys over whatever is shown; the switch for one-character keys is in it. */
  ClaimMap.showKeys = function () {
    const rows = LIST.map(([key, words, single]) =>
      h("div" + (single ? ".cm-single" : ""), {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)),
    );
    const box = h("input", { type: "checkbox", id: "cm-character-keys", onchange: () => set(box.checked) });
    box.checked = ClaimMap.characterKeys.on();
    const close = h("button.cm-button", { type: "button", onclick: () => dialog.close() }, "Close");
    const name = h("h2", { id: "cm-keys-title" }, "Keys");
    const dialog = h(
      "dialog.cm-key-help",
      { "aria-labelledby": "cm-keys-title", onclose: () => dialog.remove() },
      name,
      h("dl", {}, rows),
      h("p", {}, box, h("label", { for: "cm-character-keys" }, "Keys that are one character (. ? P) work")),
      close,
    );
    const set = function (on) {
      ClaimMap.characterKeys.set(on);
      dialog.classList.toggle("cm-singles-off", !on);
    };
    dialog.classList.toggle("cm-singles-off", !box.checked);
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  };
})();
