/* Where everything that is shown lies, for a scene that names no place of the map. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const PIXELS_AT_ZOOM_0 = 256 / 2 ** 32;

  /**
   * The bounds of the claims that are kept and have a place.
   * @param {Columns} columns
   * @param {Uint8Array} keep One byte a claim.
   * @returns {?L.LatLngBounds} null where none has a place.
   */
  ClaimMap.boundsOf = function ({ at, origin, shift, n }, keep) {
    const { placed, x, y } = at;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      if (!keep[i] || !placed[i]) continue;
      west = Math.min(west, x[i]);
      east = Math.max(east, x[i]);
      north = Math.min(north, y[i]);
      south = Math.max(south, y[i]);
    }
    if (west > east) return null;
    const place = (column, row) =>
      L.CRS.EPSG3857.pointToLatLng(L.point(origin[0] + column * 2 ** shift, origin[1] + row * 2 ** shift).multiplyBy(PIXELS_AT_ZOOM_0), 0);
    return L.latLngBounds([place(west, south), place(east, north)]);
  };
})();
