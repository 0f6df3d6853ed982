/* The least a Leaflet page can do with a million claims: filter, count by cell, draw discs. It has no
   Streamlit, no server behind it but one of files, no labels, no standings, no cards. What the map of
   the project takes is held against it. */
(function () {
  "use strict";
  const CELL_PX = 32;
  const SIDES = ["Ukraine", "Russia", "Third party"];
  const COLOURS = ["#0072B2", "#D55E00", "#444444"];
  const NOT_PLACED = 65535;
  const WORLD = 2 ** 32;
  const grip = document.getElementById("grip");
  const chart = document.getElementById("chart");
  const root = document.getElementById("map");

  /**
   * Read the arrays: x, y, first and last day as 16 bits, side as 8.
   * @returns {Promise<Object>} Also n, origin, step (world units of the positions) and days.
   */
  async function read() {
    const [header, buffer] = await Promise.all([
      fetch("events.json").then((answer) => answer.json()),
      fetch("events.bin").then((answer) => answer.arrayBuffer()),
    ]);
    const { n } = header;
    const [x, y, first, last] = [0, 1, 2, 3].map((at) => new Uint16Array(buffer, 2 * n * at, n));
    return Object.assign(header, { x, y, first, last, side: new Uint8Array(buffer, 8 * n, n) });
  }

  /**
   * Give each event the number of its cell, once a zoom level.
   * @param {Object} events From read.
   * @param {number} zoom
   * @returns {{cellOf: Int32Array, counts: Uint32Array, x: Float64Array, y: Float64Array}} x and y are
   *   sums of positions.
   */
  function gridOf({ n, x, y, origin, step }, zoom) {
    const size = (WORLD * CELL_PX) / 256 / 2 ** zoom;
    const cellOf = new Int32Array(n).fill(-1);
    const numbers = new Map();
    for (let i = 0; i < n; i++) {
      if (x[i] === NOT_PLACED) continue;
      const key = Math.floor((origin[1] + y[i] * step) / size) * 2 ** 20 + Math.floor((origin[0] + x[i] * step) / size);
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      cellOf[i] = numbers.get(key);
    }
    const cells = numbers.size;
    return { cellOf, counts: new Uint32Array(3 * cells), x: new Float64Array(cells), y: new Float64Array(cells) };
  }

  /**
   * Filter, and count what is kept by cell and side.
   * @param {Object} events From read.
   * @param {Object} grid From gridOf; its sums are written anew.
   * @param {{sides: boolean[], from: number, to: number}} chosen
   * @returns {number} How many are kept, placed or not.
   */
  function count({ n, side, first, last, x, y }, grid, { sides, from, to }) {
    const { cellOf, counts } = grid;
    const allowed = Uint8Array.from(sides, Number);
    let kept = 0;
    for (const sums of [counts, grid.x, grid.y]) sums.fill(0);
    for (let i = 0; i < n; i++) {
      if (!allowed[side[i]] || last[i] < from || first[i] > to) continue;
      kept++;
      const cell = cellOf[i];
      if (cell < 0) continue;
      counts[3 * cell + side[i]]++;
      grid.x[cell] += x[i];
      grid.y[cell] += y[i];
    }
    return kept;
  }

  /**
   * Draw a disc a cell: its area by the number of events, a wedge a side, the number in it.
   * @param {CanvasRenderingContext2D} pen
   * @param {L.Map} map
   * @param {Object} grid Counted.
   * @param {Object} events For the frame of the positions.
   */
  function draw(pen, map, grid, { origin, step }) {
    const corner = map.getPixelBounds().min;
    const scale = (256 * 2 ** map.getZoom()) / WORLD;
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.font = "12px sans-serif";
    pen.textAlign = "center";
    for (let cell = 0; cell < grid.x.length; cell++) {
      const bySide = grid.counts.subarray(3 * cell, 3 * cell + 3);
      const total = bySide[0] + bySide[1] + bySide[2];
      if (!total) continue;
      const px = (origin[0] + (grid.x[cell] / total) * step) * scale - corner.x;
      const py = (origin[1] + (grid.y[cell] / total) * step) * scale - corner.y;
      if (px < 0 || py < 0 || px > pen.canvas.width || py > pen.canvas.height) continue;
      const radius = Math.min(34, 8 + 3 * Math.sqrt(total));
      let angle = 0;
      bySide.forEach(function (events, side) {
        const end = angle + (events / total) * 2 * Math.PI;
        pen.beginPath();
        pen.moveTo(px, py);
        pen.arc(px, py, radius, angle, end);
        pen.fillStyle = COLOURS[side];
        pen.fill();
        angle = end;
      });
      pen.fillStyle = "#fff";
      pen.fillText(String(total), px, py + 4);
    }
  }

  /**
   * Add buttons that switch the sides, as in a legend.
   * @param {L.Map} map
   * @param {boolean[]} sides Changed in place.
   * @param {function(): void} changed
   */
  function addLegend(map, sides, changed) {
    const legend = L.control({ position: "topright" });
    legend.onAdd = function () {
      const host = L.DomUtil.create("div");
      SIDES.forEach(function (name, side) {
        const button = L.DomUtil.create("button", "", host);
        button.textContent = name;
        button.dataset.key = "legend-side-" + side;
        button.addEventListener("click", function () {
          const only = sides.filter(Boolean).length === 1 && sides[side];
          sides.forEach((_, at) => (sides[at] = only || at === side));
          changed();
        });
      });
      L.DomEvent.disableClickPropagation(host);
      return host;
    };
    legend.addTo(map);
  }

  /**
   * Let the last day be dragged.
   * @param {number} days Of the whole span.
   * @param {function(number): void} moved Called with the last day at each move and at the release.
   */
  function addBrush(days, moved) {
    const brush = document.getElementById("brush");
    grip.addEventListener("pointerdown", function (pressed) {
      grip.setPointerCapture(pressed.pointerId);
      const dayAt = (event) => Math.max(0, Math.min(days - 1, Math.round((event.offsetAtChart / chart.clientWidth) * days)));
      const move = function (event) {
        event.offsetAtChart = event.clientX - chart.getBoundingClientRect().left;
        const day = dayAt(event);
        brush.style.right = (100 * (days - 1 - day)) / days + "%";
        moved(day);
      };
      const end = function (event) {
        grip.removeEventListener("pointermove", move);
        move(event);
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", end, { once: true });
    });
  }

  /**
   * Draw the number of events a day, once.
   * @param {Object} events From read.
   */
  function drawBars({ n, first, days }) {
    const pen = chart.querySelector("canvas").getContext("2d");
    const [width, height] = [(pen.canvas.width = chart.clientWidth), (pen.canvas.height = chart.clientHeight)];
    const counts = new Uint32Array(days);
    for (let i = 0; i < n; i++) counts[first[i]]++;
    const most = Math.max(...counts);
    counts.forEach((events, day) => pen.fillRect((day * width) / days, height, width / days, (-height * events) / most));
  }

  read().then(function (events) {
    const map = L.map(root, { zoomControl: false, attributionControl: false }).setView([48.598, 37.93], 11);
    const size = map.getSize();
    const canvas = L.DomUtil.create("canvas", "", map.getPane("overlayPane"));
    Object.assign(canvas, { width: size.x, height: size.y });
    const grid = gridOf(events, map.getZoom());
    const chosen = { sides: [true, true, true], from: 0, to: events.days - 1 };
    let paints = 0;
    const paint = function () {
      const kept = count(events, grid, chosen);
      draw(canvas.getContext("2d"), map, grid, events);
      document.getElementById("status").textContent = kept + " of " + events.n + " claims shown";
      Object.assign(root.dataset, { shown: kept, total: events.n, painted: ++paints, ready: "true" });
    };
    addLegend(map, chosen.sides, paint);
    addBrush(events.days, function (day) {
      chosen.to = day;
      paint();
    });
    drawBars(events);
    paint();
  });
})();
