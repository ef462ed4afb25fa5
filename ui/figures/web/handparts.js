// Elements, icons, and the one way in which a handle is pulled: by mouse, finger, pen or keyboard.

/** @typedef {import("./hand.js").Hand} Hand */
/**
 * @typedef {object} Acts what a handle does
 * @property {() => number} start the value when the pull begins
 * @property {(from: number, pixels: number, fine: boolean) => void} move pixels onward, in the reading direction
 * @property {(times: number) => void} press so many steps
 * @property {(high: boolean) => void} end to the highest or the lowest
 * @property {() => void} [tap] touched without a pull
 */

const STILL = 4; // px: less is a tap

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} kind @param {Element} place @param {Record<string, string>} [facts]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, kind, place, facts = {}) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  for (const [name, value] of Object.entries(facts)) if (value) element.setAttribute(name, value);
  place.append(element);
  return element;
}

/**
 * Say something, if it is not said already. The element holds nothing but this text; its one text node is kept, for a new one
 * would have its style worked out anew, in every frame. @param {HTMLElement | undefined} element @param {string} text
 */
export function put(element, text) {
  if (!element) return;
  const node = element.firstChild;
  if (!(node instanceof Text) || node.nextSibling) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

/** @param {string} kind @param {string} id @param {string} name @param {HTMLElement} place */
export function slider(kind, id, name, place) {
  return make("div", kind, place, {
    role: "slider", tabindex: "0", "aria-label": name, "aria-valuemin": "0", "data-id": id, "aria-orientation": "horizontal",
  });
}

const WHOLE = 1000; // ms of a motion from nothing to the whole

/**
 * A part that is as wide as its place and slid out of it, so that a share of it is seen. At rest it is placed by its style and
 * glides; while the hand moves it hangs on a motion that stands still and is set to the share: the browser then neither works out
 * its style nor paints it again.
 */
export class Slide {
  /** @param {HTMLElement} element @param {boolean} rtl */
  constructor(element, rtl) {
    this.element = element;
    this.out = rtl ? 100 : -100;
    this.share = 0;
    /** @type {Animation | null} */ this.motion = null;
    this.rest();
  }

  /** @param {number} share from 0 to 1 */
  to(share) {
    if (share === this.share) return;
    this.share = share;
    if (this.motion) this.motion.currentTime = share * WHOLE;
    else this.rest();
  }

  rest() {
    this.element.style.transform = `translateX(${((1 - this.share) * this.out).toFixed(3)}%)`;
  }

  hold() {
    const way = { transform: [`translateX(${this.out}%)`, "translateX(0%)"] };
    this.motion ??= this.element.animate(way, { duration: WHOLE, fill: "both" });
    this.motion.pause();
    this.motion.currentTime = this.share * WHOLE;
  }

  free() {
    this.rest();
    this.motion?.cancel();
    this.motion = null;
  }
}

/** @type {Record<string, string>} outlines on a square of 24 */
const SHAPES = {
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  up: "M12 20V5M5 12l7-7 7 7",
  down: "M12 4v15M5 12l7 7 7-7",
  add: "M12 5v14M5 12h14",
  remove: "m6 6 12 12M18 6 6 18",
};

/** @param {string} shape */
export function icon(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: `tf-hand-${shape}` }))
    svg.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}

/** Let a handle be pulled. @param {HTMLElement} element @param {Hand} hand @param {Acts} acts */
export function drag(element, hand, acts) {
  let from = 0;
  let x = 0;
  let y = 0;
  let pulled = false;
  /** @type {number | null} */ let pointer = null;
  const onward = () => (hand.data.rtl ? -1 : 1);

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointer !== null) return;
    hand.letGo();
    pointer = event.pointerId;
    element.setPointerCapture(pointer);
    [from, x, y, pulled] = [acts.start(), event.clientX, event.clientY, false];
    element.focus({ preventScroll: true });
    event.preventDefault();
    hand.view.hold(true);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    event.stopPropagation(); // nobody else on the page needs to hear of every pixel
    const pixels = (event.clientX - x) * onward();
    if (!pulled && Math.abs(pixels) < STILL) return;
    if (!pulled) {
      pulled = hand.moving = true;
      document.documentElement.toggleAttribute("data-moving", true);
    }
    acts.move(from, pixels, event.shiftKey);
  });
  const done = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    hand.moving = false;
    document.documentElement.toggleAttribute("data-moving", false);
    hand.view.hold(false);
    if (pulled) hand.letGo();
    else if (event.type === "pointerup" && Math.abs(event.clientY - y) < 2 * STILL) acts.tap?.();
    hand.catchUp();
    hand.view.draw();
  };
  element.addEventListener("pointerup", done);
  element.addEventListener("pointercancel", done);
  element.addEventListener("lostpointercapture", done);

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const side = onward();
    const steps = { ArrowUp: 1, ArrowDown: -1, ArrowRight: side, ArrowLeft: -side, PageUp: 10, PageDown: -10 }[event.key];
    if (steps !== undefined) acts.press(steps * (event.shiftKey ? 10 : 1));
    else if (event.key === "Home" || event.key === "End") acts.end(event.key === "End");
    else if ((event.key === "Enter" || event.key === " ") && acts.tap) acts.tap();
    else return;
    event.preventDefault();
    if (hand.open) hand.letGoSoon();
  });
  element.addEventListener("blur", () => {
    if (pointer === null) hand.letGo();
  });
}
