/* The spotlight: all of the window is dimmed but a soft circle. It lets every click and key through. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const FIRST_SHARE = 0.17;
  const LEAST_PX = 40;
  const MOST_SHARE = 0.6;
  const STEP = 1.15;

  ClaimMap.Spotlight = class {
    constructor() {
      this.root = ClaimMap.h("div.cm-spotlight", { "aria-hidden": "true" });
      this.radius = 0;
    }

    /** @param {{x: number, y: number}} at Pixels of the window. */
    start(at) {
      this.radius = this.radius || FIRST_SHARE * shorter();
      document.body.append(this.root);
      this.follow(at);
      this.grow(0);
    }

    stop() {
      this.root.remove();
    }

    /** @param {{x: number, y: number}} at Pixels of the window. */
    follow({ x, y }) {
      // On whole pixels: between them the dimmed part would show a seam.
      this.root.style.setProperty("--cm-x", Math.round(x) + "px");
      this.root.style.setProperty("--cm-y", Math.round(y) + "px");
    }

    /** @param {number} steps Larger, or smaller where negative. */
    grow(steps) {
      this.radius = Math.max(LEAST_PX, Math.min(MOST_SHARE * shorter(), this.radius * STEP ** steps));
      this.root.style.setProperty("--cm-r", Math.round(this.radius) + "px");
    }
  };

  const shorter = () => Math.min(window.innerWidth, window.innerHeight);
})();
