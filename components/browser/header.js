/* The page's title and the button that copies its address. */
(function () {
  "use strict";
  const ClaimMap = window.ClaimMap;
  const { h } = ClaimMap;
  const SAID_FOR_MS = 2500;

  /**
   * Draw the header.
   * @param {Object} component Streamlit's component; data: title, tagline, copy.
   */
  ClaimMap.parts.header = function (component) {
    const host = component.parentElement;
    ClaimMap.theme(host);
    if (host.querySelector(".cm-header")) return;
    const { title, tagline, copy } = component.data;
    const said = h("span.cm-said", { role: "status" });
    const button = h("button.cm-button", { type: "button", onclick: () => copyAddress(said) }, copy);
    host.append(h("header.cm-header", {}, h("h1", {}, title), h("p", {}, tagline), said, ClaimMap.presentButtons(), ClaimMap.handOutButton("Hand out"), button));
  };

  async function copyAddress(said) {
    let words = "Link copied";
    try {
      await navigator.clipboard.writeText(window.location.href);
    } catch (error) {
      // Without a secure context there is no clipboard: show the address to copy by hand.
      words = window.location.href;
    }
    said.textContent = words;
    setTimeout(() => (said.textContent = ""), SAID_FOR_MS * (words.length > 20 ? 4 : 1));
  }
})();
