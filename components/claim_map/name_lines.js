/* The names of oblasts, waters and roads, which the layer of names writes after the places' own. Where along a line
   there is room is told by name_stands.js, which loads first. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};

  /** Zooms from which a river, a lesser water, a road number are named, and to which an oblast is. */
  var ZOOMS = {river: 8.5, stream: 10.5, road: 9.5, region: 10};
  /** How far outside of the view a road's number, which stands on a point in view, may reach. */
  var FAR_PX = 100;

  window.ClaimMap.NameLayer.include({
    /**
     * Write the oblasts' names across the land, at small zooms.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @returns {void}
     */
    _drawRegions: function (pen) {
      if (this._zoom > ZOOMS.region) { return; }
      var scale = this._scale, size = this._size;
      this._type(pen, '500 ' + 10.5 * scale + 'px', 2.5 * scale + 'px');
      this.options.names.forEach(function (region) {
        if (region.kind !== 'region') { return; }
        var point = this._map.latLngToContainerPoint(region.points[0]);
        var text = region.name.toUpperCase(), width = this._width(pen, text);
        var rect = {x: point.x - width / 2, y: point.y - 7 * scale, w: width, h: 14 * scale, name: region.name};
        var inside = rect.x > 4 && rect.y > 4 && rect.x + rect.w < size.x - 4 && rect.y + rect.h < size.y - 4;
        if (!inside || this._meets([rect])) { return; }
        this._write(pen, text, rect.x, point.y, '--cm-border');
        this._take([rect]);
      }, this);
    },

    /**
     * Whether rectangles come too near to what is taken.
     * @param {Array<{x: number, y: number, w: number, h: number}>} rects Container pixels.
     * @param {Object=} grid What is taken; all of it by default.
     * @returns {boolean} True when one does.
     */
    _meets: function (rects, grid) {
      var room = grid || this._room;
      return rects.some(function (rect) { return room.touches({x: rect.x, y: rect.y, width: rect.w, height: rect.h}); });
    },

    /**
     * Keep the room of a name that is written.
     * @param {Array<{x: number, y: number, w: number, h: number, name: string}>} rects Container pixels.
     * @returns {void}
     */
    _take: function (rects) {
      rects.forEach(function (rect) {
        this._room.add({x: rect.x, y: rect.y, width: rect.w, height: rect.h});
        this._placed.push(rect);
      }, this);
    },

    /**
     * The ground of the towns in view, inside which a road has no number.
     * @returns {Object} A grid of rectangles.
     */
    _townGround: function () {
      var perKm = Math.pow(2, this._zoom - 10) * 9.9, size = this._size, towns = [];
      this._places.forEach(function (place) {
        if (place.rank > 2) { return; }
        var point = this._map.latLngToContainerPoint([place.lat, place.lon]);
        var reach = perKm * (place.kind === 'city' ? 3 : 1.5), far = reach + FAR_PX;
        if (point.x < -far || point.y < -far || point.x > size.x + far || point.y > size.y + far) { return; }
        towns.push({x: point.x - reach, y: point.y - reach, w: 2 * reach, h: 2 * reach});
      }, this);
      return window.ClaimMap.gatherTaken(towns);
    },

    /**
     * Write rivers' names along their course and roads' numbers on their line.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @returns {void}
     */
    _drawLines: function (pen) {
      var zoom = this._zoom, size = this._size;
      this._built = this._townGround();
      this.options.names.forEach(function (line) {
        var water = line.kind === 'water';
        if (!water && line.kind !== 'road') { return; }
        if (zoom < (water ? (line.rank < 3 ? ZOOMS.river : ZOOMS.stream) : ZOOMS.road)) { return; }
        var points = line.points.map(function (position) {
          return this._map.latLngToContainerPoint(position);
        }, this);
        this._drawAlong(pen, line, window.ClaimMap.runsInside(points, size));
      }, this);
    },

    /**
     * Write one line's name at most twice, at its best free stands.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {{name: string, kind: string, rank: number}} line The line.
     * @param {Array<Array<{x: number, y: number}>>} runs Its visible runs.
     * @returns {void}
     */
    _drawAlong: function (pen, line, runs) {
      var water = line.kind === 'water', size = this._scale * (water ? (line.rank === 1 ? 12 : 11) : 9.5);
      this._type(pen, (water ? 'italic 400 ' : '600 ') + size + 'px', water ? '0.3px' : '0px');
      var width = this._width(pen, line.name), written = [];
      window.ClaimMap.stands(runs, water ? width + 8 : width).some(function (stand) {
        var near = written.some(function (other) { return Math.hypot(other.x - stand.x, other.y - stand.y) < 420; });
        if (near) { return false; }
        var at = {x: stand.x, y: stand.y, angle: water ? stand.angle : 0};
        if (water) { // above the line, not on it
          at.x += Math.sin(stand.angle) * (size * 0.75);
          at.y -= Math.cos(stand.angle) * (size * 0.75);
        }
        var rects = window.ClaimMap.cover(at, width, size + 1);
        if (this._meets(rects) || (!water && this._meets(rects, this._built))) { return false; }
        pen.save();
        pen.translate(at.x, at.y);
        pen.rotate(at.angle);
        this._write(pen, line.name, -width / 2, 0, water ? '--cm-water-ink' : '--cm-third');
        pen.restore();
        this._take(rects.map(function (rect) { return Object.assign(rect, {name: line.name}); }));
        written.push(stand);
        return written.length > 1;
      }, this);
    }
  });
})();
