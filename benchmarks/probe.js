/* Both ends of a time are taken inside the page, so that no driver's round trip is counted. */
(function () {
  "use strict";
  const SETTLE_MS = 250;
  const LIMIT_MS = 60000;
  const bench = (window.bench = { look: null, done: null, clicked: null });

  /**
   * Look at every frame until what is shown has changed and stayed so.
   * @param {?number} since Start of the time, or null: the next trusted click.
   * `bench.done` then gives {first_ms, settled_ms, shown}.
   */
  bench.arm = function (since) {
    let before = since === null ? bench.look() : null;
    let first = null;
    let changed = null;
    let pending = false;
    bench.clicked = null;
    bench.done = new Promise(function (resolve, reject) {
      // A change that one frame finds is painted by its end, that is when the next one begins.
      function frame() {
        const now = performance.now();
        const start = since === null ? bench.clicked : since;
        if (pending) {
          pending = false;
          changed = now;
          first = first === null ? now : first;
        }
        const shown = bench.look();
        if (start !== null && shown !== null && shown !== before) {
          before = shown;
          pending = true;
        }
        if (changed !== null && !pending && now - changed >= SETTLE_MS)
          resolve({ first_ms: first - start, settled_ms: changed - start, shown });
        else if (now - (start || now) > LIMIT_MS) reject(new Error("nothing was painted"));
        else requestAnimationFrame(frame);
      }
      requestAnimationFrame(frame);
    });
  };

  window.addEventListener(
    "click",
    function (event) {
      if (bench.clicked === null && event.isTrusted) bench.clicked = event.timeStamp;
    },
    true,
  );
})();
