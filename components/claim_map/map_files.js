/* The files a map is drawn from, fetched once however often the map is mounted, and the
   connection to the server they come from. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const LINK = "data-test-connection-state"; // Streamlit's own mark on its page
  const files = new Map();

  /**
   * Fetch and read the columns of a record; those of another record are let go.
   * @param {string} url With the record's digest in it.
   * @returns {Promise<Columns>} Rejected with ClaimMap.Stale where the server has another record by now.
   */
  ClaimMap.fetchColumns = function (url) {
    if (!files.has(url)) {
      files.clear();
      const file = ClaimMap.fetchOfRecord(url, "The claims could not be read from the server. Reload the page.");
      const columns = file.then((answer) => answer.arrayBuffer()).then(ClaimMap.readColumns);
      columns.catch(() => files.delete(url)); // The next run asks again.
      files.set(url, columns);
    }
    return files.get(url);
  };

  /**
   * Keep columns that came with the page itself: nobody is asked for them.
   * @param {string} url As for ClaimMap.fetchColumns.
   * @param {ArrayBuffer} buffer The file.
   * @returns {Columns}
   */
  ClaimMap.keepColumns = function (url, buffer) {
    const columns = ClaimMap.readColumns(buffer);
    files.set(url, Promise.resolve(columns));
    return columns;
  };

  /**
   * Wait for the ground's script, which defines ClaimMap.ground, ClaimMap.places and
   * ClaimMap.groundNames. The server puts it into the page's head.
   * @param {string} url
   * @returns {Promise<void>}
   */
  ClaimMap.loadGround = function (url) {
    if (ClaimMap.ground) return Promise.resolve();
    return new Promise(function (done, fail) {
      const src = new URL(url, document.baseURI).href;
      let tag = [...document.scripts].find((one) => one.src === src);
      if (!tag) {
        tag = Object.assign(document.createElement("script"), { src });
        document.head.append(tag);
      }
      tag.addEventListener("load", done);
      tag.addEventListener("error", () => fail(new Error("The ground of the map could not be read from the server.")));
    });
  };

  /**
   * Watch the connection to the server.
   * @param {function(): void} back Called when it is there again.
   * @returns {function(): void} Ends the watch.
   */
  ClaimMap.watchLink = function (back) {
    const isBack = (one) => one.oldValue !== "CONNECTED" && one.target.getAttribute(LINK) === "CONNECTED";
    const watch = new MutationObserver((changes) => changes.some(isBack) && back());
    watch.observe(document.documentElement, { subtree: true, attributeFilter: [LINK], attributeOldValue: true });
    return () => watch.disconnect();
  };
})();
