/* Reading the file of typed arrays that the server makes from the record. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const VERSION = 1;
  const TYPES = {
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    float64: Float64Array,
  };
  const NO_DAY = 65535;

  /**
   * @typedef {Object} Columns
   * @property {number} n Number of claims.
   * @property {number} firstDay Days since 1970-01-01 of day 0 of the day columns.
   * @property {Object<string, string[]>} vocabulary The words of each code.
   * @property {Object<string, TypedArray>} at The arrays: x, y, said, first, last, side, kind, ...
   * @property {Object[]} shapes The stated geometries, with `points` in world units.
   * @property {Map<number, Object>} noteOf The direct label of a shape, by its index.
   */

  /**
   * Read the file.
   * @param {ArrayBuffer} buffer As served at /claims/<digest>.bin.
   * @returns {Columns}
   * @throws {Error} If the file is of another kind or version.
   */
  ClaimMap.readColumns = function (buffer) {
    const view = new DataView(buffer);
    const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
    if (magic !== "CMAP") throw new Error("The claims file is not one of this map's.");
    const version = view.getUint16(4, true);
    if (version !== VERSION)
      throw new Error(
        "The claims file has version " + version + ", this page reads " + VERSION + ". Reload the page.",
      );
    const headerLength = view.getUint32(8, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 12, headerLength)));
    const body = 12 + headerLength;
    const at = {};
    for (const [name, entry] of Object.entries(header.columns))
      at[name] = new TYPES[entry.type](buffer, body + entry.at, entry.length);
    const columns = {
      n: header.n,
      digest: header.digest,
      firstDay: header.first_day,
      origin: header.origin,
      shift: header.shift,
      vocabulary: header.vocabulary,
      noteOf: new Map(header.notes.map((note) => [note.shape, note])),
      at,
    };
    columns.shapes = readShapes(header.shapes, at.shape_points);
    columns.unplaced = at.x.BYTES_PER_ELEMENT === 2 ? 0xffff : 0xffffffff;
    return columns;
  };

  function readShapes(table, points) {
    let start = 0;
    return table.map(function (shape) {
      const parts = shape.parts.map(function (length) {
        const part = points.subarray(start, start + 2 * length);
        start += 2 * length;
        return part;
      });
      return Object.assign({}, shape, { parts, box: boxOf(parts) });
    });
  }

  function boxOf(parts) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const part of parts)
      for (let i = 0; i < part.length; i += 2) {
        box[0] = Math.min(box[0], part[i]);
        box[1] = Math.min(box[1], part[i + 1]);
        box[2] = Math.max(box[2], part[i]);
        box[3] = Math.max(box[3], part[i + 1]);
      }
    return box;
  }

  /**
   * The standing of every topic as of a day.
   * @param {Columns} columns
   * @param {?number} asOf Days since 1970-01-01; null for the whole record.
   * @returns {Uint8Array} Per topic the code of its standing, 255 where nobody has spoken yet.
   */
  ClaimMap.standingsAsOf = function (columns, asOf) {
    const { step_topic: topic, step_day: day, step_standing: standing } = columns.at;
    const last = asOf === null ? NO_DAY : asOf - columns.firstDay;
    let topics = 0;
    for (let i = 0; i < topic.length; i++) topics = Math.max(topics, topic[i] + 1);
    const latest = new Int32Array(topics).fill(-1);
    const found = new Uint8Array(topics).fill(255);
    for (let i = 0; i < topic.length; i++) {
      if (day[i] > last || day[i] < latest[topic[i]]) continue;
      latest[topic[i]] = day[i];
      found[topic[i]] = standing[i];
    }
    return found;
  };

  /**
   * Tell which claims a selection keeps; the same rule as the server's `Selection.keep`.
   * @param {Columns} columns
   * @param {Object} selection from, to (days since 1970-01-01 or null), clock, and for side, kind,
   *   organisation, claimant, standing the list of codes kept (null = all); mask: base64 bits or null.
   * @param {Uint8Array} standings From standingsAsOf.
   * @returns {{keep: Uint8Array, count: number, notPlaced: number}} One byte a claim, 1 = kept; how
   *   many are kept, and how many of these have no place.
   */
  ClaimMap.keep = function (columns, selection, standings) {
    const { n, at } = columns;
    const keep = new Uint8Array(n);
    const tests = [];
    for (const name of ["side", "kind", "organisation", "claimant"])
      if (selection[name]) tests.push([at[name], allowed(columns.vocabulary[name].length, selection[name])]);
    const standing = selection.standing && allowed(256, selection.standing);
    const from = selection.from === null ? -1 : selection.from - columns.firstDay;
    const to = selection.to === null ? NO_DAY + 1 : selection.to - columns.firstDay;
    const said = selection.clock === "said";
    const first = said ? at.said : at.first;
    const last = said ? at.said : at.last;
    const bounded = selection.from !== null || selection.to !== null;
    const mask = selection.mask ? bits(selection.mask) : null;
    const { unplaced } = columns;
    let count = 0;
    let notPlaced = 0;
    next: for (let i = 0; i < n; i++) {
      if (bounded && (first[i] === NO_DAY || last[i] < from || first[i] > to)) continue;
      for (let t = 0; t < tests.length; t++) if (!tests[t][1][tests[t][0][i]]) continue next;
      if (standing && !standing[standings[at.topic[i]]]) continue;
      if (mask && !(mask[i >> 3] & (1 << (i & 7)))) continue;
      keep[i] = 1;
      count++;
      if (at.x[i] === unplaced) notPlaced++;
    }
    return { keep, count, notPlaced };
  };

  function allowed(size, kept) {
    const table = new Uint8Array(size);
    for (const code of kept) table[code] = 1;
    return table;
  }

  function bits(base64) {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  }
})();
