/* Names on the ground: places, waters, road numbers and oblasts, on one canvas under the claims.
   Which names fit is decided by ClaimMap.placeLabels (labels.js) and what they look like by name_type.js, which
   load first; oblasts, waters and roads are in name_lines.js, which loads after. */
(function () {
  'use strict';
  window.ClaimMap = window.ClaimMap || {};

  var SIDES = ['e', 'ne', 'se', 'w', 'nw', 'sw', 'n', 's'];
  /** Where a large name goes that must stand off: above a disc it would be read as the name of the next. */
  var SIDES_OFF = ['se', 'e', 's', 'sw', 'w', 'ne', 'nw', 'n'];
  var HALO_PX = 3.5;
  /** Room between two names for each step that type is larger than on the page. */
  var APART_PX = 8;
  /** How much further from its place a town's name may stand when its first places are taken. */
  var FURTHER_PX = [0, 14, 30, 50, 74];

  /**
   * The layer of names. `new ClaimMap.NameLayer(places, {names: [...]})`, then `addTo(map)`.
   * places: {name, lat, lon, rank, minZoom, kind}, most important first; names: what
   * ClaimMap.groundNames holds, {name, kind, rank, points}. One that is driven shows nothing, and after a move
   * nothing new, until placeTowns and finish are called: whoever draws above it knows what room there is.
   */
  window.ClaimMap.NameLayer = L.Layer.extend({
    options: {pane: 'cm-names', zIndex: 350, names: [], driven: false},

    /**
     * @param {Array<Object>} places Places, most important first.
     * @param {Object=} options Leaflet's layer options, and `names`, `zIndex`, `driven`.
     * @returns {void}
     */
    initialize: function (places, options) {
      L.setOptions(this, options);
      this._places = places || [];
      this._asked = null;
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
      if (this.options.driven) { this.wait(); }
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
      this._canvas = this._asked = null;
      this._placed = [];
      return this;
    },

    /**
     * Leaflet's hook: the map events this layer follows.
     * @returns {Object<string, Function>} Handlers by event.
     */
    getEvents: function () {
      var events = {zoom: this._follow};
      // Leaflet fires it after a resize and before a viewreset too.
      if (!this.options.driven) { events.moveend = this.redraw; }
      if (this._map.options.zoomAnimation) { events.zoomanim = this._follow; }
      return events;
    },

    /**
     * Show no names until they are placed again: the map goes elsewhere.
     * @returns {void}
     */
    wait: function () {
      if (!this._canvas) { return; }
      this._asked = null;
      this._canvas.hidden = true;
    },

    /**
     * Find room for the names of towns, the first half of a layout; `finish` is the other.
     * @param {Array<{x: number, y: number, w: number, h: number}>} taken What names keep clear of, container pixels.
     * @returns {Array<{x: number, y: number, w: number, h: number}>} The towns' names, to keep clear of in turn.
     */
    placeTowns: function (taken) {
      var map = this._map, corner = map.containerPointToLatLng([0, 0]), scale = window.ClaimMap.typeScale();
      var view = [map.getZoom(), corner.lat, corner.lng, map.getSize(), scale, window.devicePixelRatio].join();
      this._stands = Boolean(this._asked) && this._asked.view === view && same(this._asked.taken, taken);
      if (!this._stands) {
        this._asked = {view: view, taken: taken, notes: []};
        this._zoom = map.getZoom();
        this._corner = corner;
        this._size = map.getSize();
        this._scale = scale;
        this._style = getComputedStyle(map.getContainer());
        this._findTowns(taken);
      }
      return this._towns;
    },

    /**
     * Begin a layout: gather what is taken and place the towns' names.
     * @param {Array<{x: number, y: number, w: number, h: number}>} taken Container pixels.
     * @returns {void}
     */
    _findTowns: function (taken) {
      this._room = window.ClaimMap.gatherTaken(taken);
      this._requests = this._findRequests();
      this._labels = [];
      var towns = this._requests.filter(function (request) { return request.isTown; });
      FURTHER_PX.reduce(this._place.bind(this), towns);
      this._towns = this._labels.map(function (label) {
        return {x: label.x, y: label.y, w: label.width, h: label.height};
      });
    },

    /**
     * Find room for all other names and draw.
     * @param {Array<{x: number, y: number, w: number, h: number}>} notes What they keep clear of besides, container
     *   pixels.
     * @returns {Object} This layer.
     */
    finish: function (notes) {
      this._canvas.hidden = false;
      L.DomUtil.setTransform(this._canvas, this._map.containerPointToLayerPoint([0, 0]), 1);
      if (this._stands && same(this._asked.notes, notes)) { return this; }
      if (this._stands) { this._findTowns(this._asked.taken); }
      this._asked.notes = notes;
      var room = this._room;
      notes.forEach(function (rect) { room.add({x: rect.x, y: rect.y, width: rect.w, height: rect.h}); });
      this._place(this._requests.filter(function (request) { return !request.isTown; }), 0);
      var pen = window.ClaimMap.blankCanvas(this._canvas.getContext('2d'), this._size);
      pen.lineJoin = 'round';
      pen.textBaseline = 'middle';
      this._placed = [];
      this._drawPlaces(pen);
      this._drawRegions(pen);
      this._drawLines(pen);
      return this;
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
     * Draw all names anew: the view, the colours or the type are others. One that is driven keeps clear of what
     * it was told last.
     * @returns {Object} This layer.
     */
    redraw: function () {
      if (!this._map || !this._canvas || (this.options.driven && !this._asked)) { return this; }
      var asked = this.options.driven ? this._asked : {taken: this._controls(), notes: []};
      this._asked = null;
      this.placeTowns(asked.taken);
      return this.finish(asked.notes);
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
      if (!this._asked) { return; }
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
     * The names of the places in view, as ClaimMap.placeLabels takes them; id is the place's index.
     * @returns {Array<Object>} Each with `isTown` and the `type` it is written in.
     */
    _findRequests: function () {
      var zoom = this._zoom, size = this._size, requests = [], pen = this._canvas.getContext('2d');
      this._places.forEach(function (place, index) {
        if (place.minZoom > zoom + 0.25) { return; }
        var point = this._map.latLngToContainerPoint([place.lat, place.lon]);
        if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) { return; }
        var type = window.ClaimMap.nameType(place, zoom);
        this._type(pen, type.weight + ' ' + type.size + 'px');
        requests.push({id: index, isTown: place.rank <= 2, type: type,
          width: this._width(pen, place.name) + APART_PX * (this._scale - 1), height: Math.round(type.size * 1.15),
          x: point.x, y: point.y, gap: window.ClaimMap.nameGap(place, zoom),
          sides: place.rank === 1 ? SIDES.slice(1).concat('e') : SIDES,
          priority: 10000 - 1000 * place.rank - index});
      }, this);
      return requests;
    },

    /**
     * Find room for names at some distance from their places.
     * @param {Array<Object>} waiting Requests.
     * @param {number} further_px How much further than a name stands best.
     * @returns {Array<Object>} The requests without room there.
     */
    _place: function (waiting, further_px) {
      var scale = this._scale, off = scale > 1 && further_px > 0 ? {sides: SIDES_OFF} : {};
      var asked = waiting.map(function (one) { return Object.assign({}, one, off, {gap: one.gap + further_px * scale}); });
      var bounds = {x: 4, y: 4, w: this._size.x - 8, h: this._size.y - 8};
      var found = window.ClaimMap.placeLabels(asked, this._room, bounds);
      this._labels = this._labels.concat(found);
      var ids = new Set(found.map(function (label) { return label.id; }));
      return waiting.filter(function (one) { return !ids.has(one.id); });
    },

    /**
     * Write the places' names that have room.
     * @param {CanvasRenderingContext2D} pen The pen.
     * @returns {void}
     */
    _drawPlaces: function (pen) {
      var types = new Map(this._requests.map(function (request) { return [request.id, request.type]; }));
      this._labels.forEach(function (label) {
        var place = this._places[label.id], type = types.get(label.id);
        this._type(pen, type.weight + ' ' + type.size + 'px');
        this._write(pen, place.name, label.x, label.y + label.height / 2, type.ink);
        this._placed.push({x: label.x, y: label.y, w: label.width, h: label.height, name: place.name, size: type.size,
          rank: place.rank});
      }, this);
    }
  });

  /**
   * Whether two lists hold the same rectangles.
   * @param {Array<{x: number, y: number, w: number, h: number}>} some Rectangles.
   * @param {Array<{x: number, y: number, w: number, h: number}>} others Rectangles.
   * @returns {boolean} True when they do, in the same order.
   */
  function same(some, others) {
    return some.length === others.length && some.every(function (rect, index) {
      var other = others[index];
      return rect.x === other.x && rect.y === other.y && rect.w === other.w && rect.h === other.h;
    });
  }
})();
