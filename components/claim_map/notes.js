/* Direct labels: a few words beside a stated extent, placed where they touch nothing. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const TITLE = 13;
  const BODY = 12;
  const LEADING = 16;
  const GAPS = [16, 34, 60, 92];
  const BASE = 12;
  const SIDES = ["e", "w", "ne", "se", "nw", "sw", "s", "n"];

  /**
   * The lines of a note for what is kept: its title, who says it, who answers.
   * @param {{title: string, caveat: string, owners: number, voices: {claim: number, text: string}[]}} note
   *   The first `owners` voices state the extent, the others answer.
   * @param {Uint8Array} keep One byte a claim.
   * @param {string} standing Words of the standing, or "".
   * @returns {string[]} Empty if nobody kept states the extent.
   */
  ClaimMap.noteLines = function (note, keep, standing) {
    const kept = (voice) => keep[voice.claim];
    const owners = note.voices.slice(0, note.owners).filter(kept);
    const answers = note.voices.slice(note.owners).filter(kept);
    if (!owners.length) return [];
    const more = answers.length > 1 ? " · " + (answers.length - 1) + " more" : "";
    const last = answers.length ? answers[0].text + more : note.caveat;
    const title = answers.length && note.caveat ? note.title + ", " + note.caveat : note.title;
    return [title, owners[0].text, [last, standing].filter(Boolean).join(" · ")].filter(Boolean).map(ClaimMap.visible);
  };

  /**
   * Place notes beside their anchors; those without room are left out.
   * @param {CanvasRenderingContext2D} context For measuring.
   * @param {{id: string, lines: string[], anchors: number[][], side: number}[]} notes
   * @param {Object[]} taken Rectangles to keep clear of.
   * @param {Object} bounds Rectangle to stay in.
   * @param {string} font
   * @returns {Object[]} The notes placed, with rectangle and anchor.
   */
  ClaimMap.placeNotes = function (context, notes, taken, bounds, font) {
    const placed = [];
    const blocked = ClaimMap.gatherTaken(taken);
    const scale = ClaimMap.typeScale();
    for (const note of notes) {
      let width = 0;
      note.lines.forEach(function (line, index) {
        context.font = typeOf(index, scale) + font;
        width = Math.max(width, context.measureText(line).width);
      });
      const height = note.lines.length * LEADING * scale;
      const spot = find(note, Math.ceil(width) + 4, height, blocked, bounds);
      if (!spot) continue;
      blocked.add({ x: spot.x - 4, y: spot.y - 4, width: spot.width + 8, height: spot.height + 8 });
      placed.push(Object.assign({}, note, spot));
    }
    return placed;
  };

  function typeOf(line, scale) {
    return (line ? "400 " + BODY * scale : "700 " + TITLE * scale) + "px ";
  }

  function find(note, width, height, blocked, bounds) {
    for (const gap of GAPS)
      for (const anchor of note.anchors)
        for (const side of SIDES) {
          const [dx, dy] = ClaimMap.labelOffset(side, { width, height, gap });
          const found = { x: anchor[0] + dx, y: anchor[1] + dy, width, height, anchor };
          if (inside(found, bounds) && !blocked.touches(found) && !crosses(leader(found), blocked)) return found;
        }
    return null;
  }

  function inside({ x, y, width, height }, bounds) {
    return x >= bounds.x && y >= bounds.y && x + width <= bounds.x + bounds.w && y + height <= bounds.y + bounds.h;
  }

  // From the anchor to the nearest point of the note.
  function leader({ x, y, width, height, anchor: [ax, ay] }) {
    return [ax, ay, Math.max(x, Math.min(ax, x + width)), Math.max(y, Math.min(ay, y + height))];
  }

  // Whether a leader line runs through a taken rectangle, but for those it starts in.
  function crosses([ax, ay, bx, by], blocked) {
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / 4);
    for (let i = 4; i < steps; i++) {
      if (blocked.covers(ax + ((bx - ax) * i) / steps, ay + ((by - ay) * i) / steps)) return true;
    }
    return false;
  }

  /**
   * Draw a placed note with its leader line.
   * @param {CanvasRenderingContext2D} context
   * @param {Object} note From placeNotes.
   * @param {Object} colours
   */
  ClaimMap.drawNote = function (context, note, colours) {
    const [ax, ay, ex, ey] = leader(note);
    const far = Math.hypot(ex - ax, ey - ay);
    const scale = ClaimMap.typeScale();
    context.save();
    if (far > 20) {
      const start = 12 / far;
      context.beginPath();
      context.moveTo(ax + (ex - ax) * start, ay + (ey - ay) * start);
      context.lineTo(ax + (ex - ax) * (1 - 4 / far), ay + (ey - ay) * (1 - 4 / far));
      context.strokeStyle = colours.land;
      context.lineWidth = 4;
      context.stroke();
      context.strokeStyle = colours.ink;
      context.lineWidth = 1;
      context.stroke();
    }
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.lineJoin = "round";
    note.lines.forEach(function (line, index) {
      const y = note.y + (index * LEADING + BASE) * scale;
      context.font = typeOf(index, scale) + colours.font;
      context.strokeStyle = colours.land;
      context.lineWidth = 4;
      context.strokeText(line, note.x + 2, y);
      context.fillStyle = index ? colours.second : colours.inks[note.side];
      context.fillText(line, note.x + 2, y);
    });
    context.restore();
  };
})();
