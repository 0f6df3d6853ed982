/* The first view, drawn before Streamlit has made room for the map: where the map stood last in a
   window of this size, else where it usually stands. The map then moves into its room as it is. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const PLACE = ".st-key-map";
  const FAILED = ".st-key-failure";
  const KEY = "cm-map-place";
  const WAITS_MS = 20000;
  const RESTS_MS = 300;
  const ROOM_WAITS_MS = 1500;
  const NEAR_PX = 1;
  // Between these widths the header wraps, and nothing tells beforehand where the map stands.
  const PHONE_PX = 640;
  const WIDE_PX = 1200;

  /**
   * Draw what the server has put into the page. The component comes some hundred milliseconds later
   * and takes the map over.
   */
  ClaimMap.drawEarly = function () {
    const first = document.getElementById("cm-first-view");
    if (!first) return;
    const message = JSON.parse(first.textContent);
    const ready = Promise.all([ClaimMap.fetchColumns(message.columns), ClaimMap.loadGround(message.ground)]);
    ready.catch(() => {}); // The component tells it when it comes.
    const watch = new MutationObserver(look);
    let host = null;
    watch.observe(document.documentElement, { childList: true, subtree: true });
    const late = setTimeout(withdraw, WAITS_MS);
    look();
    function look() {
      const place = document.querySelector(PLACE);
      if (place) {
        clearTimeout(late);
        watch.disconnect();
        if (host) moveIn(host, place);
        else ClaimMap.showMap(place, message);
      } else if (document.querySelector(FAILED)) withdraw();
      else if (!host && document.body && (host = hostOf())) {
        document.body.append(host);
        ClaimMap.showMap(host, message);
      }
    }
    function withdraw() {
      watch.disconnect();
      if (host) host.remove();
    }
  };

  // The room moves while the page is laid out around it, above all when the sidebar comes: the map waits
  // until the room is where it stands, so that nothing jumps.
  function moveIn(host, place) {
    const parts = ClaimMap.passMap(host, place);
    const began = performance.now();
    place.style.minHeight = host.offsetHeight + "px";
    look();
    function look() {
      const [now, then] = [host, place].map((one) => one.getBoundingClientRect());
      const there = ["x", "y", "width"].every((name) => Math.abs(now[name] - then[name]) < NEAR_PX);
      if (!there && performance.now() - began < ROOM_WAITS_MS) {
        requestAnimationFrame(look);
        return;
      }
      const focused = host.contains(document.activeElement) && document.activeElement;
      place.append(...parts);
      if (focused) focused.focus({ preventScroll: true });
      place.style.minHeight = "";
      host.remove();
    }
  }

  function hostOf() {
    if (new URLSearchParams(window.location.search).get("present") === "1") return null;
    const { innerWidth: width } = window;
    const last = lastPlace();
    if (!last && width > PHONE_PX && width < WIDE_PX) return null;
    const host = ClaimMap.h("div.cm-early");
    if (last) Object.assign(host.style, { left: last.x + "px", top: last.y + "px", width: last.width + "px", colorScheme: last.theme });
    return host;
  }

  function lastPlace() {
    try {
      const last = JSON.parse(window.localStorage.getItem(KEY));
      const same = last && last.window === windowSize() && [last.x, last.y, last.width].every(Number.isFinite);
      return same ? last : null;
    } catch (error) {
      return null; // Not kept, not allowed, or not ours: there is the usual place.
    }
  }

  /**
   * Note where the map stands, once the page around it has come to rest.
   * @param {HTMLElement} root Of the map.
   * @returns {number} The timer.
   */
  ClaimMap.rememberPlace = function (root) {
    return setTimeout(function () {
      const page = root.closest('[data-testid="stMain"]');
      if (!page || page.scrollTop || "cmPresent" in document.documentElement.dataset) return;
      const { x, y, width } = root.getBoundingClientRect();
      const place = { window: windowSize(), x, y, width, theme: ClaimMap.theme(root) };
      try {
        window.localStorage.setItem(KEY, JSON.stringify(place));
      } catch (error) {
        // A browser that keeps nothing: the next visit begins at the usual place.
      }
    }, RESTS_MS);
  };

  const windowSize = () => window.innerWidth + "x" + window.innerHeight;
})();
