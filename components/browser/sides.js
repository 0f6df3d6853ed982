/* Tables with a column a side, in sections that fold, shared by "who says what" and "numbers". */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const folds = new Map();

  /**
   * A section under a heading that folds; how the viewer left it holds while the page is open.
   * @param {string} name Its name among all sections of the page.
   * @param {(string|Node)[]} heading
   * @param {boolean} isOpen Whether it begins open.
   * @param {function(): (Node|Node[])} fill Makes what is in it, when it is open for the first time.
   * @returns {HTMLElement}
   */
  ClaimMap.fold = function (name, heading, isOpen, fill) {
    const open = folds.has(name) ? folds.get(name) : isOpen;
    const section = h("details.cm-fold", { open }, h("summary", { "data-key": "fold-" + name }, heading));
    const make = () => section.childElementCount === 1 && section.append(...[fill()].flat());
    if (open) make();
    section.addEventListener("toggle", function () {
      if (section.open !== open || folds.has(name)) folds.set(name, section.open);
      if (section.open) make();
    });
    return section;
  };

  /**
   * Open or fold all sections of a part, and remember it.
   * @param {HTMLElement} root
   * @param {boolean} open
   */
  ClaimMap.foldAll = function (root, open) {
    for (const section of root.querySelectorAll("details.cm-fold")) section.open = open;
  };

  /**
   * A table of rows against sides.
   * @param {string} caption What a screen reader calls it.
   * @param {string} first Heading of the first column.
   * @param {HTMLElement[]} rows Each tr from ClaimMap.sideRow, or a heading row.
   * @returns {HTMLElement}
   */
  ClaimMap.sideTable = function (caption, first, rows) {
    const heads = ClaimMap.symbols.sides.map(([side, words]) => h("th", { scope: "col" }, ClaimMap.sign(side), words));
    return h(
      "div.cm-scroll",
      { tabindex: 0, role: "region", "aria-label": caption },
      h(
        "table.cm-sides",
        {},
        h("caption.cm-unseen", {}, caption),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, first), heads)),
        h("tbody", {}, rows),
      ),
    );
  };

  /**
   * A claim in a cell of such a table: stance and day, who says it, and what else there is to say.
   * @param {Object} claim Its words.
   * @param {string} key Names the button among all of the part.
   * @param {function(number): void} pick
   * @param {...*} lines Between the speaker and whether it goes against the own side.
   * @returns {HTMLElement}
   */
  ClaimMap.claimCell = function (claim, key, pick, ...lines) {
    const speaker = claim.organisation === claim.claimant ? claim.claimant : claim.claimant + ", " + claim.organisation;
    return h(
      "button.cm-cell.cm-cell-" + claim.stance,
      { type: "button", "data-key": key, "data-claim": claim.id, onclick: () => pick(claim.index) },
      h("b", {}, ClaimMap.symbols.stances[claim.stance] + ", " + ClaimMap.dayAndMonth(claim.said)),
      h("span", {}, speaker),
      lines,
      claim.admission && h("span", {}, "against own side"),
    );
  };

  /**
   * Who a speaker is, and whether he speaks against his own side.
   * @param {Object} claim Its words.
   * @returns {string} "" where nothing is known.
   */
  ClaimMap.roleOf = (claim) => [claim.role, claim.admission && "against own side"].filter(Boolean).join(" · ");

  /**
   * A row of such a table.
   * @param {Node[]} head What its heading shows.
   * @param {Object[]} claims Words of the claims, each with its side.
   * @param {function(Object): HTMLElement} draw Draws a claim in its side's cell.
   * @returns {HTMLElement}
   */
  ClaimMap.sideRow = function (head, claims, draw) {
    const cells = ClaimMap.symbols.sides.map(([side, words]) =>
      h("td", { "data-side": words }, claims.filter((one) => one.side === side).map(draw)),
    );
    return h("tr", {}, h("th", { scope: "row" }, head), cells);
  };
})();
