/* When a part of the page draws: once what it shows is here, unless another message came meanwhile. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const A_LINE = "0px 0px -16px"; // A sliver at the window's foot is not read.
  const NOT_IN_SIGHT = "The claims come when this is in sight.";
  const NOT_READ = "This could not be read from the server. Reload the page.";

  /**
   * Draw a part once the words of its claims are here, unless another message came meanwhile. A message
   * that says what the one before said draws nothing.
   * @param {Object} component Streamlit's component; data.words is the address of the words.
   * @param {number[]} claims Positions.
   * @param {function(Map<number, Object>): void} draw
   */
  ClaimMap.withWords = function (component, claims, draw) {
    const late = begin(component);
    if (late) askFirst(component, claims, late, draw);
  };

  /**
   * The same for a part that names many claims and may not be in sight: a message that only says where
   * the part's content is asked for waits until it comes into sight.
   * @param {Object} component data: the content, or `ask`.
   * @param {function(Object): number[]} claimsOf The positions of a content's claims.
   * @param {function(Object, Map<number, Object>): void} draw
   */
  ClaimMap.withWordsInSight = function (component, claimsOf, draw) {
    const late = begin(component);
    if (!late) return;
    const { data } = component;
    const show = (content) => late() || askFirst(component, claimsOf(content), late, (words) => draw(content, words));
    if (!data.ask) {
      show(data);
      return;
    }
    onceInSight(ClaimMap.rootOf(component), function () {
      const asked = ClaimMap.fetchOfRecord(data.ask, NOT_READ).then((answer) => answer.json());
      asked.then(show, (error) => late() || failed(component, error, showFault(component)));
    });
  };

  /**
   * Draw more of a part once the words of the claims are here.
   * @param {Object} component Streamlit's component whose message the part shows.
   * @param {number[]} claims Positions.
   * @param {function(): boolean} late Whether they are not wanted any more.
   * @param {function(Map<number, Object>): void} draw
   */
  ClaimMap.withMoreWords = function (component, claims, late, draw) {
    ask(component, claims, late, draw, (fault) => ClaimMap.rootOf(component).append(fault));
  };

  // What tells whether another message came meanwhile; null where the part shows the message already.
  function begin(component) {
    const root = ClaimMap.rootOf(component);
    const message = JSON.stringify(component.data);
    if (root.cmMessage === message) return null;
    root.cmMessage = message;
    if (root.cmSight) root.cmSight.disconnect();
    return () => root.cmMessage !== message;
  }

  function onceInSight(root, act) {
    root.cmSight = new IntersectionObserver(
      function (seen) {
        if (seen.at(-1).isIntersecting) {
          root.cmSight.disconnect();
          act();
        } else ClaimMap.fill(root, ClaimMap.h("p.cm-hint", {}, NOT_IN_SIGHT)); // not what the filters before had left
      },
      { rootMargin: A_LINE },
    );
    root.cmSight.observe(root);
  }

  const askFirst = (component, claims, late, draw) => ask(component, claims, late, draw, showFault(component));

  // In place of what the part shows; the same message may then be drawn once more.
  const showFault = (component) =>
    function (fault) {
      const root = ClaimMap.rootOf(component);
      root.cmMessage = null;
      ClaimMap.fill(root, fault);
    };

  function ask(component, claims, late, draw, show) {
    ClaimMap.words(
      component.data.words,
      claims,
      (words) => late() || draw(words),
      (error) => late() || failed(component, error, show),
    );
  }

  function failed(component, error, show) {
    show(ClaimMap.h("p.cm-hint", { role: "alert" }, error.message));
    if (error instanceof ClaimMap.Stale) ClaimMap.teller(component)("stale", true);
  }
})();
