// What is seen of a board: columns of cards, kept element by element, so that the focus stays where it was.
import { make, put } from "./handparts.js";
import { Drag } from "./sortdrag.js";

/** @typedef {import("./sort.js").Board} Board */
/** @typedef {import("./sort.js").Card} Card */
/**
 * @typedef {object} Seen one card's elements
 * @property {HTMLElement} item @property {HTMLButtonElement} button @property {HTMLElement} name @property {HTMLElement} text
 * @property {HTMLElement} where @property {HTMLElement} verdict @property {HTMLElement} sign @property {HTMLElement} word
 * @property {HTMLElement} why
 */
/** @typedef {{box: HTMLElement, name: HTMLElement, count: HTMLElement, note: HTMLElement, list: HTMLElement, empty: HTMLElement}} Shelf */

let boards = 0;

export class View {
  /** @param {HTMLElement} place @param {Board} board */
  constructor(place, board) {
    this.board = board;
    this.id = `tf-sort-${++boards}`;
    // data-own-keys: while a lesson is presented, arrow keys here move cards and not the screens
    this.root = make("div", "tf-sort", place, { role: "group", "data-own-keys": "true" });
    const head = make("div", "tf-sort-head", this.root);
    this.help = make("p", "tf-sort-help", head, { id: `${this.id}-help` });
    this.back = make("button", "tf-sort-back", head, { type: "button" });
    this.shelves = make("div", "tf-sort-shelves", this.root);
    this.bar = make("div", "tf-sort-bar", this.root, { "aria-hidden": "true" });
    this.live = make("p", "tf-sort-live", this.root, { role: "status" });
    /** @type {Map<string, Shelf>} */ this.columns = new Map();
    /** @type {Map<string, Seen>} */ this.cards = new Map();
    this.open = "";
    this.bar.hidden = true;
    this.drag = new Drag(this);
    this.back.addEventListener("click", () => this.board.clear());
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.root.addEventListener("focusout", (event) => {
      const to = /** @type {Node | null} */ (event.relatedTarget);
      if (this.open && !this.cards.get(this.open)?.item.contains(to)) this.close();
    });
    // a press inside the choices must not take the focus from the card first: that would close them
    this.root.addEventListener("mousedown", (event) => {
      if (/** @type {Element} */ (event.target).closest(".tf-sort-choices")) event.preventDefault();
    });
  }

  get held() {
    return this.drag.holds;
  }

  /** A whole number in the reader's digits. @param {number} n */
  digits(n) {
    return String(n).replace(/\d/g, (one) => [...this.board.data.digits][Number(one)]);
  }

  /** @param {string} word @param {Record<string, string>} facts */
  filled(word, facts) {
    return this.board.data.words[word].replace(/%\((\w+)\)s/g, (_all, name) => facts[name] ?? "");
  }

  /** @param {string} text */
  say(text) {
    put(this.live, text);
  }

  /** @param {string} card @param {string} to */
  sayMoved(card, to) {
    this.say(this.movedTo(card, to));
  }

  /** @param {string} card @param {string} to */
  movedTo(card, to) {
    return this.filled("moved", { card: this.fact(card).name, column: this.columnName(to) });
  }

  /** Say what the server said of the card that was moved last; a quick answer came before the move was read out. @param {string} card */
  sayVerdict(card) {
    const seen = this.cards.get(card), told = card && this.fact(card);
    if (!seen || !told || !told.verdict) return;
    this.say(`${this.movedTo(card, told.at)} ${told.word}. ${seen.why.textContent}`);
    if (document.activeElement === seen.button) this.bring(seen.item);
  }

  /** @param {string} card @returns {Card} */
  fact(card) {
    return /** @type {Card} */ (this.board.data.cards.find((one) => one.id === card));
  }

  /** @param {string} column */
  columnName(column) {
    return this.board.data.columns.find((one) => one.id === column)?.name ?? "";
  }

  // --- drawing ----------------------------------------------------------------------------------------------------------

