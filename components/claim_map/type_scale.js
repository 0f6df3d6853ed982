/* How much larger the type on the map is while somebody presents: it is read from the end of a table. */
(function () {
  "use strict";
  const ClaimMap = (window.ClaimMap = window.ClaimMap || {});
  const STAGE_WIDTH = 1920;
  const STAGE_HEIGHT = 1080;
  // The least name of a town has 11.5 px on the page; a presentation at 1080p owes it 18.
  const ON_STAGE = 1.6;

  /**
   * What sizes of names, digits and notes on the map are multiplied by.
   * @returns {number} 1 on the page; 1.6 while presenting on a window of 1920 x 1080, in proportion on others, never below 1.
   */
  ClaimMap.typeScale = function () {
    if (!document.documentElement.hasAttribute("data-cm-present")) return 1;
    return Math.max(1, ON_STAGE * Math.min(window.innerWidth / STAGE_WIDTH, window.innerHeight / STAGE_HEIGHT));
  };
})();
