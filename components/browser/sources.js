/* Where claims and ground come from. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;

  /**
   * Draw the sources.
   * @param {Object} component Streamlit's component; data: file, digest, claims, read,
   *   left_out, span, outlets, ground.
   */
  ClaimMap.parts.sources = function (component) {
    const { data } = component;
    const root = ClaimMap.root(component, "div.cm-sources", {});
    ClaimMap.fill(
      root,
      h("h2", {}, "The claims"),
      h("dl.cm-loaded", {}, loaded(data).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h("ul", {}, data.outlets.map(oneOutlet)),
      h("h2", {}, "The ground"),
      h("ul", {}, data.ground.map(oneFile)),
      h("p.cm-hint", {}, "Drawn with Leaflet (BSD 2-Clause), folium (MIT) and Streamlit (Apache 2.0)."),
    );
  };

  // What is loaded: enough to tell one file, and one state of it, from another.
  function loaded(data) {
    const digest = h("code", { title: "SHA-256 " + data.digest }, data.digest.slice(0, 12));
    return [
      ["File", data.file],
      ["Rows read", ClaimMap.number(data.read)],
      ["Rows left out", ClaimMap.number(data.left_out)],
      ["Claims", ClaimMap.number(data.claims)],
      ["Said", data.span || "no claim"],
      ["SHA-256 begins", digest],
    ];
  }

  function oneOutlet(outlet) {
    return h(
      "li",
      {},
      h("b", {}, outlet.outlet),
      " · " + ClaimMap.counted(outlet.claims, "claim"),
      outlet.pages.map((page) => h("div", {}, ClaimMap.link(page.url, page.title))),
    );
  }

  function oneFile(file) {
    const accuracy = file.accuracy_m ? "Accuracy ±" + file.accuracy_m + " m. " : "";
    return h(
      "li",
      {},
      h("b", {}, file.title),
      h("div", {}, file.what),
      (file.from || []).map((source) => h("div", {}, "From: " + source)),
      h("div.cm-hint", {}, accuracy + (file.how_made || "")),
    );
  }
})();
