/* The last of the page's scripts: everything is there, the first view can be drawn. */
(function () {
  "use strict";
  window.ClaimMap.presentEarly();
  window.ClaimMap.drawEarly();
})();
