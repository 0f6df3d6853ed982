/* Runs in a page before its own scripts: tells which WebGL picture has been drawn to its end. */
(function () {
  "use strict";
  if (!window.WebGL2RenderingContext) return;
  const made = WebGL2RenderingContext.prototype;
  const now = { most: 0, gl: null };
  let fence = null;
  let fenced = 0;
  let shown = null;

  for (const name of ["drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = made[name];
    made[name] = function (...asked) {
      now.most = Math.max(now.most, asked[asked.length - 1]);
      now.gl = this;
      return draw.apply(this, asked);
    };
  }

  /**
   * Tell how many instances the last finished picture drew at once: the points of a scatter plot.
   * @returns {?string} null while a picture is on its way.
   */
  window.benchGl = function () {
    const { gl } = now;
    if (fence) {
      if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) return null;
      gl.deleteSync(fence);
      fence = null;
      shown = String(fenced);
    }
    if (now.most) {
      fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      fenced = now.most;
      now.most = 0;
      return null;
    }
    return shown;
  };
})();
