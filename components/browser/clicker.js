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
    ["S", "spotlight; again, or Esc, ends it", true, true],
    ["D", "pen: draw with the pointer, or arrows and Enter", true, true],
    ["M", "measure: click points, or arrows and Enter", true, true],
    ["+ −", "size of the spotlight; so does the wheel", true, true],
    ["Backspace, Delete", "take back the last stroke or point; all of them", false, true],
    ["Esc", "end the tool that is on; then leave the presentation"],
    ["P", "present, from the page", true],
    ["?", "these keys", true],
  ];
  const STEPS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
  const TOOLS = { s: "spotlight", d: "pen", m: "measure" };
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const GROWS = { "+": 1, "=": 1, "-": -1, "−": -1 };
  const OWN_ENDS = ".cm-mark, [role=slider], [role=tab], [role=listbox], [role=option]";
  const OWN_ARROWS = ".cm-leaflet, " + OWN_ENDS;
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
      if (key in STEPS) return within(target, OWN_ARROWS) ? "" : STEPS[key];
      if (key === "Home" || key === "End") return within(target, OWN_ENDS) ? "" : key;
      if (key === " ") return within(target, OWN_SPACE) ? "" : event.shiftKey ? -1 : 1;
    }
    if (inField || !ClaimMap.characterKeys.on()) return "";
    if (key === "?") return "help";
    if (presenting) return key === "." ? "blank" : "";
    return key === "p" || key === "P" ? "start" : "";
  }

  // What a key does to a tool that points, or null. What a clicker sends is never among it.
  function toolsPart(event) {
    const { pointing } = ClaimMap;
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(target)) return null;
    const single = ClaimMap.characterKeys.on();
    const name = single && TOOLS[key.toLowerCase()];
    if (name && pointing.offered()) return () => pointing.toggle(name);
    if (!pointing.tool) return null;
    if (key === "Escape") return () => pointing.putAway();
    if (single && key in GROWS && pointing.tool === "spotlight") return () => pointing.grow(GROWS[key]);
    if (within(target, OWN_ENDS)) return null;
    if (key in WAYS) return () => pointing.move(WAYS[key], event.shiftKey);
    if (key === "Enter") return within(target, OWN_SPACE) ? null : () => pointing.press();
    if (key === "Backspace") return () => pointing.undo();
    return key === "Delete" ? () => pointing.clear() : null;
  }

  const held = ({ key, repeat }) => repeat && !(key in WAYS || key in GROWS);

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
        const act = toolsPart(event);
        const what = act ? "" : meaning(event, hands.presenting());
        if (!act && what === "") return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (act) {
          if (!held(event)) act();
          return;
        }
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
    const list = LIST.filter(([, , , points]) => !points || ClaimMap.pointing.offered());
    const rows = list.map(([key, words, single]) =>
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
      h("p", {}, box, h("label", { for: "cm-character-keys" }, "Keys that are one character (. ? P S D M + −) work")),
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
