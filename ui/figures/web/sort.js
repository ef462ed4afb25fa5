// Drag and sort: cards go into columns, by mouse, finger and pen, and without dragging: a card is pressed and asked where it
// goes, or the arrow keys move it. What is moved shows at once; the server is told where every card lies, with a number, and
// answers with what is to be said of each card. Until it has answered (data.ack), it is told again.
import { mounts } from "./mounts.js";
import { View } from "./sortview.js";

/**
 * @typedef {object} Card
 * @property {string} id @property {string} name @property {string} at the column it lies in
 * @property {string} text a second line, or "" @property {string} verdict right, wrong, depends or ""
 * @property {string} sign @property {string} word the verdict in words @property {string} why HTML of ours, or ""
 */
/** @typedef {{id: string, name: string, note: string}} Column the first one is the deck: cards not sorted yet */
/**
 * @typedef {object} Data all words and digits are the reader's
 * @property {number} ack the last number that the server has seen
 * @property {boolean} rtl @property {string} digits the reader's ten digits @property {string} label
 * @property {Column[]} columns @property {Card[]} cards @property {Record<string, string>} words
 */
/** @typedef {{n: number, at: Record<string, string>}} Sent */

const AGAIN = 3000; // ms without an answer: told again

export class Board {
  /** @param {HTMLElement} place @param {(sent: Sent) => void} send @param {Data} data */
  constructor(place, send, data) {
    this.send = send;
    this.data = data;
    this.n = data.ack;
    /** @type {Record<string, string>} where each card lies, as the eye sees it */ this.at = {};
    /** @type {Data | null} an answer that came while a card was held */ this.late = null;
    this.moved = "";
    this.again = 0;
    this.view = new View(place, this);
    this.adopt(data);
  }

  get waits() {
    return this.data.ack < this.n;
  }

  /** Take what the server says, unless the hand is ahead of it. @param {Data} data @param {(sent: Sent) => void} send */
  update(data, send) {
    this.send = send;
    this.late = data;
    this.catchUp();
  }

  catchUp() {
    if (!this.late || this.late.ack < this.n || this.view.held) return;
    window.clearTimeout(this.again);
    this.adopt(this.late);
    this.view.sayVerdict(this.moved);
    this.moved = "";
  }

  /** @param {Data} data */
  adopt(data) {
    this.late = null;
    this.data = data;
    this.n = data.ack;
    this.at = Object.fromEntries(data.cards.map((card) => [card.id, card.at]));
    this.view.draw();
  }

  /** Put a card into a column. @param {string} card @param {string} to */
  move(card, to) {
    if (this.at[card] === to) return this.view.draw();
    this.view.turnTo(card);
    this.put({ ...this.at, [card]: to });
    this.moved = card;
    this.view.sayMoved(card, to);
  }

  /** Put all cards back on the deck. */
  clear() {
    const [deck] = this.data.columns;
    this.put(Object.fromEntries(this.data.cards.map((card) => [card.id, deck.id])));
    this.moved = "";
    this.view.say(this.data.words.cleared);
  }

  /** @param {Record<string, string>} at */
  put(at) {
    this.at = at;
    this.n += 1;
    this.view.draw();
    this.tell();
  }

  tell() {
    this.send({ n: this.n, at: this.at });
    window.clearTimeout(this.again);
    this.again = window.setTimeout(() => {
      if (this.waits) this.tell();
    }, AGAIN);
  }

  gone() {
    window.clearTimeout(this.again);
    this.view.gone();
  }
}

export default mounts((/** @type {HTMLElement} */ place, /** @type {(sent: Sent) => void} */ send, /** @type {Data} */ data) =>
  new Board(place, send, data));
