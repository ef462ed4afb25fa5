// What the views of a presentation have in common: their elements, the clock and the place, and what a key means.

/**
 * @typedef {object} Told  what the server says; all words and digits are the reader's
 * @property {"doors"|"show"|"notes"} mode
 * @property {string} slug  the lesson
 * @property {Record<string, string>} words
 * @property {Record<string, string>} links  where the doors lead
 * @property {number} [at]  the screen to begin with, counted from 1
 * @property {string[]} titles  one for each screen; this and what follows is told to the show and the notes, not to the doors
 * @property {string} digits  the reader's ten digits
 * @property {string} lang
 * @property {string} room  where a workshop room is opened with the lesson's questions
 * @property {string} query  what the address of the second window carries
 */
/** @typedef {{data: Told, parentElement: HTMLElement, setStateValue: Function, setTriggerValue: Function}} Part */
/** @typedef {{update: (part: Part) => void, end: () => void}} Mounted */

/** Make an element. @param {string} tag @param {Record<string, string>} [attributes] @param {(Node|string)[]} inside */
export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** Make a button that does `act`. @param {string} name @param {() => void} act */
export function button(name, act) {
  const made = make("button", {type: "button", class: `tf-do tf-do-${name}`});
  made.onclick = act;
  return made;
}

/** Write on each button of a row what it is called. @param {HTMLElement} row @param {Record<string, string>} words */
export function label(row, words) {
  for (const one of row.children) {
    const word = words[one.className.replace("tf-do tf-do-", "")];
    if (one.textContent !== word) one.textContent = word;
  }
}

/** Fill the screen, or stop filling it. @param {boolean} on */
export function fullScreen(on) {
  const asked = on ? document.documentElement.requestFullscreen?.() : document.fullscreenElement && document.exitFullscreen();
  asked?.catch?.(() => {});                                      // refused or unknown here: presenting works without
}

/** The clock, the place and the channel between the windows: what the show and the notes have in common. */
export function station() {
  /** @type {Told} */
  let data;
  /** @param {string | number} text */
  const written = (text) => String(text).replace(/\d/g, (digit) => data.digits[Number(digit)]);
  /** @param {number} n */
  const two = (n) => String(n).padStart(2, "0");
  return {
    /** @param {Told} told */
    take: (told) => (data = told),
    /** @param {number} n */
    number: (n) => written(n),
    /** The digit that a key writes, in whatever digits, or -1. @param {KeyboardEvent} event */
    digit: (event) => {
      const inside = /** @type {HTMLElement} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || inside.matches?.("input, textarea, select, [role=slider], [contenteditable=true]")) return -1;
      return event.key.length === 1 ? Math.max(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"].map((set) => set.indexOf(event.key)).reduce((a, b) => Math.max(a, b)), -1) : -1;
    },
    /** @param {number} at */
    place: (at) => data.words.place.replace("%(at)s", written(at)).replace("%(all)s", written(data.titles.length)),
    /** @param {number} since */
    clock: (since) => {
      const gone = Math.max(0, Math.floor((Date.now() - since) / 1000)), now = new Date();
      const minutes = `${Math.floor(gone / 60)}:${two(gone % 60)}`;
      return [written(minutes), written(`${two(now.getHours())}:${two(now.getMinutes())}`)];
    },
  };
}

/** What a key means, or "" for one that is not ours. @param {KeyboardEvent} event */
export function meaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const {key, code, target} = event;
  const inside = /** @type {HTMLElement} */ (target);
  const typing = inside.matches?.("textarea, [contenteditable=true], input:not([type=checkbox],[type=radio],[type=range])");
  // a clicker sends PageDown and PageUp wherever the trainer was last: they go on even from a slider
  if (key === "PageDown" && !inside.matches?.("textarea")) return "next";
  if (key === "PageUp" && !inside.matches?.("textarea")) return "back";
  if (key === "Escape") return typing || inside.closest?.("[role=listbox],[role=dialog],[data-trigger]") ? "free" : "leave";
  if (typing || inside.closest?.("[role=listbox],[role=option],[role=menu],[role=dialog]")) return "";
  const moved = inside.matches?.("input, select, [role=slider], [role=combobox], [role=tab], [role=radio], [aria-haspopup]")
    || inside.closest?.("[role=radiogroup],[role=group].tf-own-keys,[data-own-keys]");
  const pressed = moved || inside.closest?.("button, a, summary, [role=button], [tabindex='0']");
  if (/^(Arrow|Home$|End$)/.test(key) && moved) return "";
  if ((key === " " || key === "Enter") && pressed) return "";
  if (event.shiftKey && key === " ") return "back";
  if (key === onward || key === " " || key === "Enter") return "next";
  if (key === "ArrowLeft" || key === "ArrowRight") return "back";
  if (key === "ArrowDown" || key === "ArrowUp") return key;
  if (key === "Home") return "first";
  if (key === "End") return "last";
  if (key === ".") return "black";
  // by the key's place too: a Persian or Arabic keyboard writes another letter there
  return {KeyB: "black", KeyN: "note", KeyQ: "leave", KeyF: "full", KeyW: "window", KeyR: "room", KeyG: "all"}[code] ?? "";
}
