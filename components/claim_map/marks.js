/* The named, keyboard-reachable marks over the canvas: one button a disc or extent on screen. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const MOST = 200;
  const LEAST_SIZE = 24;

  /**
   * A toolbar of marks: Tab reaches it, arrows go to the next mark that way, Enter picks.
   * @class
   * @param {HTMLElement} pane The Leaflet pane the marks live in.
   * @param {function(Object): void} pick Called with the mark picked.
   * @param {function(): boolean} dragged Tells whether the map was just dragged.
   */
  ClaimMap.Marks = class {
    constructor(pane, pick, dragged) {
      this.pick = pick;
      this.dragged = dragged;
      this.marks = [];
      this.bar = ClaimMap.h("div.cm-marks.leaflet-zoom-hide", {
        role: "toolbar",
        "aria-label": "Claims on the map: arrow keys move, Enter opens",
        onkeydown: (event) => this.key(event),
        onfocusin: (event) => this.focused(event.target),
        onclick: (event) => this.clicked(event),
        // A double click on a mark picks it; zooming the map as well would lose it.
        ondblclick: (event) => event.stopPropagation(),
      });
      pane.append(this.bar);
    }

    /**
     * Show these marks; a mark that stays keeps its button, and the focus.
     * @param {{id: string, x: number, y: number, size: number, label: string, pressed: boolean}[]} marks
     *   Positions in layer pixels.
     */
    show(marks) {
      const old = new Map(this.marks.map((mark) => [mark.id, mark]));
      this.marks = marks.slice(0, MOST);
      for (const mark of this.marks) {
        const before = old.get(mark.id);
        mark.button = before ? before.button : ClaimMap.h("button.cm-mark", { type: "button", tabindex: -1 });
        old.delete(mark.id);
        const size = Math.max(LEAST_SIZE, mark.size);
        const style = mark.button.style;
        style.width = style.height = size + "px";
        style.transform = "translate(" + (mark.x - size / 2) + "px," + (mark.y - size / 2) + "px)";
        mark.button.setAttribute("aria-label", ClaimMap.visible(mark.label));
        mark.button.setAttribute("aria-pressed", mark.pressed ? "true" : "false");
        mark.button.dataset.mark = mark.id;
        if (!before) this.bar.append(mark.button);
      }
      for (const gone of old.values()) gone.button.remove();
      this.rove(this.marks.find((mark) => mark.button.tabIndex === 0) || this.marks[0]);
    }

    clicked(event) {
      event.stopPropagation();
      const mark = this.marks.find((one) => one.button === event.target);
      if (mark && !this.dragged()) this.pick(mark);
    }

    rove(current) {
      for (const mark of this.marks) mark.button.tabIndex = mark === current ? 0 : -1;
    }

    focused(target) {
      const mark = this.marks.find((one) => one.button === target);
      if (mark) this.rove(mark);
    }

    key(event) {
      const from = this.marks.find((mark) => mark.button === event.target);
      const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
      let next = null;
      if (way && from) next = this.nearest(from, way);
      else if (event.key === "Home") next = this.marks[0];
      else if (event.key === "End") next = this.marks[this.marks.length - 1];
      else return;
      event.preventDefault();
      event.stopPropagation();
      if (next) next.button.focus({ preventScroll: true });
    }

    nearest(from, [dx, dy]) {
      let best = null;
      let least = Infinity;
      for (const mark of this.marks) {
        const along = (mark.x - from.x) * dx + (mark.y - from.y) * dy;
        const across = Math.abs((mark.x - from.x) * dy) + Math.abs((mark.y - from.y) * dx);
        if (mark === from || along <= 0 || along + 2 * across >= least) continue;
        least = along + 2 * across;
        best = mark;
      }
      return best;
    }
  };
})();
