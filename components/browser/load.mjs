/* Draws parts of the page; brings the page's script and style in first where they are missing. */

const base = new URL("../../", import.meta.url);
const script = new URL("PAGE_SCRIPT", base);
const style = new URL("PAGE_STYLE", base);

// The server puts both into the page's head; a page served otherwise gets them here.
function bring() {
  return new Promise(function (done, fail) {
    if (![...document.styleSheets].some((sheet) => sheet.href === style.href))
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    let tag = [...document.scripts].find((one) => one.src === script.href);
    if (!tag) {
      tag = Object.assign(document.createElement("script"), { src: script });
      document.head.append(tag);
    }
    tag.addEventListener("load", done);
    tag.addEventListener("error", fail);
    if (isHere()) done();
  });
}

const isHere = () => Boolean(window.ClaimMap && window.ClaimMap.parts);

/**
 * Draw a part of the page, or draw it anew with new data.
 * @param {string} part A name of ClaimMap.parts.
 * @param {Object} component Streamlit's component: data, parentElement, setTriggerValue.
 * @param {function(): boolean} gone Tells whether the part was taken away meanwhile.
 * @returns {Promise<?function(): void>} What takes the part away.
 */
export async function mount(part, component, gone) {
  if (!isHere()) await bring();
  return gone() ? undefined : window.ClaimMap.parts[part](component);
}