  draw() {
    const { data, at } = this.board;
    const before = new Map([...this.cards].map(([id, seen]) => [id, seen.item.getBoundingClientRect()]));
    const focused = document.activeElement;
    this.root.dir = data.rtl ? "rtl" : "ltr";
    this.root.setAttribute("aria-label", data.label);
    this.root.style.setProperty("--columns", String(data.columns.length - 1));
    this.root.dataset.columns = String(data.columns.length - 1);
    this.root.toggleAttribute("data-waits", this.board.waits);
    put(this.help, data.words.help);
    put(this.back, data.words.back);
    const [deck] = data.columns;
    this.back.disabled = data.cards.every((card) => at[card.id] === deck.id);
    this.drawColumns();
    for (const [id, seen] of this.cards) {
      if (id in at) continue;
      seen.item.remove();
      this.cards.delete(id);
    }
    // a card that goes leaves first: the others then stay in their places, also where a row has been swiped to
    for (const [id, { item }] of this.cards) {
      const { list } = /** @type {Shelf} */ (this.columns.get(at[id]));
      if (item.parentElement !== list) list.append(item);
    }
    for (const column of data.columns) {
      const shelf = /** @type {Shelf} */ (this.columns.get(column.id));
      const here = data.cards.filter((card) => at[card.id] === column.id);
      here.forEach((card, i) => {
        const { item } = this.drawCard(card, i, here.length, column.name, column === deck);
        if (shelf.list.children[i] !== item) shelf.list.insertBefore(item, shelf.list.children[i] ?? null);
      });
      put(shelf.count, this.digits(here.length));
      shelf.empty.hidden = here.length > 0;
      shelf.list.hidden = here.length === 0;
    }
    if (focused instanceof HTMLElement && this.root.contains(focused) && document.activeElement !== focused)
      focused.focus({ preventScroll: true });
    this.glide(before);
  }

  drawColumns() {
    const { columns } = this.board.data;
    if ([...this.columns.keys()].join() !== columns.map((one) => one.id).join()) {
      this.shelves.replaceChildren();
      this.bar.replaceChildren();
      this.columns.clear();
      this.cards.clear();
      columns.forEach((column, i) => {
        const kind = i ? "tf-sort-column" : "tf-sort-column tf-sort-deck";
        const box = make("section", kind, this.shelves, { "aria-labelledby": `${this.id}-${i}`, "data-column": column.id });
        const head = make("h4", "", box, { id: `${this.id}-${i}` });
        const name = make("span", "", head);
        const count = make("span", "tf-sort-count", head, { "aria-hidden": "true" });
        const note = make("p", "tf-sort-note", box);
        const empty = make("p", "tf-sort-empty", box);
        this.columns.set(column.id, { box, name, count, note, empty, list: make("ul", "", box) });
        if (i) make("span", "", this.bar, { "data-column": column.id });
      });
    }
    columns.forEach((column, i) => {
      const shelf = /** @type {Shelf} */ (this.columns.get(column.id));
      put(shelf.name, column.name);
      put(shelf.note, column.note);
      shelf.note.hidden = !column.note;
      put(shelf.empty, i ? this.board.data.words.empty : this.board.data.words.done);
      if (i) put(/** @type {HTMLElement} */ (this.bar.children[i - 1]), column.name);
    });
  }

  /** @param {Card} card @param {number} i @param {number} all @param {string} column @param {boolean} deck @returns {Seen} */
  drawCard(card, i, all, column, deck) {
    const seen = this.cards.get(card.id) ?? this.makeCard(card.id);
    put(seen.name, card.name);
    put(seen.text, card.text);
    seen.text.hidden = !card.text;
    put(seen.where, this.filled("where", { n: this.digits(i + 1), all: this.digits(all), column }));
    // what the server said holds only for the column it said it of
    const told = !deck && card.verdict && this.board.at[card.id] === card.at ? card : null;
    seen.item.dataset.verdict = told ? told.verdict : "";
    seen.verdict.hidden = seen.why.hidden = !told;
    if (told) {
      put(seen.sign, told.sign);
      put(seen.word, told.word);
      if (seen.why.dataset.why !== told.why) seen.why.innerHTML = seen.why.dataset.why = told.why;
    }
    return seen;
  }

  /** @param {string} id @returns {Seen} */
  makeCard(id) {
    const item = document.createElement("li");
    item.className = "tf-sort-card";
    const button = make("button", "tf-sort-take", item, {
      type: "button", "data-card": id, "aria-expanded": "false", "aria-describedby": `${this.id}-help`,
    });
    const words = make("span", "tf-sort-words", button);
    const name = make("span", "tf-sort-name", words);
    const text = make("span", "tf-sort-text", words);
    const where = make("span", "tf-sort-over", words);
    make("span", "tf-sort-grip", button, { "aria-hidden": "true" });
    const verdict = make("p", "tf-sort-verdict", item);
    const sign = make("span", "", verdict, { "aria-hidden": "true" });
    const word = make("span", "", verdict);
    const why = make("div", "tf-sort-why", item);
    const seen = { item, button, name, text, where, verdict, sign, word, why };
    this.cards.set(id, seen);
    return seen;
  }

