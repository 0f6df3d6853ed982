/* Drawing the timeline's bars and its axis on a canvas. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const AXIS_PX = 17;
  const TOP_PX = 3;
  const LEFT_PX = 12;
  const WEEK = 7;
  const FADED = 0.38;
  const LABEL_PX = 56;
  const TICK_PX = 5;

  /**
   * @typedef {Object} Days What the timeline draws.
   * @property {number[]} edges From ClaimMap.cutDays.
   * @property {{sides: number[][], contested: boolean[], highest: number}} bars From ClaimMap.fillBars.
   * @property {{from: number, to: number}} view Days in view.
   * @property {{from: number, to: number}} window Days chosen; the others are faded.
   * @property {number} perDay Pixels a day.
   * @property {function(number): number} x Where a day begins, pixels.
   * @property {{width: number, height: number}} size Of the canvas, pixels.
   * @property {Object} colours From ClaimMap.colours.
   */

  /**
   * Draw bars, the marks of contested days and the axis.
   * @param {HTMLCanvasElement} canvas
   * @param {Days} days
   */
  ClaimMap.drawDays = function (canvas, days) {
    const { size } = days;
    const pen = ClaimMap.blankCanvas(canvas.getContext("2d"), { x: size.width, y: size.height });
    const height = size.height - AXIS_PX;
    days.bars.sides.forEach((_, bar) => drawBar(pen, days, bar, height));
    drawAxis(pen, days, height, size.width);
  };

  function drawBar(pen, { edges, bars, window, x, colours }, bar, height) {
    const perClaim = (height - TOP_PX) / Math.max(1, bars.highest);
    const [left, right] = [x(edges[bar]), x(edges[bar + 1])];
    const width = Math.max(1, right - left - (right - left > 5 ? 1 : 0));
    const inside = edges[bar] <= window.to && edges[bar + 1] > window.from;
    let top = height;
    pen.globalAlpha = inside ? 1 : FADED;
    bars.sides[bar].forEach((count, side) => {
      const size = count * perClaim;
      pen.fillStyle = colours.sides[side];
      pen.fillRect(left, top - size, width, size);
      top -= size;
    });
    pen.globalAlpha = 1;
    if (!bars.contested[bar]) return;
    // The sign of "contested": two colours, under the bar.
    for (const half of [0, 1]) {
      pen.fillStyle = colours.sides[half];
      pen.fillRect(left + (half * width) / 2, height + 1, width / 2, 2.5);
    }
  }

  function drawAxis(pen, days, height, right) {
    const { view, perDay, x, colours } = days;
    pen.fillStyle = colours.third;
    pen.font = "11px " + colours.font;
    pen.textBaseline = "alphabetic";
    let free = -Infinity;
    for (const [day, words] of perDay * WEEK > LABEL_PX ? weeks(view) : months(view)) {
      const at = Math.max(LEFT_PX, x(day));
      const width = pen.measureText(words).width;
      if (at < free || at + width > right - 2) continue;
      pen.fillRect(x(day), height, 1, TICK_PX);
      pen.fillText(words, at + 3, height + 15);
      free = at + width + 12;
    }
  }

  // The first day in view and the first of each month: "Jan 2023", "Feb", ...
  function months({ from, to }) {
    const { year, month } = ClaimMap.dateOf(from);
    const labels = [];
    for (let step = 0; ClaimMap.firstOfMonth(year, month + step) <= to; step++) {
      const start = ClaimMap.firstOfMonth(year, month + step);
      const date = ClaimMap.dateOf(start);
      const name = ClaimMap.monthWords(start).slice(0, 3);
      labels.push([Math.max(start, from), !step || date.month === 0 ? name + " " + date.year : name]);
    }
    return labels;
  }

  // The first day in view, the first of each month and every seventh day after it: "1 May", "8 May", ...
  function weeks({ from, to }) {
    const labels = [];
    for (let day = from; day <= to; day++) {
      const date = ClaimMap.dateOf(day);
      if (day === from || (date.day - 1) % WEEK === 0) labels.push([day, date.day + " " + ClaimMap.monthWords(day).slice(0, 3)]);
    }
    return labels;
  }
})();
