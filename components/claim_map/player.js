/* Playing the days: moves a window on, frame by frame, and knows nothing of how it is drawn. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const STILL_STEP_MS = 1000;

  ClaimMap.Player = class {
    /**
     * @param {function(number, number): void} show Called with the first and last day at each step.
     * @param {function(boolean): void} told Called when it begins (true) and when it ends (false).
     */
    constructor(show, told) {
      this.show = show;
      this.told = told;
      this.frame = 0;
      this.speed = 4;
      this.accumulates = false;
    }

    get plays() {
      return this.frame !== 0;
    }

    /**
     * Start from a window; at the end of the span it begins anew.
     * @param {number} from First day of the window.
     * @param {number} to Last day.
     * @param {number} first First day there is.
     * @param {number} last Last day there is.
     */
    play(from, to, first, last) {
      this.stop(false);
      const length = Math.min(to - from, Math.max(0, last - first - 1));
      this.window = { from, to, first, last, length };
      if (to >= last) Object.assign(this.window, { from: first, to: first + (this.accumulates ? 0 : length) });
      this.told(true);
      this.show(this.window.from, this.window.to);
      // Whoever asks for less motion gets still pictures, a second each.
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      let before = performance.now();
      let days = 0;
      const step = (now) => {
        days += still ? 0 : ((now - before) / 1000) * this.speed;
        if (still && now - before >= STILL_STEP_MS) days = Math.max(1, Math.round(this.speed / 4));
        if (!still || days >= 1) before = now;
        const whole = Math.floor(days);
        days -= whole;
        this.frame = requestAnimationFrame(step);
        if (whole) this.move(whole);
      };
      this.frame = requestAnimationFrame(step);
    }

    move(days) {
      const { last } = this.window;
      const to = Math.min(last, this.window.to + days);
      if (!this.accumulates) this.window.from += to - this.window.to;
      this.window.to = to;
      this.show(this.window.from, to);
      if (to >= last) this.stop(true);
    }

    /** @param {boolean} tell Whether the end is told. */
    stop(tell) {
      if (!this.frame) return;
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      if (tell) this.told(false);
    }
  };
})();