  /** Let each card glide from where it was to where it is. @param {Map<string, DOMRect>} before */
  glide(before) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const [id, { item }] of this.cards) {
      const was = before.get(id), is = item.getBoundingClientRect();
      if (!was || !was.width || this.drag.card === id) continue;
      const [x, y] = [was.x - is.x, was.y - is.y];
      if (Math.abs(x) + Math.abs(y) > 1)
        item.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
    }
  }

  /** On a small screen only the card that was touched last shows all that it says; the pile is a row to swipe through. @param {string} card */
  turnTo(card) {
    for (const [id, { item }] of this.cards) item.toggleAttribute("data-now", id === card);
  }

  // --- without dragging -------------------------------------------------------------------------------------------------

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const choice = /** @type {HTMLElement | null} */ (target.closest("[data-to]"));
    const taken = /** @type {HTMLElement | null} */ (target.closest(".tf-sort-take"));
    if (choice) this.carry(this.open, choice.dataset.to ?? "");
    else if (taken && !this.drag.dropped) this.ask(taken.dataset.card ?? "", event.detail === 0);
  }

  /** Ask where a card goes, or stop asking. @param {string} card @param {boolean} byKey */
  ask(card, byKey) {
    const again = this.open === card;
    this.close();
    if (again) return;
    const { button, item, verdict } = /** @type {Seen} */ (this.cards.get(card));
    this.open = card;
    this.turnTo(card);
    button.setAttribute("aria-expanded", "true");
    button.focus({ preventScroll: true }); // Safari does not focus what is clicked
    const label = this.filled("choose", { card: this.fact(card).name });
    const choices = make("div", "tf-sort-choices", item, { role: "group", "aria-label": label });
    item.insertBefore(choices, verdict);
    make("span", "", choices, { "aria-hidden": "true" }).textContent = this.board.data.words.move;
    for (const column of this.board.data.columns)
      if (column.id !== this.board.at[card])
        make("button", "", choices, { type: "button", "data-to": column.id }).textContent = column.name;
    if (byKey) choices.querySelector("button")?.focus();
    choices.scrollIntoView({ block: "nearest" });
  }

  close() {
    const seen = this.cards.get(this.open);
    this.open = "";
    seen?.button.setAttribute("aria-expanded", "false");
    seen?.item.querySelector(".tf-sort-choices")?.remove();
  }

  /** Move a card and keep it in hand: focused and in view. @param {string} card @param {string} to */
  carry(card, to) {
    const { button, item } = /** @type {Seen} */ (this.cards.get(card));
    button.focus({ preventScroll: true }); // before the choice that was pressed goes away
    this.close();
    this.board.move(card, to);
    button.focus({ preventScroll: true });
    this.bring(item);
  }

  /** Bring a card into sight; while it glides it seems to be where it was. @param {HTMLElement} item */
  bring(item) {
    const there = item.getAnimations().map((one) => one.finished);
    Promise.allSettled(there).then(() => item.scrollIntoView({ block: "nearest" }));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const arrow = event.key.startsWith("Arrow");
    if (event.key === "Escape" && (this.open || this.held)) {
      const { button } = /** @type {Seen} */ (this.cards.get(this.open || this.drag.card));
      this.drag.stop();
      this.close();
      button.focus();
    } else if (arrow && target.dataset.to !== undefined) {
      const all = [.../** @type {HTMLElement} */ (target.parentElement).querySelectorAll("button")];
      const onward = event.key === "ArrowDown" || event.key === (this.board.data.rtl ? "ArrowLeft" : "ArrowRight");
      all[(all.indexOf(/** @type {HTMLButtonElement} */ (target)) + (onward ? 1 : all.length - 1)) % all.length].focus();
    } else if (arrow && target.dataset.card !== undefined && !this.held) {
      const to = this.beside(target.dataset.card, event.key);
      if (to !== null) this.carry(target.dataset.card, to);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Which column lies beside a card's own, where the arrow points; null where none does. @param {string} card @param {string} key */
  beside(card, key) {
    const { columns, rtl } = this.board.data;
    const from = this.board.at[card];
    const own = /** @type {Shelf} */ (this.columns.get(from)).box.getBoundingClientRect();
    const it = /** @type {Seen} */ (this.cards.get(card)).item.getBoundingClientRect();
    const upright = key === "ArrowUp" || key === "ArrowDown";
    let best = null, least = Infinity;
    for (const [id, { box }] of this.columns) {
      const there = box.getBoundingClientRect();
      const gap = {
        ArrowLeft: own.left - there.right, ArrowRight: there.left - own.right,
        ArrowUp: own.top - there.bottom, ArrowDown: there.top - own.bottom,
      }[key] ?? -1;
      const overlap = upright ? true : there.bottom > own.top + 1 && there.top < own.bottom - 1;
      const aside = upright
        ? Math.max(there.left - (it.left + it.right) / 2, (it.left + it.right) / 2 - there.right, 0)
        : 0;
      if (id !== from && gap > -2 && overlap && gap + 3 * aside < least) [best, least] = [id, gap + 3 * aside];
    }
    if (best !== null || upright) return best;
    const step = (key === "ArrowLeft") === rtl ? 1 : -1;
    return columns[columns.findIndex((one) => one.id === from) + step]?.id ?? null;
  }

  gone() {
    this.drag.gone();
    this.root.remove();
  }
}
