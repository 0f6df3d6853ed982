/* Names on the ground: places, waters, road numbers and oblasts, on one canvas under the claims.
   Which names fit is decided by ClaimMap.placeLabels (labels.js), what they look like by name_type.js and where
   lines have room by name_stands.js, which load first. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};
  var clash = window.ClaimMap.clash;

  var SIDES = ['e', 'ne', 'se', 'w', 'nw', 'sw', 'n', 's'];
  /** Where a large name goes that must stand off: above a disc it would be read as the name of the next. */
  var SIDES_OFF = ['se', 'e', 's', 'sw', 'w', 'ne', 'nw', 'n'];
  var HALO_PX = 3.5;
  /** Room between two names for each step that type is larger than on the page. */
  var APART_PX = 8;
  /** How much further from its place a town's name may stand when its first places are taken. */
  var FURTHER_PX = [0, 14, 30, 50, 74];
  /** Zooms from which a river, a lesser water, a road number are named, and to which an oblast is. */
  var ZOOMS = {river: 8.5, stream: 10.5, road: 9.5, region: 10};

  /**
   * The layer of names. `new ClaimMap.NameLayer(places, {names: [...]})`, then `addTo(map)`.
   * places: {name, lat, lon, rank, minZoom, kind}, most important first; names: what
   * ClaimMap.groundNames holds, {name, kind, rank, points}.
   */
  window.ClaimMap.NameLayer = L.Layer.extend({
    options: {pane: 'cm-names', zIndex: 350, names: []},

    /**
     * @param {Array<Object>} places Places, most important first.
     * @param {Object=} options Leaflet's layer options, and `names`, `zIndex`.
     * @returns {void}
     */
    initialize: function (places, options) {
      L.setOptions(this, options);
      this._places = places || [];
      this._taken = [];
      this._placed = [];
      this._widths = new Map();
    },

    /**
     * Leaflet's hook: make the canvas and draw.
     * @param {L.Map} map The map.
     * @returns {Object} This layer.
     */
    onAdd: function (map) {
      if (!map.getPane(this.options.pane)) {
        map.createPane(this.options.pane).style.zIndex = String(this.options.zIndex);
      }
      var animated = map.options.zoomAnimation && L.Browser.any3d;
      this._canvas = L.DomUtil.create('canvas', 'cm-names leaflet-zoom-' + (animated ? 'animated' : 'hide'));
      this._canvas.setAttribute('aria-hidden', 'true');
      this._canvas.style.pointerEvents = 'none';
      this._canvas.style.transformOrigin = '0 0';
      this.getPane().appendChild(this._canvas);
      this.redraw();
      if (document.fonts && document.fonts.status === 'loading') {
        document.fonts.ready.then(function (layer) {
          layer._widths.clear(); // measured in the stand-in type
          layer.redraw();
        }.bind(null, this));
      }
      return this;
    },

    /**
     * Leaflet's hook: take the canvas away.
     * @returns {Object} This layer.
     */
    onRemove: function () {
      this._canvas.remove();
      this._canvas = null;
      this._placed = [];
      return this;
    },

    /**
     * Leaflet's hook: the map events this layer follows.
     * @returns {Object<string, Function>} Handlers by event.
     */
    getEvents: function () {
      var events = {moveend: this.redraw, resize: this.redraw, viewreset: this.redraw, zoom: this._follow};
      if (this._map.options.zoomAnimation) { events.zoomanim = this._follow; }
      return events;
    },

    /**
     * Show no names until it is said what the claims need: the map goes elsewhere, and names that are placed
     * before the claims would be placed twice.
     * @returns {void}
     */
    wait: function () {
      if (!this._canvas) { return; }
      this._waits = true;
      this._canvas.hidden = true;
    },

    /**
     * Say which rectangles the claims need; names keep clear of them.
     * @param {Array<{x: number, y: number, w: number, h: number}>} rects Container pixels.
     * @returns {Object} This layer.
     */
    setTaken: function (rects) {
      var next = rects || [];
      var same = next.length === this._taken.length && next.every(function (rect, index) {
        var old = this._taken[index];
        return rect.x === old.x && rect.y === old.y && rect.w === old.w && rect.h === old.h;
      }, this);
      if (same && !this._waits) { return this; }
      this._waits = false;
      this._canvas.hidden = false;
      this._taken = next.map(function (rect) { return {x: rect.x, y: rect.y, w: rect.w, h: rect.h}; });
      return this.redraw();
    },

    /**
     * The rectangles the names use now.
     * @returns {Array<{x: number, y: number, w: number, h: number, name: string, size: number=, rank: number=}>} Container
     *   pixels; the size of the type and the rank where it is a place's.
     */
    placed: function () {
      return this._placed.slice();
    },

    /**
     * Draw all names anew for the map's present view.
     * @returns {Object} This layer.
     */
    redraw: function () {
      var map = this._map;
      if (!map || !this._canvas || this._waits) { return this; }
      var size = map.getSize(), ratio = window.devicePixelRatio || 1, canvas = this._canvas;
      this._zoom = map.getZoom();
      this._corner = map.containerPointToLatLng([0, 0]);
      var width = Math.round(size.x * ratio), height = Math.round(size.y * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = size.x + 'px';
        canvas.style.height = size.y + 'px';
      }
      L.DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
      var pen = canvas.getContext('2d');
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, size.x, size.y);
      pen.lineJoin = 'round';
      pen.textBaseline = 'middle';
      this._scale = window.ClaimMap.typeScale();
      this._style = getComputedStyle(map.getContainer());
      this._placed = [];
      this._kept = this._taken.concat(this._controls());
      this._drawPlaces(pen, size);
      this._drawRegions(pen, size);
      this._drawLines(pen, size);
      return this;
    },

    /**
     * The rectangles of the map's controls, which names keep clear of too.
     * @returns {Array<{x: number, y: number, w: number, h: number}>} Container pixels.
     */
    _controls: function () {
      var container = this._map.getContainer(), origin = container.getBoundingClientRect();
      return Array.prototype.map.call(container.querySelectorAll('.leaflet-control'), function (control) {
        var box = control.getBoundingClientRect();
        return {x: box.left - origin.left, y: box.top - origin.top, w: box.width, h: box.height};
      });
    },

    /**
     * While the map zooms, stretch the picture so that it moves with the ground.
     * @param {Object} event Leaflet's zoomanim or zoom event.
     * @returns {void}
     */
    _follow: function (event) {
      var map = this._map, center = event.center || map.getCenter();
      var zoom = event.zoom === undefined ? map.getZoom() : event.zoom;
      var shift = map.project(this._corner, zoom).subtract(map.project(center, zoom))
        .add(map.getSize().divideBy(2)).add(map.containerPointToLayerPoint([0, 0]));
      L.DomUtil.setTransform(this._canvas, shift, map.getZoomScale(zoom, this._zoom));
    },

    /**
     * A colour of the page's theme.
     * @param {string} variable Name of the CSS variable.
     * @returns {string} Its value now.
     */
    _colour: function (variable) {
      return this._style.getPropertyValue(variable).trim() || '#1D1D1B';
    },

    /**
     * Set the pen's type.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {string} style Everything before the family, for example "600 13px".
     * @param {string=} spacing Letter spacing, for example "2px".
     * @returns {void}
     */
    _type: function (pen, style, spacing) {
      pen.font = style + ' ' + this._style.fontFamily;
      pen.letterSpacing = spacing || '0px';
    },

    /**
     * A text's width in the pen's type; measured once.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {string} text The text.
     * @returns {number} Pixels.
     */
    _width: function (pen, text) {
      var key = pen.font + pen.letterSpacing + text, width = this._widths.get(key);
      if (width === undefined) {
        width = Math.ceil(pen.measureText(text).width);
        this._widths.set(key, width);
      }
      return width;
    },

    /**
     * Write a text with its halo.
     * @param {CanvasRenderingContext2D} pen The pen, its type set.
     * @param {string} text The text.
     * @param {number} x Left edge, pixels.
     * @param {number} y Middle, pixels.
     * @param {string} ink Name of the colour variable.
     * @returns {void}
     */
    _write: function (pen, text, x, y, ink) {
      pen.lineWidth = HALO_PX * this._scale;
      pen.strokeStyle = this._colour('--cm-land');
      pen.strokeText(text, x, y);
      pen.fillStyle = this._colour(ink);
      pen.fillText(text, x, y);
    },

    /**
     * Write the places' names that fit.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {{x: number, y: number}} size The view, pixels.
     * @returns {void}
     */
    _drawPlaces: function (pen, size) {
      var zoom = this._zoom, requests = [], types = [];
      this._places.forEach(function (place, index) {
        if (place.minZoom > zoom + 0.25) { return; }
        var point = this._map.latLngToContainerPoint([place.lat, place.lon]);
        if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) { return; }
        var type = types[index] = window.ClaimMap.nameType(place, zoom);
        this._type(pen, type.weight + ' ' + type.size + 'px');
        requests.push({id: index, width: this._width(pen, place.name) + APART_PX * (this._scale - 1), height: Math.round(type.size * 1.15),
          x: point.x, y: point.y, gap: window.ClaimMap.nameGap(place, zoom),
          sides: place.rank === 1 ? SIDES.slice(1).concat('e') : SIDES,
          priority: 10000 - 1000 * place.rank - index});
      }, this);
      this._placeAll(requests, {x: 4, y: 4, w: size.x - 8, h: size.y - 8}).forEach(function (label) {
        var place = this._places[label.id], type = types[label.id];
        this._type(pen, type.weight + ' ' + type.size + 'px');
        this._write(pen, place.name, label.x, label.y + label.height / 2, type.ink);
        this._placed.push({x: label.x, y: label.y, w: label.width, h: label.height, name: place.name, size: type.size,
          rank: place.rank});
      }, this);
    },

    /**
     * Find room for the names: towns first and, if need be, further from their place.
     * @param {Array<Object>} requests As ClaimMap.placeLabels takes them; id is the place's index.
     * @param {{x: number, y: number, w: number, h: number}} bounds Names stay inside.
     * @returns {Array<Object>} The labels placed.
     */
    _placeAll: function (requests, bounds) {
      var places = this._places, scale = this._scale, taken = this._kept.slice(), found = [];
      var isTown = function (request) { return places[request.id].rank <= 2; };
      var place = function (waiting, further_px) {
        var off = scale > 1 && further_px > 0 ? {sides: SIDES_OFF} : {};
        var asked = waiting.map(function (one) { return Object.assign({}, one, off, {gap: one.gap + further_px * scale}); });
        window.ClaimMap.placeLabels(asked, taken, bounds).forEach(function (label) {
          found.push(label);
          taken.push({x: label.x, y: label.y, w: label.width, h: label.height});
        });
        return waiting.filter(function (one) { return !found.some(function (label) { return label.id === one.id; }); });
      };
      FURTHER_PX.reduce(place, requests.filter(isTown));
      place(requests.filter(function (request) { return !isTown(request); }), 0);
      return found;
    },

    /**
     * Write the oblasts' names across the land, at small zooms.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {{x: number, y: number}} size The view, pixels.
     * @returns {void}
     */
    _drawRegions: function (pen, size) {
      if (this._zoom > ZOOMS.region) { return; }
      var scale = this._scale;
      this._type(pen, '500 ' + 10.5 * scale + 'px', 2.5 * scale + 'px');
      this.options.names.forEach(function (region) {
        if (region.kind !== 'region') { return; }
        var point = this._map.latLngToContainerPoint(region.points[0]);
        var text = region.name.toUpperCase(), width = this._width(pen, text);
        var rect = {x: point.x - width / 2, y: point.y - 7 * scale, w: width, h: 14 * scale, name: region.name};
        var inside = rect.x > 4 && rect.y > 4 && rect.x + rect.w < size.x - 4 && rect.y + rect.h < size.y - 4;
        if (!inside || clash([rect], this._kept.concat(this._placed))) { return; }
        this._write(pen, text, rect.x, point.y, '--cm-border');
        this._placed.push(rect);
      }, this);
    },

    /**
     * Write rivers' names along their course and roads' numbers on their line.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @param {{x: number, y: number}} size The view, pixels.
     * @returns {void}
     */
    _drawLines: function (pen, size) {
      var zoom = this._zoom, perKm = Math.pow(2, zoom - 10) * 9.9;
      // Inside a town a road has no number.
      this._towns = this._places.filter(function (place) { return place.rank <= 2; }).map(function (place) {
        var point = this._map.latLngToContainerPoint([place.lat, place.lon]);
        var reach = perKm * (place.kind === 'city' ? 3 : 1.5);
        return {x: point.x - reach, y: point.y - reach, w: 2 * reach, h: 2 * reach};
      }, this);
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
        if (clash(rects, this._kept) || clash(rects, this._placed)) { return false; }
        if (!water && clash(rects, this._towns)) { return false; }
        pen.save();
        pen.translate(at.x, at.y);
        pen.rotate(at.angle);
        this._write(pen, line.name, -width / 2, 0, water ? '--cm-water-ink' : '--cm-third');
        pen.restore();
        rects.forEach(function (rect) { rect.name = line.name; this._placed.push(rect); }, this);
        written.push(stand);
        return written.length > 1;
      }, this);
    }
  });
})();
