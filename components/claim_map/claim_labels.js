/* What the layer of claims writes once it is painted: the buttons of the marks, the notes, and what the names on
   the ground keep clear of. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const MOST_NOTES = 8;
  const MOST_FOR_NOTES = 30;

  /** How wide the sign on an extent's line is to the hand, pixels. */
  ClaimMap.HANDLE_PX = 26;

  ClaimMap.ClaimLayer.include({
    // The buttons of the marks; then towns first, then notes, then whatever names still find room.
    _label: function () {
      const view = this._view;
      const context = this._blank(this._pens[1]);
      const colours = this._colours;
      this._marks.show(this._findMarks(view));
      const names = view.names();
      const origin = this._map.containerPointToLayerPoint([0, 0]);
      const move = (rect, way) => ({ x: rect.x + way * origin.x, y: rect.y + way * origin.y, w: rect.w, h: rect.h });
      const taken = this._discs.map((disc) => square(disc.px, disc.py, disc.radius + 7));
      for (const extent of this._extents)
        if (extent.handle) taken.push(square(extent.handle[0], extent.handle[1], 11 * ClaimMap.typeScale()));
      for (const rect of view.furniture()) taken.push(move(rect, 1));
      for (const extent of this._extents) if (extent.isStated) taken.push(...extent.boxes());
      const towns = names ? names.placeTowns(taken.map((rect) => move(rect, -1))) : [];
      const blocked = taken.concat(towns.map((rect) => move(rect, 1)));
      const { min, max } = this._inner();
      const bounds = { x: min.x, y: min.y, w: max.x - min.x, h: max.y - min.y };
      const notes = (this._notes = ClaimMap.placeNotes(context, this._noteRequests(view), blocked, bounds, colours.font));
      for (const note of notes) ClaimMap.drawNote(context, note, colours);
      const boxOf = ({ x, y, width, height }) => move({ x, y, w: width, h: height }, -1);
      if (names) names.finish(notes.map(boxOf));
    },

    _noteRequests: function (view) {
      const requests = [];
      // Notes give way first as it gets crowded.
      if (this._extents.filter((extent) => extent.isStated).length > MOST_FOR_NOTES) return requests;
      const inner = this._inner();
      // What is picked comes first, then what is answered.
      const first = (extent) => (extent.lit ? 0 : extent.standing === 0 ? 1 : 2);
      for (const extent of this._extents.slice().reverse().sort((a, b) => first(a) - first(b))) {
        const note = extent.handle && this._columns.noteOf.get(extent.index);
        const lines = note ? ClaimMap.noteLines(note, view.keep, view.words.standing[extent.standing]) : [];
        if (!lines.length) continue;
        requests.push({ id: ClaimMap.noteId(extent), lines, side: extent.side, anchors: extent.anchors(inner) });
        if (requests.length === MOST_NOTES) break;
      }
      return requests;
    },

    _findMarks: function (view) {
      const inner = this._inner();
      const marks = [];
      for (const extent of this._extents) {
        if (!extent.handle) continue;
        const [x, y] = extent.handle;
        const note = this._columns.noteOf.get(extent.index);
        const lines = note ? ClaimMap.noteLines(note, view.keep, view.words.standing[extent.standing]) : [];
        marks.push({
          id: "shape-" + extent.index,
          x,
          y,
          size: ClaimMap.HANDLE_PX,
          label:
            (lines.join(". ") || "Claimed extent") +
            ClaimMap.freshWords(this._fresh, this._fresh.extents.get(extent)) +
            ClaimMap.relationWords(extent.relations),
          pressed: extent.claims.includes(view.claim),
          picks: { claim: extent.claims[extent.claims.length - 1], cells: [] },
        });
      }
      for (const disc of this._discs) {
        if (!inner.contains([disc.px, disc.py])) continue;
        marks.push({
          id: "disc-" + disc.cells[0],
          x: disc.px,
          y: disc.py,
          size: 2 * disc.radius,
          label: this._discLabel(disc, view),
          pressed: disc.cells.some((cell) => view.cells.includes(cell)),
          picks: disc.count === 1 ? { claim: disc.first, cells: [] } : { claim: null, cells: disc.cells },
        });
      }
      return marks;
    },

    _discLabel: function (disc, view) {
      const { at, vocabulary } = this._columns;
      const place = vocabulary.place[at.place[disc.first]] || "this place";
      const more = disc.cells.length > 1 ? " and nearby" : "";
      const parts = disc.sides
        .map((count, side) => (count ? view.words.side[side] + " " + count : ""))
        .filter(Boolean);
      const noun = disc.count === 1 ? " claim, " : " claims, ";
      const standing = "; " + view.words.standing[disc.standing] + ClaimMap.freshWords(this._fresh, this._fresh.discs.get(disc));
      return disc.count + noun + place + more + ": " + parts.join(", ") + standing + ClaimMap.relationWords(disc.relations);
    },
  });

  /**
   * Put names on a map, which the layer of claims places.
   * @param {L.Map} map
   * @returns {ClaimMap.NameLayer}
   */
  ClaimMap.nameLayer = function (map) {
    return new ClaimMap.NameLayer(ClaimMap.places, { names: ClaimMap.groundNames, driven: true }).addTo(map);
  };

  /**
   * @param {ClaimMap.Extent} extent
   * @returns {string} Of its note, which speaks of it as certain claims state it.
   */
  ClaimMap.noteId = ({ index, claims, standing }) => [index, standing, ...claims].join("/");

  function square(x, y, half) {
    return { x: x - half, y: y - half, w: 2 * half, h: 2 * half };
  }
})();
