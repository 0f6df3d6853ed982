/* Building page parts from data. Text only ever becomes a text node. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  ClaimMap.parts = ClaimMap.parts || {};

  // Characters that change how text reads without being seen: direction marks, zero width, controls.
  const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

  /**
   * Make unseen characters of a text visible, as ⟨U+202E⟩.
   * @param {*} value Any text from the data.
   * @returns {string}
   */
  ClaimMap.visible = function (value) {
    return String(value).replace(UNSEEN, function (one) {
      return "⟨U+" + one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩";
    });
  };

  /**
   * Write a number, as 1,234.
   * @param {number} value
   * @returns {string}
   */
  ClaimMap.number = (value) => value.toLocaleString("en-GB");

  /**
   * Count something, as "1 claim" or "1,234 claims".
   * @param {number} count
   * @param {string} one
   * @param {string} [many]
   * @returns {string}
   */
  ClaimMap.counted = (count, one, many = one + "s") => ClaimMap.number(count) + " " + (count === 1 ? one : many);

  /**
   * A day without its year.
   * @param {string} day "12 May 2023".
   * @returns {string}
   */
  ClaimMap.dayAndMonth = (day) => day.replace(/ \d+$/, "");

  /**
   * The bytes that a text in base64 holds.
   * @param {string} text
   * @returns {Uint8Array}
   */
  ClaimMap.bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  /**
   * Make an element. Children that are strings become text nodes, null and false are left out.
   * @param {string} tag Name, with classes after dots: "p.cm-meta".
   * @param {Object<string, *>} [props] Attributes; "on<event>" adds a listener, false and null are left out.
   * @param {...*} children Elements, texts or arrays of them.
   * @returns {HTMLElement}
   */
  ClaimMap.h = function (tag, props, ...children) {
    const [name, ...classes] = tag.split(".");
    const element = document.createElement(name);
    if (classes.length) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : String(value));
    }
    for (const child of children.flat(3)) {
      if (child === null || child === undefined || child === false || child === "") continue;
      element.append(child instanceof Node ? child : document.createTextNode(ClaimMap.visible(child)));
    }
    return element;
  };

  /**
   * A link to a page, or plain text where the address is not http or https.
   * @param {string} address
   * @param {string} words
   * @returns {HTMLElement}
   */
  ClaimMap.link = function (address, words) {
    let url = null;
    try {
      url = new URL(address);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (!url || !["http:", "https:"].includes(url.protocol)) return ClaimMap.h("span", {}, words);
    const opens = { href: url.href, target: "_blank", rel: "noopener noreferrer" };
    return ClaimMap.h("a", opens, words);
  };

  /**
   * Replace what an element shows, keeping the keyboard focus on the same named thing, or on the
   * one beside it where that is off now. A child that stood there and is given again is not moved.
   * @param {HTMLElement} host
   * @param {...*} children
   */
  ClaimMap.fill = function (host, ...children) {
    const wanted = children.flat(3).filter(Boolean);
    ClaimMap.keepingFocus(host, function () {
      for (const old of [...host.childNodes]) if (!wanted.includes(old)) old.remove();
      wanted.forEach((one, place) => one === host.childNodes[place] || host.insertBefore(one, host.childNodes[place] || null));
    });
  };

  /**
   * Change what an element shows; the keyboard's focus stays as ClaimMap.fill says.
   * @param {HTMLElement} host
   * @param {function(): void} change
   */
  ClaimMap.keepingFocus = function (host, change) {
    const active = host.contains(document.activeElement) ? document.activeElement : null;
    const key = active && active.dataset.key;
    change();
    if (!key) return;
    const again = host.querySelector('[data-key="' + CSS.escape(key) + '"]');
    const usable = again && again.disabled ? again.parentElement.querySelector("button:enabled") : again;
    if (usable) usable.focus({ preventScroll: true });
  };

  /**
   * The heading of a part that changes with what is shown. The same element for as long as the part
   * stands: one that comes with its words is not read out.
   * @param {HTMLElement} root The part.
   * @param {string} words
   * @returns {HTMLElement}
   */
  ClaimMap.heading = function (root, words) {
    const heading = root.querySelector("h2[aria-live]") || ClaimMap.h("h2", { "aria-live": "polite" });
    const text = ClaimMap.visible(words);
    if (heading.textContent !== text) heading.textContent = text;
    return heading;
  };

  /**
   * Do something as soon as what is drawn now is on the screen, and not before.
   * @param {function(): void} work
   * @returns {function(): void} Calls it off.
   */
  ClaimMap.oncePainted = function (work) {
    let next = requestAnimationFrame(() => (next = requestAnimationFrame(work)));
    return () => cancelAnimationFrame(next);
  };

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * Make an element of a drawing.
   * @param {string} tag
   * @param {Object<string, *>} attributes
   * @param {...SVGElement} children
   * @returns {SVGElement}
   */
  ClaimMap.svg = function (tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /**
   * The sign of a side: circle, square or triangle in the side's colour.
   * @param {string} side "ukraine", "russia" or "third_party".
   * @param {string} [name] What a screen reader says; without it the sign is decoration.
   * @returns {SVGElement}
   */
  ClaimMap.sign = function (side, name) {
    const told = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
    const shapes = {
      ukraine: ["circle", { cx: 7, cy: 7, r: 6 }],
      russia: ["rect", { x: 1.2, y: 1.2, width: 11.6, height: 11.6 }],
      third_party: ["path", { d: "M7 0.8 13.4 12.8 H0.6 Z" }],
    };
    const shape = ClaimMap.svg(...(shapes[side] || shapes.third_party));
    return ClaimMap.svg("svg", { viewBox: "0 0 14 14", class: "cm-sign cm-sign-" + side, ...told }, shape);
  };

  /**
   * The badge of a standing, the same everywhere.
   * @param {?number} code Position in the list of standings; null where nobody has spoken yet.
   * @returns {?HTMLElement}
   */
  ClaimMap.badge = function (code) {
    if (code === null) return null;
    const [standing, words] = ClaimMap.symbols.standings[code];
    return ClaimMap.h("span.cm-badge.cm-badge-" + standing, {}, words);
  };

  /**
   * The name of a side.
   * @param {string} side Its code.
   * @returns {string}
   */
  ClaimMap.sideWords = function (side) {
    return ClaimMap.symbols.sides.find(([code]) => code === side)[1];
  };

  /**
   * The element a part of the page draws in, made at the first call.
   * @param {Object} component Streamlit's component.
   * @param {string} tag As for ClaimMap.h.
   * @param {Object} props As for ClaimMap.h.
   * @returns {HTMLElement}
   */
  ClaimMap.root = function (component, tag, props) {
    const host = component.parentElement;
    ClaimMap.theme(host);
    // Streamlit keeps an element of its own in the host: ours is found by its mark. Where it gives
    // the host of one part to another, what stood there goes.
    let root = host.querySelector(":scope > [data-cm-part]");
    if (root && root.dataset.cmPart !== tag) root.remove();
    if (!root || !root.isConnected) {
      root = ClaimMap.h(tag, Object.assign({ "data-cm-part": tag }, props));
      host.append(root);
    }
    root.cmComponent = component;
    for (const map of host.parentElement.querySelectorAll(":scope > .cm-map")) map.remove();
    return root;
  };

  /** The element a part of the page draws in, once it is made. */
  ClaimMap.rootOf = (component) => component.parentElement.querySelector(":scope > [data-cm-part]");

  /**
   * What a part calls to report something. What it shows may have been drawn from an earlier message.
   * @param {Object} component Streamlit's component.
   * @returns {function(string, *): void}
   */
  ClaimMap.teller = function (component) {
    const root = ClaimMap.rootOf(component);
    return (name, value) => root.cmComponent.setTriggerValue(name, value);
  };

  /**
   * What a part calls when the user picks a claim in it. A position means something in one record only.
   * @param {Object} component Streamlit's component; data.words is the address of the words.
   * @returns {function(?number): void}
   */
  ClaimMap.picker = function (component) {
    const record = ClaimMap.digestOf(component.data.words);
    const tell = ClaimMap.teller(component);
    return (claim) => tell("pick", { claim, cells: [], record });
  };

  /**
   * The digest of the record that a file belongs to.
   * @param {string} address "claims/<digest>.bin", "claims/<digest>/words/" or "claims/<digest>/words.json".
   * @returns {string}
   */
  ClaimMap.digestOf = (address) => address.split(/[/.]/)[1];

  /** That the server has a newer record than the one a file was asked of. */
  ClaimMap.Stale = class extends Error {};

  /**
   * Fetch what belongs to a record.
   * @param {string} url With the record's digest in it.
   * @param {string} otherwise What to say where the server does not answer as it should.
   * @returns {Promise<Response>} Rejected with ClaimMap.Stale where the server has another record by now.
   */
  ClaimMap.fetchOfRecord = async function (url, otherwise) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (answer.status === 404) throw new ClaimMap.Stale("The claims file has changed. The page follows.");
    if (!answer.ok) throw new Error(otherwise);
    return answer;
  };

  let theme = null;

  /**
   * Follow Streamlit's theme: set data-cm-theme on the page from its own colour scheme.
   * @param {HTMLElement} element Inside the page; before Streamlit's page stands, the system's choice counts.
   * @returns {string} "light" or "dark".
   */
  ClaimMap.theme = function (element) {
    // Once a frame, for every part asks: an answer makes the browser work out all styles. A page
    // out of sight has no frames.
    if (theme === null || document.hidden) {
      theme = themeOf(element);
      requestAnimationFrame(() => (theme = null));
    }
    if (document.documentElement.dataset.cmTheme !== theme)
      document.documentElement.dataset.cmTheme = theme;
    return theme;
  };

  function themeOf(element) {
    const scheme = getComputedStyle(element).colorScheme;
    const system = () => window.matchMedia("(prefers-color-scheme: dark)").matches;
    return (scheme === "normal" ? system() : scheme.includes("dark")) ? "dark" : "light";
  }
})();
