/* The words of the claims, fetched by blocks as they are shown and kept by the browser. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const BLOCK = 256;
  const MOST_ASKED = 250;
  const MOST_RECORDS = 2;
  const records = new Map();

  // What is known of a record. The parts of the page follow a new record one after the other: the one
  // before is kept beside it, and none older.
  function recordOf(base) {
    if (!records.has(base)) {
      records.set(base, { base, known: new Map(), blocks: new Map() });
      if (records.size > MOST_RECORDS) records.delete(records.keys().next().value);
    }
    return records.get(base);
  }

  /**
   * Get the words of claims.
   * @param {string} base Address of the record's words: "claims/<digest>/words/" where whole blocks are
   *   asked for, "claims/<digest>/words.json" where claims are by their positions.
   * @param {number[]} positions Of the claims wanted.
   * @param {function(Map<number, Object>): void} then Called once with the words by position: at
   *   once if they are here, else when they have come.
   * @param {function(Error): void} otherwise Called with a sentence if they cannot be had.
   */
  ClaimMap.words = function (base, positions, then, otherwise) {
    const record = recordOf(base);
    const give = () => then(new Map(positions.map((one) => [one, record.known.get(one)])));
    const missing = positions.filter((one) => !record.known.has(one));
    if (!missing.length) {
      give();
      return;
    }
    const fetched = inBlocks(base) ? fetchBlocks(record, missing) : fetchChosen(record, missing);
    fetched.then(give, otherwise);
  };

  const inBlocks = (base) => base.endsWith("/");

  /**
   * Keep words that came with the page itself: nobody is asked for them.
   * @param {string} base As for ClaimMap.words.
   * @param {Object[]} list Words of claims, each with its index.
   */
  ClaimMap.keepWords = function (base, list) {
    keep(recordOf(base), list);
  };

  function keep(record, list) {
    for (const words of list) record.known.set(words.index, words);
  }

  function fetchBlocks(record, positions) {
    const wanted = new Set(positions.map((one) => Math.floor(one / BLOCK)));
    return Promise.all([...wanted].map((block) => fetchBlock(record, block)));
  }

  function fetchBlock(record, block) {
    const { blocks } = record;
    if (!blocks.has(block)) {
      const file = fetchWords(record, record.base + block + ".json");
      file.catch(() => blocks.delete(block));
      blocks.set(block, file);
    }
    return blocks.get(block);
  }

  // One request after the other: there may be many.
  async function fetchChosen(record, positions) {
    for (let start = 0; start < positions.length; start += MOST_ASKED) {
      const asked = positions.slice(start, start + MOST_ASKED).filter((one) => !record.known.has(one));
      if (asked.length) await fetchWords(record, record.base + "?at=" + asked.join("."));
    }
  }

  async function fetchWords(record, url) {
    const answer = await ClaimMap.fetchOfRecord(url, "The words of the claims could not be read from the server. Reload the page.");
    keep(record, await answer.json());
  }
})();
