/* Measuring by hand: points on the ground, the legs between them, each as long as on the ellipsoid. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * @typedef {Object} Leg
   * @property {number} metres Along the ellipsoid WGS 84.
   * @property {number} bearing At its first point, degrees clockwise from true north.
   */

  ClaimMap.Measure = class {
    /**
     * @param {L.Map} map
     * @param {L.Renderer} renderer What legs are drawn with.
     * @param {function(): void} changed Called when there is a point more or less.
     * @param {function(?Leg): void} ahead Called with the leg from the last point to the pointer.
     */
    constructor(map, renderer, changed, ahead) {
      this.map = map;
      this.renderer = renderer;
      this.changed = changed;
      this.ahead = ahead;
      this.points = [];
      this.legs = [];
      this.preview = null;
    }

    get count() {
      return this.points.length;
    }

    /** @returns {number} Metres of all legs. */
    get total() {
      return this.legs.reduce((sum, leg) => sum + leg.metres, 0);
    }

    /** @returns {{lat: number, lng: number}[]} The points, degrees, EPSG:4326. */
    get places() {
      return this.points.map(({ place }) => place);
    }

    start() {}

    stop() {
      this.hidePreview();
    }

    /** @param {L.Point} at Where the pointer is, container pixels. */
    follow(at) {
      if (!this.count) return;
      const from = this.points[this.count - 1].place;
      const to = this.map.containerPointToLatLng(at);
      const course = ClaimMap.course(from, to);
      if (this.preview) this.preview.setLatLngs(course);
      else this.preview = this.line(course, "cm-measure-ahead");
      this.ahead(ClaimMap.geodesic(from, to));
    }

    /** @param {L.Point} at Where a point is set, container pixels. */
    press(at) {
      const place = this.map.containerPointToLatLng(at);
      const drawn = [this.sign(place, "b.cm-measure-point", String(this.count + 1))];
      if (this.count) {
        const before = this.points[this.count - 1].place;
        const leg = ClaimMap.geodesic(before, place);
        if (!leg.metres) {
          drawn[0].remove();
          return;
        }
        const course = ClaimMap.course(before, place);
        const middle = ClaimMap.destination(before, leg.bearing, leg.metres / 2);
        drawn.push(
          ...["casing", "halo", "core"].map((name) => this.line(course, "cm-measure-" + name)),
          this.sign(middle, "span.cm-measure-leg", ClaimMap.legWords(leg)),
        );
        this.legs.push(leg);
      }
      this.points.push({ place, drawn });
      this.hidePreview();
      this.changed();
    }

    undo() {
      const last = this.points.pop();
      if (last) for (const one of last.drawn) one.remove();
      this.legs.length = Math.max(0, this.count - 1);
      this.hidePreview();
      this.changed();
    }

    clear() {
      for (const { drawn } of this.points.splice(0)) for (const one of drawn) one.remove();
      this.legs = [];
      this.hidePreview();
      this.changed();
    }

    hidePreview() {
      if (this.preview) this.preview.remove();
      this.preview = null;
      this.ahead(null);
    }

    line(course, className) {
      const { renderer } = this;
      return L.polyline(course, { renderer, className: "cm-measure " + className, interactive: false, noClip: true }).addTo(this.map);
    }

    sign(place, tag, words) {
      const icon = L.divIcon({ className: "cm-measure-sign", iconSize: [0, 0], html: h(tag, {}, words) });
      return L.marker(place, { icon, pane: "cm-pointing", interactive: false, keyboard: false }).addTo(this.map);
    }
  };

  /**
   * A leg in words: "12.34 km, 047°".
   * @param {Leg} leg
   * @returns {string}
   */
  ClaimMap.legWords = function ({ metres, bearing }) {
    return ClaimMap.kilometres(metres) + ", " + String(Math.round(bearing) % 360).padStart(3, "0") + "°";
  };

  /**
   * @param {number} metres
   * @returns {string} Kilometres to ten metres.
   */
  ClaimMap.kilometres = function (metres) {
    return (metres / 1000).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 }) + " km";
  };
})();
