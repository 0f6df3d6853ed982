/* Brings the page's script and style into the page once, then draws its parts. */

const base = new URL("../../", import.meta.url);

const ready = new Promise(function (done, fail) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("PAGE_STYLE", base);
  const script = document.createElement("script");
  script.src = new URL("PAGE_SCRIPT", base);
  script.onload = done;
  script.onerror = fail;
  document.head.append(style, script);
});

/**
 * Draw a part of the page, or draw it anew with new data.
 * @param {string} part A name of ClaimMap.parts.
 * @param {Object} component Streamlit's component: data, parentElement, setTriggerValue.
 * @param {function(): boolean} gone Tells whether the part was taken away meanwhile.
 * @returns {Promise<?function(): void>} What takes the part away.
 */
export async function mount(part, component, gone) {
  if (!window.ClaimMap || !window.ClaimMap.parts) await ready;
  return gone() ? undefined : window.ClaimMap.parts[part](component);
}
