/* A smooth move of the map to a scene. Labels wait for its end, and so does what Python says meanwhile. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const FLIGHT_S = 0.6;
  const LATE_MS = 400;

  ClaimMap.Flight = class {
    /** @param {function(Object): void} landed Called with the last message that came meanwhile. */
    constructor(landed) {
      this.landed = landed;
      this.held = null;
      this.map = null;
      this.land = this.land.bind(this);
    }

    /** @returns {boolean} */
    get isOn() {
      return this.map !== null;
    }

    /**
     * Begin to fly.
     * @param {L.Map} map
     * @param {L.LatLngExpression} center
     * @param {number} zoom
     */
    begin(map, center, zoom) {
      this.map = map;
      this.late = setTimeout(this.land, FLIGHT_S * 1000 + LATE_MS);
      map.flyTo(center, zoom, { duration: FLIGHT_S });
      map.once("moveend", this.land);
    }

    /** @param {Object} message What is to be shown after the flight. */
    hold(message) {
      this.held = message;
    }

    /** Be there, wherever the map is now. */
    land() {
      if (!this.isOn) return;
      const held = this.held;
      this.end();
      if (held) this.landed(held);
    }

    /** Forget the flight and what it held. */
    end() {
      clearTimeout(this.late);
      if (this.map) this.map.off("moveend", this.land);
      this.map = this.held = null;
    }
  };
})();
