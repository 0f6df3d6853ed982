/* The words of the claims, fetched by blocks as they are shown and kept by the browser. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const BLOCK = 256;
  const blocks = new Map();

  /**
   * Get the words of claims.
   * @param {string} base Address of the record's blocks, "claims/<digest>/words/".
   * @param {number[]} positions Of the claims wanted.
   * @param {function(Map<number, Object>): void} then Called once with the words by position: at
   *   once if they are here, else when they have come.
   * @param {function(string): void} otherwise Called with a sentence if they cannot be had.
   */
  ClaimMap.words = function (base, positions, then, otherwise) {
    const wanted = [...new Set(positions.map((position) => Math.floor(position / BLOCK)))];
    const keys = wanted.map((block) => base + block + ".json");
    const give = () => then(new Map(positions.map((one) => [one, blocks.get(keys[wanted.indexOf(Math.floor(one / BLOCK))])[one % BLOCK]])));
    if (keys.every((key) => Array.isArray(blocks.get(key)))) {
      give();
      return;
    }
    Promise.all(keys.map(fetchBlock)).then(give, (error) => otherwise(error.message));
  };

  function fetchBlock(key) {
    if (!blocks.has(key)) {
      const file = fetch(key, { credentials: "same-origin" }).then(async function (answer) {
        if (!answer.ok) throw new Error("The words of the claims could not be read from the server. Reload the page.");
        const words = await answer.json();
        blocks.set(key, words);
        return words;
      });
      file.catch(() => blocks.delete(key));
      blocks.set(key, file);
    }
    return blocks.get(key);
  }
})();
