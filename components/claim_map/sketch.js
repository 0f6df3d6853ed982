/* The first picture of a large record, counted by the server (`cartography.sketch`): painted while the claims
   are on their way. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const COUNTS = 8;
  const LATE_MS = 1000;
  const MOVES = "movestart zoomstart";
  let first = null;

  /**
   * Ask for the sketch of the page's first view.
   * @param {?string} path Null where it has none.
   * @param {Object} message What the map shows first.
   */
  ClaimMap.fetchSketch = function (path, message) {
    if (!path) return;
    const read = ClaimMap.fetchOfRecord(path, "There is no sketch.").then((answer) => answer.json());
    // Where it cannot be had the map comes with the claims, and these say what is the matter.
    first = { of: JSON.stringify(message), read: read.catch(() => null) };
  };

  const sketchOf = async (message) => (first && first.of === JSON.stringify(message) ? first.read : null);

  /** The sketch on a map: claims without labels, of which none can be picked. */
  ClaimMap.Sketching = class {
    /**
     * @param {{map: function(): L.Map, painted: function(number, number), told: function(Object)}} hands The map;
     *   what hears how many claims are painted of how many; and what the status line says, as `ClaimMap.writeStatus`.
     */
    constructor({ map, painted, told }) {
      Object.assign(this, { map, painted, told, key: null, shown: null, layer: null });
      this.leave = () => this.moved();
    }

    /**
     * Show the sketch of a view, where there is one.
     * @param {Object} message What the map shows.
     * @param {number} zoom Whole zoom level.
     * @returns {Promise<void>} Fulfilled once it is on the screen, or is not going to be.
     */
    show(message, zoom) {
      const key = JSON.stringify([message, document.documentElement.dataset.cmTheme]);
      if (this.key !== key) {
        this.end();
        this.key = key;
        this.shown = this.draw(message, ClaimMap.levelOf(zoom), key);
      }
      return this.shown;
    }

    /** The claims have come, or another view is asked for. */
    end() {
      clearTimeout(this.late);
      this.key = null;
      if (!this.layer) return;
      this.map().off(MOVES, this.leave);
      this.layer.remove();
      this.layer = null;
    }

    async draw(message, level, key) {
      const sketch = await sketchOf(message);
      // Nobody sees a page in the background, and it has no frames to wait for.
      if (!sketch || this.key !== key || document.hidden || !(sketch.level - level in sketch.most)) return;
      const { columns, view } = ClaimMap.readSketch(sketch, level);
      const painted = () => this.painted(sketch.shown, sketch.total);
      this.layer = new ClaimMap.ClaimLayer(columns, { pick: () => {}, painted }).addTo(this.map());
      this.layer.show(view);
      this.tell = (isComing) => this.told(statusOf(sketch, message, isComing));
      this.map().on(MOVES, this.leave);
      this.late = setTimeout(() => this.tell(true), LATE_MS);
      await new Promise((done) => ClaimMap.oncePainted(done));
      if (this.layer) this.tell(false);
    }

    // Beyond the sketch's edges, and at other scales, an empty map would look like one without claims.
    moved() {
      const { key } = this;
      this.end();
      this.key = key; // It does not come again.
      this.tell(true);
    }
  };

  function statusOf({ shown, placed, total }, { words, selection }, isComing) {
    const told = ClaimMap.statusWords(words, selection, { isChosen: null, notPlaced: shown - placed, failed: false, isComing });
    return { words: told, shown, total, moving: false };
  }

  /**
   * Make of a sketch what the layer of claims draws.
   * @param {Object} sketch From `cartography.sketch`.
   * @param {number} level Of the grid that the map gathers its discs on; not finer than the sketch's.
   * @returns {{columns: Columns, view: Object}} Columns of as many claims as there are stated extents, with a grid
   *   that is counted already, and the view of them as ClaimLayer.show takes it.
   */
  ClaimMap.readSketch = function (sketch, level) {
    const columns = columnsOf(sketch, level);
    return { columns, view: viewOf(sketch, level, columns) };
  };

  function columnsOf(sketch, level) {
    const shapes = sketch.shapes.map((shape, index) => Object.assign({}, shape, { claims: [index] }));
    const counted = { keep: new Uint8Array(shapes.length).fill(1), standings: Uint8Array.from(sketch.standing) };
    return {
      n: shapes.length,
      origin: [0, 0],
      shift: 0,
      at: { topic: shapes.map((_, index) => index), side: sketch.side },
      shapes: ClaimMap.readShapes(shapes, ClaimMap.sumPoints(sketch.shape_points, sketch.point_shift)),
      grids: new Map([[level, Object.assign(gridOf(sketch, level), { counted })]]),
    };
  }

  function viewOf(sketch, level, { grids }) {
    const coarser = sketch.level - level;
    const [claim = null, ...voices] = sketch.extent_lit.map((isLit, index) => (isLit ? index : null)).filter((index) => index !== null);
    const cells = sketch.lit.map((cell) => cell.split("/").map(Number)).map(([, x, y]) => [level, x >> coarser, y >> coarser].join("/"));
    const least = () => ClaimMap.fullDisc(sketch.most[coarser]);
    return Object.assign({ claim, voices, cells, fresh: null, moving: false, tally: null, least, bare: true }, grids.get(level).counted);
  }

  // The sketch's cells, or coarser ones that each hold several of them.
  function gridOf(sketch, level) {
    const coarser = 2 ** (sketch.level - level);
    const [width, side] = [2 ** sketch.level, 2 ** level];
    const cells = new Map();
    sketch.keys.forEach(function (key, index) {
      const row = Math.floor(key / width);
      const cell = Math.floor(row / coarser) * side + Math.floor((key - row * width) / coarser);
      if (!cells.has(cell)) cells.set(cell, []);
      cells.get(cell).push(index);
    });
    const grid = ClaimMap.blankGrid(new Int32Array(0), [...cells.keys()]);
    const countsOf = (index) => sketch.counts.slice(index * COUNTS, (index + 1) * COUNTS);
    [...cells.values()].forEach((found, cell) =>
      found.forEach((index) => ClaimMap.addToCell(grid, cell, countsOf(index), sketch.x[index], sketch.y[index])),
    );
    return grid;
  }
})();
