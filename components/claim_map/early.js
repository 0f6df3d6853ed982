/* The first view, drawn before Streamlit has made room for the map, where it is going to stand. The map
   then moves into its room as it is. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const PLACE = ".st-key-map";
  const FAILED = ".st-key-failure";
  const WAITS_MS = 20000;
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
    const { message, sketch } = JSON.parse(first.textContent);
    ClaimMap.fetchSketch(sketch, message);
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
      clearTimeout(late);
      watch.disconnect();
      if (!host) return;
      ClaimMap.dropMap(host);
      host.remove();
    }
  };

  // The room moves while the page is laid out around it, above all when the sidebar comes: the map waits
  // until the room is where it stands, so that nothing jumps.
  function moveIn(host, place) {
    const map = ClaimMap.passMap(host, place);
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
      map.enter(place);
      place.style.minHeight = "";
      host.remove();
    }
  }

  function hostOf() {
    const { innerWidth: width } = window;
    const presents = new URLSearchParams(window.location.search).get("present") === "1";
    return presents || (width > PHONE_PX && width < WIDE_PX) ? null : ClaimMap.h("div.cm-early");
  }
})();
