/* What Python answers on the page, read here from the tables it wrote into this file: which cards
   stand beside the map (`cartography/panels.py`) and what the filters are called. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const NO_DAY = 65535;
  const FEWEST_COUNTED = 2;

  ClaimMap.Reading = class {
    /**
     * @param {Columns} columns
     * @param {Object} tables From `components/standalone/tables.py`.
     * @param {Object[]} words Of the claims, by their position.
     */
    constructor(columns, tables, words) {
      this.columns = columns;
      this.tables = tables;
      this.words = words;
      this.counting = new ClaimMap.Counting(columns);
    }

    /**
     * The cards beside the map.
     * @param {Object} state selection, claim, cells, page, and list: "unplaced" for the claims that
     *   have no place on the map.
     * @returns {Object} What `ClaimMap.parts.cards` draws, but for the address of the words.
     */
    cards({ selection, claim, cells, page, list }) {
      const view = {
        keep: this.counting.kept(selection, false).keep,
        standings: this.counting.standings(selection),
        asOf: ClaimMap.asOf(selection),
        clock: selection.clock,
      };
      if (claim !== null) return this.oneClaim(view, claim);
      if (cells.length) return this.disc(view, cells, page);
      return list === "unplaced" ? this.unplaced(view) : this.all(view, page);
    }

    /**
     * The claims that light up with a claim.
     * @param {Object} selection
     * @param {?number} claim
     * @returns {number[]}
     */
    voices(selection, claim) {
      if (claim === null) return [];
      const { keep } = this.counting.kept(selection, false);
      const lit = this.answering(claim, ClaimMap.asOf(selection)).filter((other) => keep[other]);
      return lit.slice(0, this.tables.most.lit);
    }

    /**
     * What is asked for, in short phrases: clock and filters, in the order of the page's status.
     * @param {Object} selection
     * @param {string[]} scenesNames What the scene's organisations and speakers are called.
     * @param {string} words What is looked for, from `ClaimMap.Search`.
     * @returns {string[]}
     */
    filters(selection, scenesNames, words) {
      const { phrases } = this.tables;
      const phrase = (name) => {
        if (!selection[name]) return "";
        const codes = selection[name].slice().sort((a, b) => a - b);
        return phrases[name].named[codes.join()] || phrases[name].many[codes.length];
      };
      const names = selection.organisation || selection.claimant ? scenesNames : [];
      const told = [ClaimMap.symbols.clocks[selection.clock], phrase("side"), ...names, phrase("kind"), phrase("standing"), words];
      if (!selection.side || !phrase("side")) told.push(phrases.everySide);
      if (selection.clock === "happened" && (selection.from !== null || selection.to !== null)) told.push(...phrases.undated);
      return told.filter(Boolean);
    }

    oneClaim(view, claim) {
      const { most } = this.tables;
      const voices = this.answering(claim, view.asOf);
      const shown = voices.filter((voice) => view.keep[voice]);
      const hidden = voices.length - shown.length;
      let hint = voices.length ? "" : "Nobody else in this record speaks to this proposition.";
      if (hidden) hint = ClaimMap.counted(hidden, "other voice") + " on this proposition outside the filters.";
      if (shown.length > most.voices) hint = (hint + " The first " + most.voices + " voices of " + ClaimMap.number(shown.length) + " are shown.").trim();
      return {
        heading: voices.length ? "One claim and who answers it" : "One claim",
        hint,
        groups: [this.group(view, this.topicOf(claim), [claim, ...shown.slice(0, most.voices)])],
        pager: null,
        picked: true,
        claim,
      };
    }

    disc(view, cells, page) {
      const { at, vocabulary } = this.columns;
      const positions = this.kept(view, (claim) => at.disc[claim] && cells.includes(this.cellOf(claim, cells[0])));
      const counts = new Map();
      for (const claim of positions) counts.set(at.place[claim], (counts.get(at.place[claim]) || 0) + 1);
      const places = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([place]) => vocabulary.place[place]);
      const where = places.join(" and ") + (counts.size > places.length ? " and nearby" : "");
      return Object.assign(this.listed(view, positions, page, this.tables.most.cards), {
        heading: positions.length ? ClaimMap.counted(positions.length, "claim") + " at " + where : "No claim here now",
        hint: positions.length ? "" : "The filters leave no claim at this place.",
        picked: true,
        counts: this.counted(positions),
      });
    }

    all(view, page) {
      const positions = this.kept(view, () => true);
      const topics = new Set(positions.map((claim) => this.topicOf(claim)));
      const none = "No claim matches these filters. Widen the days, or take a filter away.";
      return Object.assign(this.listed(view, positions, page, this.tables.most.cards), {
        heading: ClaimMap.counted(positions.length, "claim") + ", " + ClaimMap.counted(topics.size, "proposition"),
        hint: positions.length ? "Pick a mark on the map or a card: its other voices come up with it." : none,
        picked: false,
      });
    }

    unplaced(view) {
      const { most } = this.tables;
      const positions = this.kept(view, (claim) => !this.columns.at.placed[claim]);
      const more = positions.length > most.unplaced ? ", the newest " + most.unplaced + " here" : "";
      return Object.assign(this.listed(view, positions, 0, most.unplaced), {
        heading: ClaimMap.counted(positions.length, "claim") + " not placed" + more,
        hint: "What these claims are about has no honest point: a country, a region or no place at all.",
        picked: true,
        pager: null,
      });
    }

    // Those who answer a claim, as Python put them in order, but for what was said later.
    answering(claim, asOf) {
      const { said } = this.columns.at;
      const last = asOf === null ? Infinity : asOf - this.columns.firstDay;
      return this.others(claim).filter((other) => said[other] <= last);
    }

    others(claim) {
      const orders = this.tables.orders[this.topicOf(claim)];
      const opposes = this.tables.opposing.includes(this.words[claim].stance);
      return orders[opposes ? 1 : 0].filter((other) => other !== claim);
    }

    kept({ keep }, test) {
      const positions = [];
      for (let claim = 0; claim < keep.length; claim++) if (keep[claim] && test(claim)) positions.push(claim);
      return positions;
    }

    // A page of claims by proposition, the newest proposition first.
    listed(view, positions, wanted, size) {
      const topics = new Map();
      for (const claim of positions) {
        const topic = this.topicOf(claim);
        if (!topics.has(topic)) topics.set(topic, { topic, claims: [], newest: -1 });
        const one = topics.get(topic);
        one.claims.push(claim);
        one.newest = Math.max(one.newest, this.dayOf(claim, view.clock));
      }
      const rank = ({ topic }) => view.standings[topic];
      const order = [...topics.values()].sort((a, b) => b.newest - a.newest || rank(a) - rank(b) || a.topic - b.topic);
      const last = Math.max(0, Math.floor((positions.length - 1) / size));
      const page = Math.min(wanted, last);
      const [low, high] = [page * size, (page + 1) * size];
      const groups = [];
      let start = 0;
      for (const { topic, claims } of order) {
        const end = start + claims.length;
        if (start < high && end > low) {
          const read = this.inOrder(claims).slice(Math.max(0, low - start), high - start);
          groups.push(this.group(view, topic, read));
        }
        start = end;
      }
      const span = ClaimMap.number(low + 1) + "–" + ClaimMap.number(Math.min(high, positions.length)) + " of " + ClaimMap.number(positions.length);
      return { groups, pager: last ? { page, last, words: span + ", " + this.tables.newest[view.clock] } : null };
    }

    // The first that asserts it leads, and the others answer it.
    inOrder(claims) {
      const asserting = claims.find((claim) => this.words[claim].stance === "asserts");
      const lead = asserting === undefined ? claims[0] : asserting;
      const shown = new Set(claims);
      return [lead, ...this.others(lead).filter((other) => shown.has(other))];
    }

    group(view, topic, claims) {
      const standing = view.standings[topic];
      return { claims, standing: standing < ClaimMap.symbols.standings.length ? standing : null, counts: this.countsOf(topic, view.asOf) };
    }

    countsOf(topic, asOf) {
      const steps = this.tables.counts[topic].filter(([day]) => asOf === null || day <= asOf);
      return steps.length ? steps[steps.length - 1].slice(1) : ClaimMap.symbols.sides.flatMap(() => [0, 0]);
    }

    counted(positions) {
      if (positions.length < FEWEST_COUNTED) return null;
      const { at } = this.columns;
      const { kind } = this.tables.mapWords;
      const count = (codes, length) => positions.reduce((sums, claim) => (sums[codes[claim]]++, sums), new Array(length).fill(0));
      const kinds = count(at.kind, kind.length).map((found, code) => [kind[code], found]);
      return {
        sides: count(at.side, ClaimMap.symbols.sides.length),
        kinds: kinds.sort((a, b) => b[1] - a[1]).filter(([, found]) => found),
      };
    }

    topicOf(claim) {
      return this.columns.at.topic[claim];
    }

    // The last day a claim bears on a clock; -1 where it states none.
    dayOf(claim, clock) {
      const { at } = this.columns;
      if (clock === "said") return at.said[claim];
      const last = at.last[claim] === NO_DAY ? at.first[claim] : at.last[claim];
      return last === NO_DAY ? -1 : last;
    }

    // The grid cell a claim lies in, on the level of another one, as "level/x/y".
    cellOf(claim, other) {
      const { at, origin, shift } = this.columns;
      const level = Number(other.split("/")[0]);
      const cell = (axis, steps) => Math.floor((origin[axis] + steps[claim] * 2 ** shift) / 2 ** (32 - level));
      return [level, cell(0, at.x), cell(1, at.y)].join("/");
    }
  };
})();
