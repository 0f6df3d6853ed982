/* Where a map looks: what the address asks for, going there, and saying where the viewer has gone. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const HOME = { center: [48.598, 37.93], zoom: 11 };
  const HOME_ON_A_PHONE = { center: [48.61, 37.99], zoom: 10 };
  const PHONE_PX = 520;
  const REPORT_AFTER_MS = 350;
  const FIT_ZOOM = 12;

  ClaimMap.MapView = class {
    /**
     * @param {HTMLElement} element Of the map.
     * @param {{map: function(): ?L.Map, bounds: function(): ?L.LatLngBounds, isLed: function(): boolean,
     *   told: function(string)}} hands The map once there is one, the bounds of what is kept, whether the map is
     *   on its way to a scene, and what hears where the viewer has gone.
     */
    constructor(element, { map, bounds, isLed, told }) {
      Object.assign(this, { element, map, bounds, isLed, told, quiet: false });
      this.sized = new ResizeObserver(() => map() && this.resize());
      this.sized.observe(element);
    }

    /** Hear from now on of the map's moves. */
    follow() {
      this.map().on("moveend", () => this.quiet || this.isLed() || this.reportSoon());
    }

    /**
     * The view that a message asks for.
     * @param {{at: ?number[], fit: boolean}} data
     * @returns {{center: L.LatLngExpression, zoom: number}}
     */
    wanted({ at, fit }) {
      const all = fit && this.map() && this.bounds();
      if (all) return { center: all.getCenter(), zoom: Math.min(FIT_ZOOM, this.map().getBoundsZoom(all.pad(0.1))) };
      return at ? { center: [at[0], at[1]], zoom: at[2] } : this.element.parentElement.clientWidth < PHONE_PX ? HOME_ON_A_PHONE : HOME;
    }

    /**
     * @param {{at: ?number[], fit: boolean}} data
     * @returns {number} The whole zoom level of the view that a message asks for.
     */
    zoomWanted(data) {
      return Math.round(this.wanted(data).zoom);
    }

    isAt(center, zoom) {
      return this.map().getZoom() === zoom && this.map().getCenter().distanceTo(center) < 1;
    }

    /** Be there at once. */
    go(center, zoom) {
      this.quietly(() => this.map().setView(center, zoom, { animate: false }));
    }

    resize() {
      this.quietly(() => this.map().invalidateSize({ animate: false }));
    }

    // Moves of ours are not the viewer's: they are not reported.
    quietly(move) {
      this.quiet = true;
      move();
      this.quiet = false;
    }

    reportSoon() {
      this.reportNot();
      this.later = setTimeout(() => this.report(), REPORT_AFTER_MS);
    }

    /** What was to be reported is out of date. */
    reportNot() {
      clearTimeout(this.later);
    }

    report() {
      const { lat, lng } = this.map().getCenter();
      const at = [lat.toFixed(4), lng.toFixed(4), this.map().getZoom()].join(",");
      if (at === this.reported) return;
      this.reported = at;
      // Written here first, so that the server's own writing adds no step to the history.
      const query = new URLSearchParams(window.location.search);
      query.delete("at");
      query.append("at", at);
      window.history.replaceState(window.history.state, "", "?" + query);
      this.told(at);
    }

    /** Hear and report no more. */
    end() {
      this.reportNot();
      this.sized.disconnect();
    }
  };
})();
