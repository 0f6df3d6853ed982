/* A long list drawn as it is read: its beginning at once, the rest as the reader comes near. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const A_STEP = 10;
  const FEWEST = 8;

  /**
   * How far a step goes: ten items, or as many as are drawn already, so that few steps reach the end of a
   * long list; a little less where a group ends there.
   * @param {boolean[]} starts For each item whether it begins a group.
   * @param {number} from The first item of the step.
   * @returns {number} The item after the last one of the step.
   */
  ClaimMap.stepFrom = function (starts, from) {
    const most = Math.min(from + Math.max(A_STEP, from), starts.length);
    for (let end = most; end >= from + FEWEST; end--) if (end === starts.length || starts[end]) return end;
    return most;
  };

  ClaimMap.AsRead = class {
    /**
     * @param {HTMLElement} root The part; bears `cmList`, the list that it shows.
     * @param {{drawn: number, starts: boolean[], last: function(): HTMLElement, draw: function(number,
     *   number, function(): boolean, function(): void)}} list How many items are drawn; of all items
     *   whether each begins a group; the last element drawn; and what draws items from one to before
     *   another, at once or later, unless it is too late then, and calls back when it has.
     */
    constructor(root, list) {
      if (root.cmList) root.cmList.end();
      root.cmList = this;
      Object.assign(this, { root, list, over: false, asked: 0 });
      this.heed = (event) => !this.isWhole && list.last().contains(event.target) && this.grow();
      root.addEventListener("focusin", this.heed);
      this.watch();
    }

    // Also where the list gave way to a sentence that says why it cannot be had.
    get isWhole() {
      return this.over || !this.list.last() || this.list.drawn >= this.list.starts.length;
    }

    /** Draw no more of this list. */
    end() {
      this.over = true;
      this.root.removeEventListener("focusin", this.heed);
      this.lookAway();
    }

    lookAway() {
      if (this.later) this.later();
      if (this.observer) this.observer.disconnect();
    }

    // Not before all is painted: where the list scrolls is asked of the finished layout.
    watch() {
      this.lookAway();
      if (this.isWhole) return;
      this.later = ClaimMap.oncePainted(() => {
        const near = (seen) => seen.some((one) => one.isIntersecting) && this.grow();
        this.observer = new IntersectionObserver(near, { root: scroller(this.root), rootMargin: "100% 0px" });
        if (!this.isWhole) this.observer.observe(this.list.last());
      });
    }

    /** @param {number} [end] Up to which item; one step by default. */
    grow(end = ClaimMap.stepFrom(this.list.starts, this.list.drawn)) {
      const { list } = this;
      if (this.isWhole || this.asked >= end) return;
      const from = list.drawn;
      this.asked = end;
      const late = () => this.over || list.drawn !== from;
      list.draw(from, end, late, () => {
        list.drawn = end;
        this.asked = 0;
        this.watch();
      });
    }
  };

  // The element that scrolls the list, or null where the window does.
  function scroller(root) {
    for (let box = root; box; box = box.parentElement) {
      const scrolls = box.scrollHeight > box.clientHeight + 1;
      if (scrolls && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
    }
    return null;
  }

  // On paper nobody comes nearer: all is drawn whose words are here.
  window.addEventListener("beforeprint", function () {
    for (const root of document.querySelectorAll("[data-cards]")) root.cmList.grow(root.cmList.list.starts.length);
  });
})();
