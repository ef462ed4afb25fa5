// What the learner's own browser keeps of her record: read once, when the page has none, and written whenever she changed it. A
// record that came with a link is not kept before she changes it, so it never takes the place of her own by itself.
import { mounts } from "./mounts.js";

/** @typedef {{name: string, text: string, changed: boolean, forget: boolean}} Data */
/** @typedef {{n: number, text: string}} Sent */

const LONGEST = 8000;

/** @param {() => string | null | void} act what a browser may refuse (private window, full) */
function tried(act) {
  try {
    return act() ?? "";
  } catch {
    return "";
  }
}

class Keep {
  /** @param {HTMLElement} place @param {(sent: Sent) => void} send @param {Data} data */
  constructor(place, send, data) {
    const kept = data.forget ? "" : tried(() => localStorage.getItem(data.name));
    if (kept && kept.length < LONGEST && !data.text && !data.changed) send({ n: 1, text: kept });
    this.update(data);
  }

  /** @param {Data} data */
  update(data) {
    if (data.forget) tried(() => localStorage.removeItem(data.name));
    else if (data.changed) tried(() => localStorage.setItem(data.name, data.text));
  }

  gone() {}
}

export default mounts(
  (place, /** @type {(sent: Sent) => void} */ send, /** @type {Data} */ data) => new Keep(place, send, data),
);
