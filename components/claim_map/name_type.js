/* How the names on the ground look: size, weight and ink by rank and zoom, and their distance from the place. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};

  /**
   * The type of a place's name at a zoom, larger while somebody presents.
   * @param {{rank: number, kind: string}} place A place.
   * @param {number} zoom The map's zoom.
   * @returns {{size: number, weight: number, ink: string}} Pixels, weight and colour variable.
   */
  window.ClaimMap.nameType = function (place, zoom) {
    var scale = window.ClaimMap.typeScale(), grow = zoom >= 13 ? 1.5 : zoom >= 12 ? 0.75 : 0;
    if (place.rank === 1 && place.kind === 'city') {
      return {size: scale * (zoom < 9 ? 16 : 19 + grow), weight: 700, ink: '--cm-ink'};
    }
    if (place.rank <= 2) {
      var size = place.kind === 'city' || place.rank === 1 ? 13.5 : 13;
      return {size: scale * ((zoom < 9 ? size - 1.5 : size) + grow), weight: 600, ink: '--cm-ink'};
    }
    return {size: scale * ((place.rank === 3 ? 11.5 : 10.5) + grow), weight: 400, ink: '--cm-third'};
  };

  /**
   * How far a name keeps from its place's point, so that it stands at the edge of the drawn shape.
   * @param {{rank: number, kind: string}} place A place.
   * @param {number} zoom The map's zoom.
   * @returns {number} Pixels.
   */
  window.ClaimMap.nameGap = function (place, zoom) {
    var km = place.kind === 'city' ? 2 : place.rank <= 2 ? 1 : 0.4;
    var pixels = km * Math.pow(2, zoom - 10) * 9.9;
    return Math.max(place.rank <= 2 ? 5 : 4, Math.min(pixels, place.rank <= 2 ? 20 : 9));
  };
})();
