/* The presenter's pen: freehand strokes that stay on the ground while the map moves. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const APART_PX = 2;
  // From the lowest: a dashed casing that no claim has, a halo, the colour.
  const LAYERS = ["casing", "halo", "core"];

  ClaimMap.Pen = class {
    /**
     * @param {L.Map} map
     * @param {L.Renderer} renderer What strokes are drawn with.
     * @param {function(): void} changed Called when there is a stroke more or less.
     */
    constructor(map, renderer, changed) {
      this.map = map;
      this.renderer = renderer;
      this.changed = changed;
      this.strokes = [];
      this.stroke = null;
    }

    get count() {
      return this.strokes.length;
    }

    get isDown() {
      return this.stroke !== null;
    }

    start() {
      this.map.dragging.disable();
      this.map.boxZoom.disable();
    }

    stop() {
      this.up();
      this.map.dragging.enable();
      this.map.boxZoom.enable();
    }

    /** @param {L.Point} at Where the pen is set down, container pixels. */
    down(at) {
      this.up();
      this.last = at;
      this.places = [this.map.containerPointToLatLng(at)];
      this.stroke = LAYERS.map((name) =>
        L.polyline(this.places.slice(), {
          renderer: this.renderer,
          className: "cm-pen cm-pen-" + name,
          interactive: false,
          noClip: true,
          smoothFactor: 0.5,
        }).addTo(this.map),
      );
    }

    /** @param {L.Point} at Where the pen goes, down or not. */
    follow(at) {
      if (!this.stroke || at.distanceTo(this.last) < APART_PX) return;
      this.last = at;
      const place = this.map.containerPointToLatLng(at);
      this.places.push(place);
      for (const line of this.stroke) line.addLatLng(place);
    }

    /** Lift the pen; a mere dot is no stroke. */
    up() {
      const { stroke } = this;
      if (!stroke) return;
      this.stroke = null;
      if (this.places.length > 1) {
        this.strokes.push(stroke);
        this.changed();
      } else take(stroke);
    }

    /** @param {L.Point} at Where Enter is pressed: it sets the pen down and lifts it. */
    press(at) {
      if (this.isDown) this.up();
      else this.down(at);
    }

    undo() {
      if (this.isDown) take(this.stroke);
      else if (this.count) take(this.strokes.pop());
      this.stroke = null;
      this.changed();
    }

    clear() {
      if (this.isDown) take(this.stroke);
      this.stroke = null;
      for (const stroke of this.strokes.splice(0)) take(stroke);
      this.changed();
    }
  };

  function take(stroke) {
    for (const line of stroke) line.remove();
  }
})();
