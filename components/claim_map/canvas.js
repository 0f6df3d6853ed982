/* A canvas made ready to be drawn on anew. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});

  /**
   * Give a canvas a size in CSS pixels, as sharp as the screen, and wipe it.
   * @param {CanvasRenderingContext2D} pen
   * @param {{x: number, y: number}} size CSS pixels.
   * @param {{x: number, y: number}} [corner] What its upper left corner is called from now on; 0, 0 by default.
   * @returns {CanvasRenderingContext2D} The pen, in CSS pixels.
   */
  ClaimMap.blankCanvas = function (pen, size, corner) {
    const { canvas } = pen;
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = corner || { x: 0, y: 0 };
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(ratio, 0, 0, ratio, -x * ratio, -y * ratio);
    return pen;
  };
})();
