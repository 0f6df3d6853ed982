/* Reading the file of typed arrays that the server makes from the record. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const VERSION = 2;
  const TYPES = [null, Uint8Array, Uint16Array, Uint32Array, Uint32Array];
  const NO_DAY = 65535;
  const NO_LAG = 65536;

  /**
   * @typedef {Object} Columns
   * @property {number} n Number of claims.
   * @property {number} firstDay Days since 1970-01-01 of day 0 of the day columns.
   * @property {Object<string, string[]>} vocabulary The words of each code.
   * @property {Object<string, TypedArray>} at The arrays: x, y, said, first, last, side, kind, ...
   * @property {Object[]} shapes The stated geometries, with `points` in world units.
   * @property {{get: function(number): ?Object}} noteOf The direct label of a shape, by its index.
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
    const at = unpack(header, new Uint8Array(buffer, 12 + headerLength));
    const columns = {
      n: header.n,
      digest: header.digest,
      firstDay: header.first_day,
      origin: header.origin,
      shift: header.shift,
      vocabulary: header.vocabulary,
      at,
    };
    columns.shapes = ClaimMap.readShapes(header.shapes, at.shape_points);
    columns.noteOf = new Notes(columns, header);
    return columns;
  };

  // The arrays as the rest of the page reads them, each read when it is first asked for: the first
  // picture needs no event days, kinds and organisations. How they are packed is in docs/typed-arrays.md.
  function unpack(header, body) {
    const packed = {};
    for (const [name, entry] of Object.entries(header.columns))
      whenAsked(packed, name, () =>
        entry.varints === undefined ? readNumbers(body, entry, packed[entry.by]) : readVarints(body, entry),
      );
    const at = {};
    for (const name of Object.keys(packed)) whenAsked(at, name, () => packed[name]);
    for (const name of ["x", "y"]) whenAsked(at, name, () => markUnplaced(packed[name]));
    for (const name of ["said", "step_day"]) whenAsked(at, name, () => new Uint16Array(packed[name]));
    const days = {};
    whenAsked(days, "both", () => unpackDays(at));
    for (const name of ["first", "last"]) whenAsked(at, name, () => days.both[name]);
    whenAsked(at, "step_topic", () => repeat(at.step_count, at.step_day.length));
    whenAsked(at, "shape_points", () => ClaimMap.sumPoints(packed.shape_points, header.point_shift));
    whenAsked(at, "placed", () => placedOf(at.x));
    whenAsked(at, "disc", () => without(at.placed, at.no_disc));
    return at;
  }

  function whenAsked(object, name, read) {
    let value;
    Object.defineProperty(object, name, {
      configurable: true,
      enumerable: true,
      get: () => (value === undefined ? (value = read()) : value),
    });
  }

  // Three bytes hold a place; none at all is their highest number.
  function markUnplaced(axis) {
    if (axis.BYTES_PER_ELEMENT === 4) for (let i = 0; i < axis.length; i++) if (axis[i] === 0xffffff) axis[i] = 0xffffffff;
    return axis;
  }

  function placedOf(x) {
    const unplaced = x.BYTES_PER_ELEMENT === 2 ? 0xffff : 0xffffffff;
    const placed = new Uint8Array(x.length);
    for (let i = 0; i < x.length; i++) placed[i] = x[i] === unplaced ? 0 : 1;
    return placed;
  }

  function without(flags, claims) {
    const left = flags.slice();
    for (const claim of claims) left[claim] = 0;
    return left;
  }

  function readNumbers(body, entry, key) {
    if (!key) return readPlanes(body, entry.at, entry.bytes, entry.length);
    const table = readPlanes(body, entry.at, entry.bytes, entry.keys);
    const bits = entry.at + entry.bytes * entry.keys;
    const values = new TYPES[entry.bytes](entry.length);
    if (!entry.others) {
      for (let i = 0; i < values.length; i++) values[i] = table[key[i]];
      return values;
    }
    const others = readPlanes(body, bits + Math.ceil(entry.length / 8), entry.bytes, entry.others);
    let next = 0;
    for (let i = 0; i < values.length; i++)
      values[i] = body[bits + (i >> 3)] & (1 << (i & 7)) ? others[next++] : table[key[i]];
    return values;
  }

  function readPlanes(body, start, bytes, length) {
    const values = new TYPES[bytes](length);
    const [low, middle, high] = [start, start + length, start + 2 * length];
    if (bytes === 1) values.set(body.subarray(start, start + length));
    else if (bytes === 2) for (let i = 0; i < length; i++) values[i] = body[low + i] | (body[middle + i] << 8);
    else if (bytes === 3) for (let i = 0; i < length; i++) values[i] = body[low + i] | (body[middle + i] << 8) | (body[high + i] << 16);
    else for (let i = 0; i < length; i++) values[i] = body[low + i] | (body[middle + i] << 8) | (body[high + i] << 16) | (body[high + length + i] << 24);
    return values;
  }

  function readVarints(body, entry) {
    const values = new Float64Array(entry.length);
    let from = entry.at;
    for (let i = 0; i < values.length; i++) {
      let number = 0;
      let unit = 1;
      for (let more = true; more; unit *= 128) {
        const byte = body[from++];
        number += (byte & 127) * unit;
        more = byte > 127;
      }
      values[i] = number % 2 ? -(number + 1) / 2 : number / 2;
    }
    return values;
  }

  function unpackDays({ said, event, event_days: days }) {
    const first = new Uint16Array(said.length).fill(NO_DAY);
    const last = new Uint16Array(said.length).fill(NO_DAY);
    const lags = Int32Array.from(days.filter((_, i) => i % 2 === 0));
    const spans = Int32Array.from(days.filter((_, i) => i % 2 === 1));
    for (let i = 0; i < said.length; i++) {
      const lag = lags[event[i]];
      if (lag === NO_LAG) continue;
      first[i] = said[i] - lag;
      last[i] = first[i] + spans[event[i]];
    }
    return { first, last };
  }

  function repeat(counts, length) {
    const topics = new Uint32Array(length);
    let from = 0;
    counts.forEach(function (count, topic) {
      topics.fill(topic, from, from + count);
      from += count;
    });
    return topics;
  }

  /**
   * @param {TypedArray|number[]} steps From point to point, x and y in turn.
   * @param {number} shift Of the unit of a step.
   * @returns {TypedArray|number[]} The points in world units, x and y in turn.
   */
  ClaimMap.sumPoints = function (steps, shift) {
    const sums = [0, 0];
    const unit = 2 ** shift;
    return steps.map((step, i) => (sums[i % 2] += step) * unit);
  };

  // The direct labels of shapes; who states one and who answers is looked up when it is asked for.
  class Notes {
    constructor(columns, header) {
      this._columns = columns;
      this._verbs = header.verbs;
      this._of = new Map(header.notes.map((note) => [note.shape, note]));
      this._onTopic = null;
    }

    get(shape) {
      const note = this._of.get(shape);
      if (note && !note.voices) note.voices = this._voices(this._columns.shapes[shape].claims);
      return note;
    }

    _voices(owners) {
      this._onTopic = this._onTopic || this._gather();
      const { topic } = this._columns.at;
      const others = new Set(owners.flatMap((claim) => this._onTopic[topic[claim]]));
      for (const claim of owners) others.delete(claim);
      // Who answers comes before who joins in: a note must not show one side alone.
      const joinsIn = (claim) => (this._stance[claim] < 2 ? 1 : 0);
      const sorted = Array.from(others).sort((a, b) => joinsIn(a) - joinsIn(b) || a - b);
      return owners.map((claim) => this._voice(claim, true)).concat(sorted.map((claim) => this._voice(claim, false)));
    }

    // The claims on the topics of the shapes, in one pass over the record.
    _gather() {
      const { at, shapes, n } = this._columns;
      const { topic, note_stance: stance } = at;
      const found = [];
      for (const index of this._of.keys()) for (const claim of shapes[index].claims) found[topic[claim]] = [];
      const noted = Uint8Array.from(found, (claims) => (claims ? 1 : 0));
      this._stance = new Uint8Array(n);
      let next = 0;
      for (let i = 0; i < n; i++) {
        if (!noted[topic[i]]) continue;
        this._stance[i] = stance[next++];
        found[topic[i]].push(i);
      }
      return found;
    }

    _voice(claim, dated) {
      const { at, vocabulary, firstDay } = this._columns;
      const text = vocabulary.claimant[at.claimant[claim]] + " " + this._verbs[this._stance[claim]];
      if (!dated) return { claim, text };
      const day = firstDay + at.said[claim];
      return { claim, text: text + ", " + ClaimMap.dateOf(day).day + " " + ClaimMap.monthWords(day) };
    }
  }

  /**
   * @param {Object[]} table Of each shape the points of its parts, and more.
   * @param {TypedArray|number[]} points From ClaimMap.sumPoints.
   * @returns {Object[]} The table with the points of each part and the box of each shape, world units.
   */
  ClaimMap.readShapes = function (table, points) {
    let start = 0;
    return table.map(function (shape) {
      const parts = shape.parts.map(function (length) {
        const part = points.slice(start, start + 2 * length);
        start += 2 * length;
        return part;
      });
      return Object.assign({}, shape, { parts, box: boxOf(parts) });
    });
  };

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
    const topics = columns.at.step_count.length;
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
    const keep = new Uint8Array(n).fill(1);
    // One plain pass a test: a loop without branches is many times as fast as one that jumps about.
    for (const name of ["side", "kind", "organisation", "claimant"])
      if (selection[name]) only(keep, at[name], allowed(columns.vocabulary[name].length, selection[name]));
    if (selection.standing) only(keep, at.topic, standings.map((standing) => (selection.standing.includes(standing) ? 1 : 0)));
    if (selection.from !== null || selection.to !== null) onlyDays(keep, columns, selection);
    if (selection.mask) onlyBits(keep, bits(selection.mask));
    const { placed } = at;
    let count = 0;
    let onMap = 0;
    for (let i = 0; i < n; i++) {
      count += keep[i];
      onMap += keep[i] & placed[i];
    }
    return { keep, count, notPlaced: count - onMap };
  };

  function only(keep, codes, table) {
    for (let i = 0; i < keep.length; i++) keep[i] &= table[codes[i]];
  }

  // No day is the highest number there is: it lies after every window that ends.
  function onlyDays(keep, { at, firstDay }, { from, to, clock }) {
    const said = clock === "said";
    const first = said ? at.said : at.first;
    const last = said ? at.said : at.last;
    const low = from === null ? -1 : from - firstDay;
    const high = to === null ? NO_DAY - 1 : Math.min(NO_DAY - 1, to - firstDay);
    for (let i = 0; i < keep.length; i++) keep[i] &= (last[i] >= low) & (first[i] <= high);
  }

  function onlyBits(keep, mask) {
    for (let i = 0; i < keep.length; i++) keep[i] &= mask[i >> 3] >> (i & 7);
  }

  function allowed(size, kept) {
    const table = new Uint8Array(size);
    for (const code of kept) table[code] = 1;
    return table;
  }

  function bits(base64) {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  }
})();
