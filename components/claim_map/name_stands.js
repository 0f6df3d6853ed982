/* Where along a river or road its name can stand, and what it covers there. Pure: no page, no map. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};

  /**
   * Cut a line of points into the runs that lie inside a rectangle.
   * @param {Array<{x: number, y: number}>} points The line, pixels.
   * @param {{x: number, y: number}} size The rectangle from 0, 0.
   * @returns {Array<Array<{x: number, y: number}>>} Runs of two points or more.
   */
  window.ClaimMap.runsInside = function (points, size) {
    var runs = [], run = [];
    points.forEach(function (point) {
      if (point.x >= 8 && point.y >= 8 && point.x <= size.x - 8 && point.y <= size.y - 8) {
        run.push(point);
      } else {
        if (run.length > 1) { runs.push(run); }
        run = [];
      }
    });
    if (run.length > 1) { runs.push(run); }
    return runs;
  };

  /**
   * Points at even steps along a run.
   * @param {Array<{x: number, y: number}>} run A line, pixels.
   * @param {number} step Pixels between two points.
   * @returns {Array<{x: number, y: number}>} The points, first one first.
   */
  function evenly(run, step) {
    var out = [run[0]], left = step;
    for (var i = 1; i < run.length; i += 1) {
      var from = run[i - 1], to = run[i], length = Math.hypot(to.x - from.x, to.y - from.y), at = left;
      while (at <= length) {
        out.push({x: from.x + (to.x - from.x) * at / length, y: from.y + (to.y - from.y) * at / length});
        at += step;
      }
      left = at - length;
    }
    return out;
  }

  /**
   * Where along a line a name of some width could stand, the straightest and flattest first.
   * @param {Array<Array<{x: number, y: number}>>} runs Visible runs of the line.
   * @param {number} width The name's width, pixels.
   * @returns {Array<{x: number, y: number, angle: number, score: number}>} Middle and angle, radians.
   */
  window.ClaimMap.stands = function (runs, width) {
    var step = 8, reach = Math.ceil(width / step), found = [];
    runs.forEach(function (run) {
      var points = evenly(run, step);
      for (var i = 0; i + reach < points.length; i += 2) {
        var from = points[i], to = points[i + reach];
        var chord = Math.hypot(to.x - from.x, to.y - from.y), straight = chord / (reach * step);
        if (straight < 0.93) { continue; }
        var angle = Math.atan2(to.y - from.y, to.x - from.x);
        if (angle > Math.PI / 2) { angle -= Math.PI; }
        if (angle < -Math.PI / 2) { angle += Math.PI; }
        found.push({x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, angle: angle,
          score: straight - 0.12 * Math.abs(angle)});
      }
    });
    return found.sort(function (a, b) { return b.score - a.score; });
  };

  /**
   * Small squares that cover a slanted name, for the collision check.
   * @param {{x: number, y: number, angle: number}} stand Middle and angle of the name.
   * @param {number} width Pixels.
   * @param {number} height Pixels.
   * @returns {Array<{x: number, y: number, w: number, h: number}>} The squares.
   */
  window.ClaimMap.cover = function (stand, width, height) {
    var count = Math.max(1, Math.ceil(width / height)), rects = [];
    for (var i = 0; i < count; i += 1) {
      var along = (i + 0.5) * width / count - width / 2;
      rects.push({x: stand.x + along * Math.cos(stand.angle) - height / 2,
        y: stand.y + along * Math.sin(stand.angle) - height / 2, w: height, h: height});
    }
    return rects;
  };
})();
