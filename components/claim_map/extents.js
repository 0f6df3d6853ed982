/* The stated geometries on screen: where they run, whose they are, what lies near them. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const SMALLEST_PX = 5;
  const ONE_SIDED = 2;
  const BOX_PX = 5;
  const STEP_PX = 1.5;
  const MOST_FILLED_PX = 160;
  const MOST_ANCHORS = 40;
  const MOST_STATED = 40;
  const MOST_MOVING = 16;
  const MOST_DOUBT = 14;
  const SAME_PLACE = 4000;
  const NORTH_EAST = -Math.PI / 4;

  /** One stated geometry, in layer pixels. */
  ClaimMap.Extent = class {
    /**
     * @param {Columns} columns
     * @param {number} index Of the shape in the columns.
     * @param {number[]} claims The kept claims that state it.
     * @param {Object} view As ClaimLayer.show takes it.
     * @param {{x: function, y: function, factor: number}} scale World units to layer pixels.
     * @param {Set<number>} lit Claims that light up.
     */
    constructor(columns, index, claims, view, scale, lit) {
      const shape = columns.shapes[index];
      const { box } = shape;
      const standing = view.standings[columns.at.topic[claims[0]]];
      this.shape = shape;
      this.index = index;
      this.claims = claims;
      this.isLine = shape.kind === "line";
      this.isStated = shape.extent;
      this.radius = ((box[2] - box[0]) * scale.factor) / 2;
      this.centre = [scale.x((box[0] + box[2]) / 2), scale.y((box[1] + box[3]) / 2)];
      this.side = columns.at.side[claims[0]];
      this.other = this.side === 0 ? 1 : 0;
      this.standing = standing < 4 ? standing : ONE_SIDED;
      this.lit = claims.some((claim) => lit.has(claim));
      this.fill = !this.isLine && this.radius <= MOST_FILLED_PX;
      this.signTurn = NORTH_EAST;
      this.handle = null;
      this.lines = shape.parts.map(function (part) {
        const line = [];
        for (let i = 0; i < part.length; i += 2) {
          const vertex = [scale.x(part[i]), scale.y(part[i + 1])];
          const last = i + 2 >= part.length;
          if (!line.length || last || apart(vertex, line[line.length - 1]) >= STEP_PX) line.push(vertex);
        }
        return line;
      });
      this.path = new Path2D();
      for (const line of this.lines) {
        line.forEach(([x, y], k) => (k ? this.path.lineTo(x, y) : this.path.moveTo(x, y)));
        if (shape.closed) this.path.closePath();
      }
    }

    /**
     * Find where it carries its sign: the visible vertex nearest to a fitting place on it.
     * @param {L.Bounds} seen What the user sees, in layer pixels.
     */
    placeHandle(seen) {
      const middle = seen.getCenter();
      const wanted = this.isLine
        ? [middle.x, middle.y]
        : [this.centre[0] + this.radius * Math.cos(this.signTurn), this.centre[1] + this.radius * Math.sin(this.signTurn)];
      this.handle = null;
      let least = Infinity;
      for (const line of this.lines)
        for (const vertex of line) {
          if (!seen.contains(vertex)) continue;
          const far = apart(vertex, wanted);
          if (far < least) [least, this.handle] = [far, vertex];
        }
    }

    /**
     * @param {number} x Layer pixels.
     * @param {number} y
     * @returns {number} Pixels from the point to its outline.
     */
    distance(x, y) {
      return Math.min(...this.lines.map((line) => toLine(line, x, y, this.shape.closed)));
    }

    /** @returns {Object[]} Small boxes along its outline, so that no label lies on it. */
    boxes() {
      const found = [];
      for (const line of this.lines) {
        let last = null;
        for (const vertex of line) {
          if (last && apart(vertex, last) < 7) continue;
          found.push({ x: vertex[0] - BOX_PX, y: vertex[1] - BOX_PX, w: 2 * BOX_PX, h: 2 * BOX_PX });
          last = vertex;
        }
      }
      return found;
    }

    /**
     * @param {L.Bounds} seen
     * @returns {number[][]} Where its note may start, the nearest to its sign first.
     */
    anchors(seen) {
      const list = [this.handle];
      for (const line of this.lines) {
        const step = Math.max(1, Math.floor(line.length / MOST_ANCHORS));
        for (let i = 0; i < line.length; i += step) if (seen.contains(line[i])) list.push(line[i]);
      }
      return list.sort((a, b) => apart(a, this.handle) - apart(b, this.handle));
    }
  };

  /**
   * Find the geometries of kept claims in a box, from the lowest to the topmost. Of the distances one
   * side states at one place only the longest is drawn, of many extents the largest (fewer while the
   * days move), and circles of doubt only where they are few; lit ones always.
   * @param {Columns} columns
   * @param {Object} view As ClaimLayer.show takes it.
   * @param {Object} scale
   * @param {number[]} box World units: west, north, east, south.
   * @param {Set<number>} lit
   * @returns {{drawn: ClaimMap.Extent[], left: {extents: number, shorter: number, doubt: number}}} Where
   *   claims lie below, what they state above, the lit ones last; and how many were left out: because
   *   others are larger, because their side states a longer one at the same place, because they are many.
   */
  ClaimMap.findExtents = function (columns, view, scale, box, lit) {
    const [west, north, east, south] = box;
    const stated = [];
    const doubt = [];
    columns.shapes.forEach(function (shape, index) {
      if (shape.box[2] < west || shape.box[0] > east || shape.box[3] < north || shape.box[1] > south) return;
      const size = (shape.box[2] - shape.box[0]) * scale.factor;
      if (size < 2 * SMALLEST_PX && shape.kind !== "line") return;
      const claims = shape.claims.filter((claim) => view.keep[claim]);
      if (!claims.length) return;
      const isArea = shape.kind === "area";
      const found = { index, claims, size, isArea, lit: claims.some((claim) => lit.has(claim)) };
      (shape.extent ? stated : doubt).push(found);
    });
    const longest = longestOfEach(columns, stated.sort((a, b) => b.size - a.size));
    const largest = longest.sort((a, b) => b.lit - a.lit || b.size - a.size).slice(0, view.moving ? MOST_MOVING : MOST_STATED);
    const circles = doubt.length > MOST_DOUBT ? doubt.filter((one) => one.lit || one.isArea) : doubt;
    const drawn = [...circles, ...largest.reverse()]
      .map(({ index, claims }) => new ClaimMap.Extent(columns, index, claims, view, scale, lit))
      .sort((a, b) => a.isStated - b.isStated || a.lit - b.lit);
    const left = {
      extents: longest.length - largest.length,
      shorter: stated.length - longest.length,
      doubt: doubt.length - circles.length,
    };
    return { drawn, left };
  };

  // Of rings and fans about one point the longest that each side states, and all that are lit.
  function longestOfEach(columns, sorted) {
    const seen = new Set();
    return sorted.filter(function ({ index, claims, lit }) {
      const { kind, box } = columns.shapes[index];
      if (kind === "line") return true;
      const key = [box[0] + box[2], box[1] + box[3]].map((sum) => Math.round(sum / SAME_PLACE)) + "/" + columns.at.side[claims[0]];
      const isLongest = !seen.has(key);
      seen.add(key);
      return isLongest || lit;
    });
  }

  function apart(a, b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  function toLine(line, x, y, closed) {
    let least = Infinity;
    for (let i = closed ? 0 : 1; i < line.length; i++) {
      const a = line[(i || line.length) - 1];
      const [dx, dy] = [line[i][0] - a[0], line[i][1] - a[1]];
      const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy));
    }
    return least;
  }
})();
