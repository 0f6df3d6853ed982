/* Lengths and bearings on the ellipsoid WGS 84, for what is measured on the map by hand. Pure: no page, no map.
   After T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of
   nested equations", Survey Review 23 (176), 1975, pages 88-93. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});
  const EQUATOR_M = 6378137;
  const FLATTENING = 1 / 298.257223563;
  const POLE_M = EQUATOR_M * (1 - FLATTENING);
  const RADIAN = Math.PI / 180;
  const CLOSE = 1e-12;
  const MOST_TURNS = 200;
  const STEP_M = 5000;

  /**
   * Measure the geodesic between two places.
   * @param {{lat: number, lng: number}} from Degrees, EPSG:4326.
   * @param {{lat: number, lng: number}} to Degrees.
   * @returns {{metres: number, bearing: number}} The length along the ellipsoid, and the bearing at `from`,
   *   degrees clockwise from true north, from 0 to below 360; 0 where both places are one.
   * @throws {RangeError} If the places lie almost opposite each other on the globe, where the
   *   method finds no answer; no map of this page reaches so far.
   */
  ClaimMap.geodesic = function (from, to) {
    const east = (to.lng - from.lng) * RADIAN;
    const [sin1, cos1] = reduced(from.lat);
    const [sin2, cos2] = reduced(to.lat);
    let lambda = east;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const x = cos2 * Math.sin(lambda);
      const y = cos1 * sin2 - sin1 * cos2 * Math.cos(lambda);
      const sinSigma = Math.hypot(x, y);
      if (sinSigma === 0) return { metres: 0, bearing: 0 };
      const cosSigma = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
      const sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = (cos1 * cos2 * Math.sin(lambda)) / sinSigma;
      const cosSqAlpha = 1 - sinAlpha ** 2;
      // Along the equator there is no middle latitude.
      const middle = cosSqAlpha > 0 ? cosSigma - (2 * sin1 * sin2) / cosSqAlpha : 0;
      const before = lambda;
      lambda = east + drift(cosSqAlpha, sinAlpha, sigma, middle);
      if (Math.abs(lambda - before) > CLOSE) continue;
      const { a, b } = series(cosSqAlpha);
      const metres = POLE_M * a * (sigma - correction(b, sigma, middle));
      return { metres, bearing: turned(Math.atan2(x, y)) };
    }
    throw new RangeError("The two places lie almost opposite each other on the globe.");
  };

  /**
   * Find the place at a length and bearing from another.
   * @param {{lat: number, lng: number}} from Degrees, EPSG:4326.
   * @param {number} bearing Degrees clockwise from true north.
   * @param {number} metres Along the ellipsoid, not negative.
   * @returns {{lat: number, lng: number}} Degrees.
   */
  ClaimMap.destination = function (from, bearing, metres) {
    const [sinBearing, cosBearing] = [Math.sin(bearing * RADIAN), Math.cos(bearing * RADIAN)];
    const [sin1, cos1] = reduced(from.lat);
    const start = Math.atan2(sin1, cos1 * cosBearing);
    const sinAlpha = cos1 * sinBearing;
    const cosSqAlpha = 1 - sinAlpha ** 2;
    const { a, b } = series(cosSqAlpha);
    let sigma = metres / (POLE_M * a);
    let middle = 0;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      middle = Math.cos(2 * start + sigma);
      const before = sigma;
      sigma = metres / (POLE_M * a) + correction(b, sigma, middle);
      if (Math.abs(sigma - before) < CLOSE) break;
    }
    const [sinSigma, cosSigma] = [Math.sin(sigma), Math.cos(sigma)];
    const x = sin1 * sinSigma - cos1 * cosSigma * cosBearing;
    const y = sin1 * cosSigma + cos1 * sinSigma * cosBearing;
    const lat = Math.atan2(y, (1 - FLATTENING) * Math.hypot(sinAlpha, x)) / RADIAN;
    const lambda = Math.atan2(sinSigma * sinBearing, cos1 * cosSigma - sin1 * sinSigma * cosBearing);
    return { lat, lng: from.lng + (lambda - drift(cosSqAlpha, sinAlpha, sigma, middle)) / RADIAN };
  };

  /**
   * The course of the geodesic between two places: on the map it is no straight line.
   * @param {{lat: number, lng: number}} from Degrees, EPSG:4326.
   * @param {{lat: number, lng: number}} to Degrees.
   * @returns {{lat: number, lng: number}[]} Vertices from `from` to `to`, at most 5 km apart.
   * @throws {RangeError} As `ClaimMap.geodesic`.
   */
  ClaimMap.course = function (from, to) {
    const { metres, bearing } = ClaimMap.geodesic(from, to);
    const steps = Math.max(1, Math.ceil(metres / STEP_M));
    const between = Array.from({ length: steps - 1 }, (_, i) => ClaimMap.destination(from, bearing, (metres * (i + 1)) / steps));
    return [from, ...between, to];
  };

  // Sine and cosine of the reduced latitude.
  function reduced(lat) {
    const angle = Math.atan((1 - FLATTENING) * Math.tan(lat * RADIAN));
    return [Math.sin(angle), Math.cos(angle)];
  }

  // The paper's A and B.
  function series(cosSqAlpha) {
    const u = (cosSqAlpha * (EQUATOR_M ** 2 - POLE_M ** 2)) / POLE_M ** 2;
    return {
      a: 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u))),
      b: (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u))),
    };
  }

  // The paper's delta sigma.
  function correction(b, sigma, middle) {
    const sinSigma = Math.sin(sigma);
    const inner = Math.cos(sigma) * (2 * middle ** 2 - 1) - (b / 6) * middle * (4 * sinSigma ** 2 - 3) * (4 * middle ** 2 - 3);
    return b * sinSigma * (middle + (b / 4) * inner);
  }

  // By how much the longitude on the sphere runs ahead of that on the ellipsoid.
  function drift(cosSqAlpha, sinAlpha, sigma, middle) {
    const c = (FLATTENING / 16) * cosSqAlpha * (4 + FLATTENING * (4 - 3 * cosSqAlpha));
    const inner = middle + c * Math.cos(sigma) * (2 * middle ** 2 - 1);
    return (1 - c) * FLATTENING * sinAlpha * (sigma + c * Math.sin(sigma) * inner);
  }

  function turned(angle) {
    const degrees = angle / RADIAN;
    return degrees < 0 ? (degrees + 360) % 360 : degrees;
  }
})();
