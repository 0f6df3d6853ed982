/* Label placement: which labels fit, and on which side of their anchor. Pure: no page, no map. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};

  /** Free pixels kept between a label and everything else. */
  var MARGIN = 2;
  /** Edge of a cell of the grid in which neighbours are looked for, pixels. */
  var CELL = 64;

  /**
   * Where a label's top left corner lies, seen from its anchor.
   * @param {string} side e, w, n, s, ne, se, nw or sw.
   * @param {{width: number, height: number, gap: number}} label Sizes in pixels.
   * @returns {Array<number>} Offset x and y in pixels.
   */
  window.ClaimMap.labelOffset = function offset(side, label) {
    var gap = label.gap || 0, slant = gap * 0.7071;
    switch (side) {
      case 'e': return [gap, -label.height / 2];
      case 'w': return [-gap - label.width, -label.height / 2];
      case 'n': return [-label.width / 2, -gap - label.height];
      case 's': return [-label.width / 2, gap];
      case 'ne': return [slant, -slant - label.height];
      case 'se': return [slant, slant];
      case 'nw': return [-slant - label.width, -slant - label.height];
      case 'sw': return [-slant - label.width, slant];
      default: return [-label.width / 2, -label.height / 2];
    }
  };

  /**
   * A grid of rectangles that answers quickly whether a new one touches any.
   * @constructor
   */
  function Grid() {
    this.cells = new Map();
  }

  /**
   * Call a function with the list of each cell a rectangle lies in.
   * @param {{x: number, y: number, width: number, height: number}} rect Pixels.
   * @param {boolean} make Whether missing cells are made.
   * @param {function(Array): boolean} visit Returns true to stop.
   * @returns {boolean} Whether it was stopped.
   */
  Grid.prototype.visit = function (rect, make, visit) {
    var left = Math.floor((rect.x - MARGIN) / CELL), right = Math.floor((rect.x + rect.width + MARGIN) / CELL);
    var top = Math.floor((rect.y - MARGIN) / CELL), bottom = Math.floor((rect.y + rect.height + MARGIN) / CELL);
    for (var row = top; row <= bottom; row += 1) {
      for (var column = left; column <= right; column += 1) {
        var key = row * 65536 + column, cell = this.cells.get(key);
        if (!cell && make) { cell = []; this.cells.set(key, cell); }
        if (cell && visit(cell)) { return true; }
      }
    }
    return false;
  };

  /**
   * Put a rectangle in.
   * @param {{x: number, y: number, width: number, height: number}} rect Pixels.
   * @returns {void}
   */
  Grid.prototype.add = function (rect) {
    this.visit(rect, true, function (cell) { cell.push(rect); return false; });
  };

  /**
   * Whether a rectangle comes nearer than the margin to one that is in.
   * @param {{x: number, y: number, width: number, height: number}} rect Pixels.
   * @returns {boolean} True when it touches.
   */
  Grid.prototype.touches = function (rect) {
    return this.visit(rect, false, function (cell) {
      for (var i = 0; i < cell.length; i += 1) {
        var other = cell[i];
        if (rect.x < other.x + other.width + MARGIN && other.x < rect.x + rect.width + MARGIN &&
            rect.y < other.y + other.height + MARGIN && other.y < rect.y + rect.height + MARGIN) { return true; }
      }
      return false;
    });
  };

  /**
   * Whether a point lies inside one of the rectangles.
   * @param {number} x Pixels.
   * @param {number} y
   * @returns {boolean}
   */
  Grid.prototype.covers = function (x, y) {
    return (this.cells.get(Math.floor(y / CELL) * 65536 + Math.floor(x / CELL)) || []).some(function (rect) {
      return x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height;
    });
  };

  /**
   * Gather taken rectangles, so that many labels can be placed one after another.
   * @param {Array<{x: number, y: number, w: number, h: number}>} taken Pixels.
   * @returns {Grid}
   */
  window.ClaimMap.gatherTaken = function (taken) {
    var grid = new Grid();
    taken.forEach(function (rect) {
      grid.add({x: rect.x, y: rect.y, width: rect.w, height: rect.h});
    });
    return grid;
  };

  /**
   * Place labels greedily: higher priority first, then in the order given; each on the first of its
   * sides that is free. The same input gives the same output.
   * @param {Array<Object>} requests Each {id, width, height, x, y, gap, sides, priority}; x, y is the
   *   anchor, gap the distance from it; all in pixels; sides an ordered list of e w n s ne se nw sw c.
   * @param {Array<{x: number, y: number, w: number, h: number}>|Grid} taken Rectangles to keep clear of; a
   *   grid takes up the labels placed.
   * @param {?{x: number, y: number, w: number, h: number}} bounds Labels stay inside; null for anywhere.
   * @returns {Array<{id: *, x: number, y: number, width: number, height: number, side: string}>} The
   *   labels that fit, x and y their top left corners, in the order they were placed.
   */
  window.ClaimMap.placeLabels = function (requests, taken, bounds) {
    var grid = taken instanceof Grid ? taken : window.ClaimMap.gatherTaken(taken || []), placed = [];
    var order = requests.map(function (request, index) { return index; });
    order.sort(function (a, b) {
      return (requests[b].priority || 0) - (requests[a].priority || 0) || a - b;
    });
    order.forEach(function (index) {
      var label = requests[index], sides = label.sides || ['e'];
      for (var i = 0; i < sides.length; i += 1) {
        var shift = window.ClaimMap.labelOffset(sides[i], label);
        var rect = {id: label.id, x: label.x + shift[0], y: label.y + shift[1],
          width: label.width, height: label.height, side: sides[i]};
        var inside = !bounds || (rect.x >= bounds.x && rect.y >= bounds.y &&
          rect.x + rect.width <= bounds.x + bounds.w && rect.y + rect.height <= bounds.y + bounds.h);
        if (inside && !grid.touches(rect)) {
          grid.add(rect);
          placed.push(rect);
          return;
        }
      }
    });
    return placed;
  };
})();
