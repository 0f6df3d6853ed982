/* The words of the claims, fetched by blocks as they are shown and kept by the browser. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const BLOCK = 256;
  const MOST_BLOCKS = 8;
  const MOST_ASKED = 250;
  const known = new Map();
  const blocks = new Map();

  /**
   * Get the words of claims: by blocks among the first, which are all of a small record; else by their
   * positions, as those that are shown together lie far apart.
   * @param {string} base Address of the record's blocks, "claims/<digest>/words/".
   * @param {number[]} positions Of the claims wanted.
   * @param {function(Map<number, Object>): void} then Called once with the words by position: at
   *   once if they are here, else when they have come.
   * @param {function(Error): void} otherwise Called with a sentence if they cannot be had.
   */
  ClaimMap.words = function (base, positions, then, otherwise) {
    const give = () => then(new Map(positions.map((one) => [one, known.get(base + one)])));
    const missing = positions.filter((one) => !known.has(base + one));
    if (!missing.length) {
      give();
      return;
    }
    const wanted = [...new Set(missing.map((one) => Math.floor(one / BLOCK)))];
    const near = wanted.every((block) => block < MOST_BLOCKS);
    const files = near ? wanted.map((block) => fetchBlock(base, block)) : [fetchChosen(base, missing)];
    Promise.all(files).then(give, otherwise);
  };

  /**
   * Keep words that came with the page itself: nobody is asked for them.
   * @param {string} base As for ClaimMap.words.
   * @param {Object[]} list Words of claims, each with its index.
   */
  ClaimMap.keepWords = function (base, list) {
    for (const words of list) known.set(base + words.index, words);
  };

  function fetchBlock(base, block) {
    const url = base + block + ".json";
    if (!blocks.has(url)) {
      const file = fetchWords(base, url);
      file.catch(() => blocks.delete(url));
      blocks.set(url, file);
    }
    return blocks.get(url);
  }

  // One request after the other: there may be many.
  async function fetchChosen(base, positions) {
    for (let start = 0; start < positions.length; start += MOST_ASKED) {
      const asked = positions.slice(start, start + MOST_ASKED).filter((one) => !known.has(base + one));
      if (asked.length) await fetchWords(base, base.replace(/\/$/, ".json") + "?at=" + asked.join("."));
    }
  }

  async function fetchWords(base, url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (answer.status === 404) throw new ClaimMap.Stale("The claims file has changed. The page follows.");
    if (!answer.ok) throw new Error("The words of the claims could not be read from the server. Reload the page.");
    ClaimMap.keepWords(base, await answer.json());
  }
})();
