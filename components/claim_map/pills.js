/* The sidebar's pills paint the map at once: what they ask for stands in the page long before
   Python's answer to them has come. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const GROUPS = ["side", "standing", "clock"];

  /**
   * Watch the pills of the filters that the map can apply by itself.
   * @param {function(): {side: string[], standing: string[]}} words Gives the words of each code.
   * @param {function(Object): void} chosen Called after a click with the part of a selection that the
   *   pills now ask for: side or standing (codes, null = all) or clock.
   * @returns {function(): void} Ends the watch.
   */
  ClaimMap.watchPills = function (words, chosen) {
    function clicked(event) {
      const name = GROUPS.find((group) => event.target.closest && event.target.closest(".st-key-" + group + " button"));
      if (!name || !event.isTrusted) return;
      // By then the pill has taken up what was done to it.
      setTimeout(function () {
        const part = name === "clock" ? clockOf() : codesOf(name, words()[name]);
        if (part) chosen(part);
      }, 0);
    }
    document.addEventListener("click", clicked, true);
    return () => document.removeEventListener("click", clicked, true);
  };

  // The texts of a group's pills that are on; null if they are not the pills we know.
  function pressedOf(name, known) {
    const pills = [...document.querySelectorAll(".st-key-" + name + " button")];
    const texts = pills.map((pill) => pill.textContent.trim());
    if (pills.length !== known.length || !texts.every((text) => known.includes(text))) return null;
    const isOn = (pill) => (pill.getAttribute("aria-pressed") || pill.getAttribute("aria-checked")) === "true";
    return texts.filter((_, index) => isOn(pills[index]));
  }

  function codesOf(name, known) {
    const on = pressedOf(name, known);
    if (!on) return null;
    return { [name]: on.length ? on.map((text) => known.indexOf(text)).sort((a, b) => a - b) : null };
  }

  function clockOf() {
    const { clocks } = ClaimMap.symbols;
    const on = pressedOf("clock", Object.values(clocks));
    return on && on.length === 1 ? { clock: Object.keys(clocks).find((key) => clocks[key] === on[0]) } : null;
  }
})();
