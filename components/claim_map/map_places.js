/* The map component: which map stands in which place of the page. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const PLACE = ".st-key-map";
  const maps = new WeakMap();

  /**
   * Mount or update the map. Called by Streamlit at each run of the page.
   * @param {Object} component Streamlit's component: data, parentElement, setTriggerValue.
   * @returns {function(): void} Takes the map away.
   */
  ClaimMap.parts.map = function (component) {
    const place = component.parentElement.closest(PLACE) || component.parentElement;
    const map = mapAt(place);
    map.connect(component);
    map.update(component.data);
    return () => maps.get(place) === map && ClaimMap.dropMap(place);
  };

  function mapAt(place) {
    let map = maps.get(place);
    for (const other of place.querySelectorAll("[data-cm-part]")) other.remove();
    if (map && !map.root.isConnected) {
      map.remove();
      map = null;
    }
    if (!map) {
      map = new ClaimMap.PageMap(place);
      maps.set(place, map);
    }
    return map;
  }

  /**
   * Show a scene at once; Python follows.
   * @param {Object} picture What of the map's message the scene changes; {} if only Python knows.
   */
  ClaimMap.showScene = function (picture) {
    const map = maps.get(document.querySelector(PLACE));
    if (map && map.drawn && picture.selection) map.showScene(picture);
  };

  /**
   * Draw a map in a place of the page.
   * @param {HTMLElement} place
   * @param {Object} message As Python's; a map that is there already has a later one.
   */
  ClaimMap.showMap = function (place, message) {
    if (!maps.has(place)) mapAt(place).update(message);
  };

  /**
   * Make a place that of the map in another place, which stays there until it enters the new one.
   * @param {HTMLElement} from
   * @param {HTMLElement} to
   * @returns {ClaimMap.PageMap}
   */
  ClaimMap.passMap = function (from, to) {
    const map = maps.get(from);
    maps.delete(from);
    maps.set(to, map);
    return map;
  };

  /**
   * Take away the map of a place, where there is one.
   * @param {HTMLElement} place
   */
  ClaimMap.dropMap = function (place) {
    const map = maps.get(place);
    maps.delete(place);
    if (map) map.remove();
  };
})();
