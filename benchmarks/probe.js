/* Runs in a page before its own scripts: times what the page shows, frame by frame. */
(function () {
  "use strict";
  if (window.top !== window) return;
  const SETTLE_MS = 250;
  const SETTLE_FRAMES = 2;
  const LIMIT_MS = 60000;
  const DEAR_LOOK_MS = 1;
  const bench = (window.bench = { look: null, done: null, began: null, waitsFor: null });

  /**
   * Look at every frame until what is shown has changed and then stayed so for two frames and a
   * quarter of a second.
   * @param {?number} since Start of the time, or null: the next trusted event.
   * @param {string=} event Its type, "click" by default.
   * `bench.done` then gives {first_ms, settled_ms, shown}.
   */
  bench.arm = function (since, event) {
    let before = since === null ? bench.look() : null;
    let first = null;
    let changed = null;
    let same = 0;
    let pending = false;
    let next = 0;
    bench.began = null;
    bench.waitsFor = event || "click";
    bench.done = new Promise(function (resolve, reject) {
      // A change that one frame finds is painted by its end, that is when the next one begins.
      function frame() {
        const now = performance.now();
        const start = since === null ? bench.began : since;
        same++;
        if (pending) {
          pending = false;
          changed = now;
          same = 0;
          first = first === null ? now : first;
        }
        if (now >= next) {
          const shown = bench.look();
          const took = performance.now() - now;
          // A dear look must not become what is measured.
          next = took > DEAR_LOOK_MS ? now + 8 * took : 0;
          if (start !== null && shown !== null && shown !== before) {
            before = shown;
            pending = true;
          }
        }
        if (changed !== null && !pending && same >= SETTLE_FRAMES && now - changed >= SETTLE_MS)
          resolve({ first_ms: first - start, settled_ms: changed - start, shown: before });
        else if (now - (start === null ? now : start) > LIMIT_MS) reject(new Error("nothing was painted in a minute"));
        else requestAnimationFrame(frame);
      }
      requestAnimationFrame(frame);
    });
  };

  /**
   * Note the time between frames from now on.
   * @returns {function(): number[]} Ends it and gives the milliseconds of each.
   */
  bench.record = function () {
    const intervals = [];
    let last = null;
    let on = true;
    function frame(now) {
      if (last !== null) intervals.push(now - last);
      last = now;
      if (on) requestAnimationFrame(frame);
    }
    requestAnimationFrame(frame);
    return function () {
      on = false;
      return intervals;
    };
  };

  for (const type of ["click", "pointerup", "keydown"])
    window.addEventListener(
      type,
      function (event) {
        if (bench.waitsFor === type && bench.began === null && event.isTrusted) bench.began = event.timeStamp;
      },
      true,
    );
})();
