/* The page that stands in while the claims file is read: tells how far that is, then gives way. */
(function () {
  "use strict";
  const ASK_AGAIN_MS = 400;
  const LOADING = "loading";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = () => (document.documentElement.dataset.cmTheme = dark.matches ? "dark" : "light");
  colour();
  dark.addEventListener("change", colour);
  document.addEventListener("DOMContentLoaded", begin);

  let reached = 0;

  function begin() {
    for (const step of steps()) if (step.hasAttribute("aria-current")) show(step.dataset);
    ask();
  }

  const steps = () => [...document.querySelectorAll("li")];

  async function ask() {
    try {
      const answer = await fetch(LOADING, { cache: "no-store", credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (found.status !== "loading") {
        // Loaded, or not to be loaded: either way the page itself says so, at the same address.
        window.location.reload();
        return;
      }
      show(found);
    } catch (error) {
      write(".count", "The server does not answer. Asking again.");
    }
    setTimeout(ask, ASK_AGAIN_MS);
  }

  /**
   * Show how far the reading is.
   * @param {{step: string, done: number, total: number}} found As GET /loading tells it.
   */
  function show(found) {
    const all = steps();
    const now = all.find((one) => one.dataset.step === found.step);
    if (!now) return;
    const [done, total] = [Number(found.done), Number(found.total)];
    const before = all.slice(0, all.indexOf(now)).reduce((sum, one) => sum + Number(one.dataset.share), 0);
    // A file with faults of form is read twice: the bar does not go back.
    reached = Math.max(reached, before + (total ? (Number(now.dataset.share) * done) / total : 0));
    const percent = Math.round(reached);
    const bar = document.querySelector(".bar");
    bar.setAttribute("aria-valuenow", percent);
    bar.setAttribute("aria-valuetext", percent + " %, " + now.textContent);
    bar.firstElementChild.style.width = percent + "%";
    for (const one of all) {
      one.className = all.indexOf(one) < all.indexOf(now) ? "done" : "";
      one.toggleAttribute("aria-current", false);
      if (one.dataset.step === "waiting") one.hidden = one !== now;
    }
    now.setAttribute("aria-current", "step");
    write(".count", total ? amount(done, total, now.dataset.counted) : "");
    // Only the step is announced: figures that change all the time would drown everything else.
    if (document.querySelector(".told").textContent !== now.textContent) write(".told", now.textContent);
  }

  function amount(done, total, counted) {
    if (counted !== "MB") return done.toLocaleString("en") + " of " + total.toLocaleString("en") + " " + counted;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(total < 1e7 ? 1 : 0);
    return megabytes(done) + " of " + megabytes(total) + " MB";
  }

  function write(selector, words) {
    document.querySelector(selector).textContent = words;
  }
})();
