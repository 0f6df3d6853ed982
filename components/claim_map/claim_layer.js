/* The Leaflet layer that draws claims on canvas: discs, stated extents and doubt on one, notes on
   another above it. A new view is painted at once; its labels (claim_labels.js, which loads after) follow once it
   is on the screen. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const WORLD = 2 ** 32;
  const HIT_PX = 9;
  const LABEL_AFTER_MS = 140;
  const BEYOND_PX = 50;

  ClaimMap.ClaimLayer = L.Renderer.extend({
    options: { padding: 0.35, pane: "cm-claims", pick: null, painted: null },

    /**
     * @param {Columns} columns From ClaimMap.readColumns.
     * @param {{pick: function(Object), painted: function()}} options Called with what the user
     *   picks ({claim} or {cells, claim} or null), and after each paint.
     */
    initialize: function (columns, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._columns = columns;
      this._view = null;
      this._discs = [];
      this._extents = [];
      this._notes = [];
      this._stopLabelling = () => {};
    },

    onAdd: function () {
      const map = this._map;
      if (!map.getPane("cm-claims")) {
        map.createPane("cm-claims").style.zIndex = 450;
        map.createPane("cm-marks").style.zIndex = 640;
        map.getPane("cm-claims").style.pointerEvents = "none";
      }
      this._marks = new ClaimMap.Marks(
        map.getPane("cm-marks"),
        (mark) => this.options.pick(mark.picks),
        () => map.dragging && map.dragging.moved(),
      );
      map.on("click", this._clicked, this);
      map.on("mousemove", this._hovered, this);
      this._typed = (event) => this._inItsType(event.fontfaces);
      document.fonts.addEventListener("loadingdone", this._typed);
      L.Renderer.prototype.onAdd.call(this);
    },

    onRemove: function () {
      this._map.off("click", this._clicked, this);
      this._map.off("mousemove", this._hovered, this);
      document.fonts.removeEventListener("loadingdone", this._typed);
      this._marks.bar.remove();
      L.Renderer.prototype.onRemove.call(this);
    },

    /**
     * Show a view of the claims.
     * @param {Object} view keep (Uint8Array), standings (Uint8Array), claim (index or null),
     *   voices (indices lit with it), cells (of the picked disc), fresh (what is new, or null), names (gives the NameLayer or null),
     *   words ({standing: string[]}), moving (whether the days move: labels wait),
     *   tally (what counts while they move, or null); of two maps also least and relations, as
     *   ClaimMap.gatherDiscs takes them. bare: only what is seen is painted, without labels.
     */
    show: function (view) {
      this._view = view;
      if (!this._container || !this._bounds) return;
      this._draw();
      if (!view.bare) this._labelSoon();
    },

    /** Paint nothing more of what is shown: the map moves, and another view of the claims follows. */
    giveWay: function () {
      this._view = null;
      if (!this._notes.length) return;
      this._notes = [];
      this._blank(this._pens[1]);
    },

    /** Place the labels anew: what lies over the map has changed. */
    labelAgain: function () {
      if (this._container && this._bounds && this._view && !this._view.bare) this._labelSoon();
    },

    /** @returns {{sides: Set, standings: Set, kinds: Set, full: number, left: Object, relations: number}} What is drawn now, for the legend. */
    _drawn: function () {
      const sides = new Set();
      const standings = new Set();
      const kinds = new Set();
      const marks = [...this._discs, ...this._extents];
      for (const disc of this._discs) {
        disc.sides.forEach((count, side) => count && sides.add(side));
        standings.add(disc.standing);
        kinds.add("disc");
      }
      for (const extent of this._extents) {
        kinds.add(extent.shape.kind);
        if (!extent.isStated) continue;
        sides.add(extent.side);
        standings.add(extent.standing);
      }
      const relations = marks.reduce((bits, mark) => bits | mark.relations, 0);
      return { sides, standings, kinds, full: this._full, left: this._left, fresh: this._fresh, relations };
    },

    _initContainer: function () {
      this._container = L.DomUtil.create("div", "cm-claims");
      this._container.setAttribute("aria-hidden", "true");
      this._pens = ["claims", "notes"].map((name) =>
        L.DomUtil.create("canvas", "cm-" + name + "-canvas", this._container).getContext("2d"),
      );
    },

    _destroyContainer: function () {
      this._stopLabelling();
      L.DomUtil.remove(this._container);
      this._container = null;
    },

    _updatePaths: function () {},

    // Leaflet fires moveend before each viewreset: all is painted by then.
    getEvents: function () {
      const events = L.Renderer.prototype.getEvents.call(this);
      delete events.viewreset;
      return events;
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      const first = !this._bounds;
      L.Renderer.prototype._update.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      if (!this._view) return;
      this._draw();
      // The map has moved under the labels: they must not stay behind for a frame.
      if (this._view.bare) return;
      if (first) this._labelSoon();
      else this._label();
    },

    // What stands in a canvas keeps the type it was written in: numbers written before their type had come
    // are written anew.
    _inItsType: function (faces) {
      const isOurs = ({ family, style }) => style === "normal" && this._colours.font.includes(family.replace(/["']/g, ""));
      if (!this._view || !this._colours || !faces.some(isOurs)) return;
      this._draw();
      this.labelAgain();
    },

    // A canvas the size of the layer, blank, in layer pixels.
    _blank: function (pen) {
      return ClaimMap.blankCanvas(pen, this._bounds.getSize(), this._bounds.min);
    },

    _draw: function () {
      const view = this._view;
      const context = this._blank(this._pens[0]);
      const colours = (this._colours = ClaimMap.colours(this._container));
      const scale = this._scale();
      this._lit = new Set(view.claim === null ? [] : [view.claim, ...view.voices]);
      const box = this._box(scale, view.moving || view.bare ? this._seen() : this._bounds);
      const extents = ClaimMap.findExtents(this._columns, view, scale, box, this._lit);
      this._extents = extents.drawn;
      this._left = extents.left;
      for (const extent of this._extents)
        extent.relations = view.relations && extent.isStated ? ClaimMap.relationsOf(this._columns, extent.claims, view.relations) : 0;
      this._discs = this._findDiscs(view, scale, box);
      for (const extent of this._extents) this._drawExtent(context, extent, colours);
      for (const disc of this._discs) this._drawDisc(context, disc, colours);
      this._fresh = ClaimMap.countFresh(this._columns, view, this._discs, this._extents, ClaimMap.levelOf(this._wholeZoom()));
      ClaimMap.drawFresh(context, this._fresh, colours);
      this._dropStaleNotes();
      this.options.painted(this._drawn());
    },

    // While the days move the labels rest: they would cost more than all the rest of a frame.
    _labelSoon: function () {
      this._stopLabelling();
      const label = () => this._label();
      if (this._view.moving) {
        const later = setTimeout(label, LABEL_AFTER_MS);
        this._stopLabelling = () => clearTimeout(later);
      } else this._stopLabelling = ClaimMap.oncePainted(label);
    },

    // Labels come later, but no note may speak of claims that are not shown.
    _dropStaleNotes: function () {
      if (!this._notes.length) return;
      const shown = new Set(this._extents.map(ClaimMap.noteId));
      if (this._notes.every((note) => shown.has(note.id))) return;
      this._notes = [];
      this._blank(this._pens[1]);
    },

    // World units to layer pixels, without a projection a point.
    _scale: function () {
      const factor = (256 * this._map.getZoomScale(this._map.getZoom(), 0)) / WORLD;
      const origin = this._map.getPixelOrigin();
      return {
        factor,
        x: (world) => world * factor - origin.x,
        y: (world) => world * factor - origin.y,
        world: (px, axis) => (px + origin[axis]) / factor,
      };
    },

    // In world units: west, north, east, south.
    _box: function (scale, { min, max }) {
      return [scale.world(min.x, "x"), scale.world(min.y, "y"), scale.world(max.x, "x"), scale.world(max.y, "y")];
    },

    _findDiscs: function (view, scale, box) {
      const zoom = this._wholeZoom();
      const { discs, full } = ClaimMap.gatherDiscs(this._columns, view.keep, view.standings, zoom, box, view.tally, view);
      this._full = full;
      const picked = new Set(view.cells);
      const litCells = this._litCells(zoom);
      for (const disc of discs) {
        disc.px = scale.x(disc.x);
        disc.py = scale.y(disc.y);
        disc.home = [disc.px, disc.py];
        disc.standing = ClaimMap.discStanding(disc.standings);
        disc.lit = disc.cells.some((cell) => picked.has(cell) || litCells.has(cell));
      }
      discs.forEach(this._stepAside, this);
      return discs;
    },

    _wholeZoom: function () {
      return Math.round(this._map.getZoom());
    },

    _litCells: function (zoom) {
      const level = ClaimMap.levelOf(zoom);
      const { cellOf, keys } = ClaimMap.gridOf(this._columns, level);
      const lit = [...this._lit].filter((claim) => cellOf[claim] >= 0);
      return new Set(lit.map((claim) => ClaimMap.cellName(keys[cellOf[claim]], level)));
    },

    // A ring or fan is never hidden by its own disc: where it lies under or at it, the disc moves off,
    // to the side where it lies clearest of the other extents and discs.
    _stepAside: function (disc, _, discs) {
      const own = this._extents.find(({ isStated, isLine, radius, centre }) => {
        const apart = Math.hypot(centre[0] - disc.px, centre[1] - disc.py);
        return isStated && !isLine && apart <= 6 && radius - disc.radius <= 13;
      });
      if (!own) return;
      const away = own.radius + disc.radius + 10;
      const near = ({ centre, radius, isLine }) =>
        isLine || Math.abs(Math.hypot(centre[0] - disc.px, centre[1] - disc.py) - radius) < 150;
      const others = this._extents.filter((extent) => extent !== own && extent.isStated && near(extent));
      let best = -Infinity;
      for (let turn = 0; turn < 16; turn++) {
        const angle = Math.PI * (0.75 + turn / 8);
        const [x, y] = [disc.home[0] + away * Math.cos(angle), disc.home[1] + away * Math.sin(angle)];
        const clear = Math.min(
          60,
          ...others.map((extent) => extent.distance(x, y)),
          ...discs.map((one) => (one === disc ? 60 : Math.hypot(one.px - x, one.py - y) - one.radius - disc.radius)),
        );
        if (clear > best + 0.5) [best, disc.px, disc.py, own.signTurn] = [clear, x, y, angle + Math.PI];
      }
    },

    _drawExtent: function (context, extent, colours) {
      if (!extent.isStated) {
        ClaimMap.drawDoubt(context, extent.path, extent, colours);
        return;
      }
      ClaimMap.drawExtent(context, extent.path, extent, colours);
      extent.placeHandle(this._inner());
      if (!extent.handle) return;
      ClaimMap.drawHandle(context, extent.side, ...extent.handle, colours);
      ClaimMap.drawRelations(context, extent.relations, ...extent.handle, ClaimMap.HANDLE_PX / 3, colours);
    },

    /** The part of the map the user sees, in layer pixels, with a margin. */
    _inner: function () {
      const min = this._map.containerPointToLayerPoint([14, 14]);
      const max = this._map.containerPointToLayerPoint(this._map.getSize().subtract([14, 14]));
      return L.bounds(min, max);
    },

    // While the days move only what is seen is drawn, and what reaches into it.
    _seen: function () {
      const edge = [BEYOND_PX, BEYOND_PX];
      const min = this._map.containerPointToLayerPoint([0, 0]).subtract(edge);
      const max = this._map.containerPointToLayerPoint(this._map.getSize()).add(edge);
      return L.bounds(min, max);
    },

    _drawDisc: function (context, disc, colours) {
      const [hx, hy] = disc.home;
      if (hx !== disc.px) {
        context.strokeStyle = colours.outline;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(hx, hy);
        context.lineTo(disc.px, disc.py);
        context.stroke();
        context.beginPath();
        context.arc(hx, hy, 2, 0, 7);
        context.fillStyle = colours.outline;
        context.fill();
      }
      ClaimMap.drawDisc(context, disc, colours);
      ClaimMap.drawRelations(context, disc.relations, disc.px, disc.py, disc.radius, colours);
    },

    _hit: function (event) {
      const { x, y } = event.layerPoint;
      let best = null;
      let least = HIT_PX;
      for (const extent of this._extents) {
        const far = extent.isStated ? extent.distance(x, y) : Infinity;
        if (far < least) [least, best] = [far, extent];
      }
      return best;
    },

    _clicked: function (event) {
      if (event.originalEvent.target.closest(".cm-mark, .cm-furniture")) return;
      const hit = this._hit(event);
      this.options.pick(hit ? { claim: hit.claims[hit.claims.length - 1], cells: [] } : { claim: null, cells: [] });
    },

    _hovered: function (event) {
      this._map.getContainer().classList.toggle("cm-over", Boolean(this._hit(event)));
    },
  });
})();
