// Dragging a card by mouse, pen or finger. A finger drags at the grip only; elsewhere on a card it scrolls the page.

/** @typedef {import("./sortview.js").View} View */

const STILL = 5; // px: less is a tap
const EDGE = 72; // px from the edge where the page begins to scroll
const FAST = 16; // px a frame, at most

export class Drag {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** the card that is pressed or held */ this.card = "";
    this.holds = false;
    this.dropped = false;
    this.x = this.y = this.x0 = this.y0 = this.dx = this.dy = this.scrolled0 = this.pointer = this.frame = 0;
    /** @type {Element} */ this.scroller = view.root;
    this.bar = false;
    /** what follows the pointer; the card itself may lie in a row that cuts off what leaves it @type {HTMLElement | null} */
    this.copy = null;
    const { root } = view;
    root.addEventListener("pointerdown", (event) => this.press(event));
    root.addEventListener("pointermove", (event) => this.pull(event));
    root.addEventListener("pointerup", (event) => this.letGo(event));
    root.addEventListener("pointercancel", () => this.stop());
    root.addEventListener("lostpointercapture", (event) => {
      // a finger is captured by the grip that it touches, and loses that when its card takes over
      if (/** @type {Element} */ (event.target).matches(".tf-sort-take")) this.stop();
    });
    root.addEventListener("dragstart", (event) => event.preventDefault());
    root.addEventListener("contextmenu", (event) => {
      if (this.holds) event.preventDefault(); // a long touch
    });
  }

  /** @param {PointerEvent} event */
  press(event) {
    const target = /** @type {Element} */ (event.target);
    const taken = /** @type {HTMLElement | null} */ (target.closest(".tf-sort-take"));
    if (!taken || !event.isPrimary || event.button || this.holds) return;
    if (event.pointerType === "touch" && !target.closest(".tf-sort-grip")) return;
    this.card = taken.dataset.card ?? "";
    this.pointer = event.pointerId;
    [this.x, this.y] = [this.x0, this.y0] = [event.clientX, event.clientY];
  }

  /** @param {PointerEvent} event */
  pull(event) {
    if (!this.card || event.pointerId !== this.pointer) return;
    [this.x, this.y] = [event.clientX, event.clientY];
    if (!this.holds && Math.hypot(this.x - this.x0, this.y - this.y0) > STILL) this.take();
  }

  /** The card leaves its place. */
  take() {
    const { view } = this, seen = view.cards.get(this.card);
    if (!seen) return this.stop();
    view.close();
    this.holds = true;
    seen.button.setPointerCapture(this.pointer);
    seen.button.focus({ preventScroll: true });
    this.scroller = scroller(view.root);
    this.scrolled0 = this.scroller.scrollTop;
    // columns on a board higher than the window, or one below the other, also stand in a bar at its foot, near the hand
    const stacked = !getComputedStyle(view.shelves).gridTemplateColumns.includes(" ");
    this.bar = stacked || view.root.getBoundingClientRect().height > 0.9 * innerHeight;
    view.bar.hidden = !this.bar;
    view.root.classList.add("tf-sort-dragging");
    this.lift(seen.item);
    this.follow();
  }

  /** @param {HTMLElement} item */
  lift(item) {
    const copy = /** @type {HTMLElement} */ (item.cloneNode(true));
    copy.querySelector("[data-card]")?.removeAttribute("data-card");
    copy.inert = true;
    copy.classList.add("tf-sort-held");
    this.view.root.append(copy);
    const zoom = zoomed(copy), is = item.getBoundingClientRect(), board = this.view.root.getBoundingClientRect();
    copy.style.inlineSize = `${is.width / zoom}px`;
    [this.dx, this.dy] = [is.x - board.x - this.x0, is.y - board.y - this.y0];
    item.classList.add("tf-sort-lifted");
    this.copy = copy;
  }

  /** Once a frame: the card follows the pointer, the column below it shows, the page scrolls near its edges. */
  follow() {
    const { copy } = this;
    if (!this.holds || !copy) return;
    const over = this.over();
    if (!over.bar) this.scroll();
    const down = this.y + this.dy + this.scroller.scrollTop - this.scrolled0;
    copy.style.transform = `translate(${(this.x + this.dx) / zoomed(copy)}px, ${down / zoomed(copy)}px)`;
    this.mark(over.column);
    this.frame = requestAnimationFrame(() => this.follow());
  }

  scroll() {
    const box = this.scroller === document.scrollingElement
      ? { top: 0, bottom: innerHeight }
      : this.scroller.getBoundingClientRect();
    const top = Math.max(box.top, 0) + EDGE, bottom = Math.min(box.bottom, innerHeight) - EDGE;
    const beyond = this.y < top ? this.y - top : this.y > bottom ? this.y - bottom : 0;
    if (beyond) this.scroller.scrollTop += Math.max(-FAST, Math.min(FAST, (beyond / EDGE) * FAST));
  }

  /** Which column the pointer is over, on the board or in the bar. @returns {{column: string | null, bar: boolean}} */
  over() {
    const inside = (/** @type {Element} */ element) => {
      const box = element.getBoundingClientRect();
      return this.x >= box.left && this.x <= box.right && this.y >= box.top && this.y <= box.bottom;
    };
    if (this.bar && inside(this.view.bar)) {
      const one = [...this.view.bar.children].find(inside);
      return { column: one instanceof HTMLElement ? (one.dataset.column ?? null) : null, bar: true };
    }
    for (const [id, { box }] of this.view.columns) if (inside(box)) return { column: id, bar: false };
    return { column: null, bar: false };
  }

  /** @param {string | null} column */
  mark(column) {
    for (const one of this.view.root.querySelectorAll("[data-column]"))
      one.classList.toggle("tf-sort-here", one instanceof HTMLElement && one.dataset.column === column);
  }

  /** @param {PointerEvent} event */
  letGo(event) {
    if (event.pointerId !== this.pointer) return;
    const { card, holds } = this;
    [this.x, this.y] = [event.clientX, event.clientY];
    const { column } = holds ? this.over() : { column: null };
    if (holds) {
      this.dropped = true; // the click that follows is no tap
      setTimeout(() => (this.dropped = false));
    }
    this.stop(column !== null && column !== this.view.board.at[card] ? () => this.view.board.move(card, column) : undefined);
  }

  /** Let the card fall back, or do with it what is to be done, gliding there from where it is held. @param {() => void} [then] */
  stop(then) {
    const { card, holds } = this, seen = this.view.cards.get(card);
    this.holds = false;
    cancelAnimationFrame(this.frame);
    if (!holds) return void (this.card = "");
    const was = this.copy?.getBoundingClientRect();
    this.copy?.remove();
    this.copy = null;
    seen?.item.classList.remove("tf-sort-lifted");
    this.view.root.classList.remove("tf-sort-dragging");
    this.view.bar.hidden = true;
    this.mark(null);
    then?.();
    this.card = "";
    if (seen && was) this.view.glide(new Map([[card, was]]));
    this.view.board.catchUp();
  }

  gone() {
    this.stop();
  }
}

/** How much larger a part of the page is drawn than it is written. @param {HTMLElement} element */
const zoomed = (element) => /** @type {{currentCSSZoom?: number}} */ (/** @type {unknown} */ (element)).currentCSSZoom ?? 1;

/** What scrolls around an element. @param {Element} element @returns {Element} */
function scroller(element) {
  for (let one = element.parentElement; one; one = one.parentElement)
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1) return one;
  return document.scrollingElement ?? document.documentElement;
}
