/* What stands around the map while somebody presents: marking, title, line of text, claim, tools. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const page = document.documentElement;

  ClaimMap.Stage = class {
    /** @param {{step: function(number), help: function(), leave: function()}} hands */
    constructor(hands) {
      const tool = (words, name, act) => h("button.cm-stage-tool", { type: "button", "aria-label": name, title: name, onclick: act }, words);
      this.before = tool("‹", "Scene before", () => hands.step(-1));
      this.next = tool("›", "Next scene", () => hands.step(1));
      this.count = h("span.cm-stage-count");
      this.title = h("h2");
      this.text = h("p");
      this.markings = [h("p.cm-handling"), h("p.cm-handling")];
      this.card = h("aside.cm-stage-card", { "aria-label": "The claim", tabindex: 0, hidden: true });
      this.live = h("p.cm-unseen", { role: "status", "aria-live": "polite" });
      this.blank = h("div.cm-stage-blank", { hidden: true });
      this.steps = h("span.cm-stage-steps", {}, this.before, this.count, this.next);
      const tools = h("div.cm-stage-tools", {}, this.steps, tool("?", "Keys", hands.help), tool("✕", "Leave the presentation", hands.leave));
      this.head = h("header.cm-stage-head", {}, h("div", {}, this.title, this.text), tools);
      this.root = h(
        "section.cm-stage",
        { "aria-label": "Presentation", "data-testid": "stage", tabindex: -1 },
        this.markings[0],
        this.head,
        this.card,
        this.markings[1],
        this.live,
      );
      this.sized = new ResizeObserver(() => this.makeRoom());
    }

    /** Come up; the page behind goes out of sight, and out of reach of keys and screen readers. */
    enter() {
      page.dataset.cmPresent = "";
      document.body.append(this.root, this.blank);
      this.sized.observe(this.root);
      this.sized.observe(this.head);
      this.root.focus({ preventScroll: true });
    }

    /** Go; the page is as it was. */
    leave() {
      this.sized.disconnect();
      this.root.remove();
      this.black(false);
      this.blank.remove();
      delete page.dataset.cmPresent;
    }

    /** @param {boolean} on Whether the screen is black. */
    black(on) {
      this.blank.hidden = !on;
      if (on) this.live.textContent = "The screen is black.";
    }

    /**
     * Show the words of a scene; the claim, which follows, makes room for both.
     * @param {{title: string, text: string, handling: string, index: number, of: number}} words
     */
    show({ title, text, handling, index, of }) {
      this.title.textContent = ClaimMap.visible(title);
      this.text.textContent = ClaimMap.visible(text);
      this.text.hidden = !text;
      for (const marking of this.markings) marking.textContent = ClaimMap.visible(handling);
      const number = of ? index + 1 + " of " + of : "";
      this.steps.hidden = !of;
      this.count.textContent = number;
      this.before.disabled = index <= 0;
      this.next.disabled = index >= of - 1;
      const told = (number ? "Scene " + number + ": " : "") + ClaimMap.visible(title);
      // Said once it is there: a live region that comes with its words is not read.
      requestAnimationFrame(() => (this.live.textContent = told));
    }

    /** @param {?Object} words The claim's words; null for none, and undefined while they come. */
    showClaim(words) {
      this.card.hidden = words === null;
      if (words) ClaimMap.fill(this.card, claimCard(words));
      else this.card.replaceChildren();
      this.makeRoom();
    }

    // The map fills what the words leave: nothing of it lies under them.
    makeRoom() {
      if (!this.root.isConnected) return;
      const top = this.head.getBoundingClientRect().bottom;
      const end = window.innerHeight - this.markings[1].getBoundingClientRect().top;
      const card = this.card.hidden ? null : this.card.getBoundingClientRect();
      const beside = card && card.width < window.innerWidth * 0.7;
      page.style.setProperty("--cm-stage-top", top + "px");
      page.style.setProperty("--cm-stage-end", end + (card && !beside ? card.height : 0) + "px");
      page.style.setProperty("--cm-stage-side", (beside ? card.width : 0) + "px");
    }
  };

  function claimCard(card) {
    const source = ClaimMap.link(card.url, card.outlet || "source not named");
    const role = ClaimMap.roleOf(card);
    return h(
      "article",
      { "data-claim": card.id },
      h("h3", {}, ClaimMap.sign(card.side, ClaimMap.sideWords(card.side)), card.claimant),
      role && h("p.cm-stage-meta", {}, role),
      h("p", {}, h("span.cm-stage-stance", {}, ClaimMap.symbols.stances[card.stance])),
      h("p", {}, card.statement),
      card.quote && h("p.cm-stage-quote", {}, "“" + card.quote + "”"),
      h("p.cm-stage-meta", {}, card.when, " · ", source),
    );
  }
})();
