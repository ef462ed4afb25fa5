// The hand on the funnel: bars whose ends are pulled. While the hand moves, everything is computed here; when it lets go, one
// message tells the server what was done, and what the server answers is what stands on the screen already.
//
// An act stays in `acts` until the server has answered it (data.ack), and is sent again until then: a slow or lost connection
// loses nothing.
import { HIGH, result, revenue, setCount, setShare } from "./funnel.js";
import { mounts } from "./mounts.js";
import { nice, Reading, tidy } from "./handwords.js";
import { View } from "./handview.js";

/** @typedef {import("./funnel.js").Value} Value */
/** @typedef {import("./handwords.js").Data} Data */
/** @typedef {{n: number, do: string, [fact: string]: unknown}} Act */

const PAUSE = 350; // ms without a key press: the hand has let go
const THIN = 0.02; // of the width: about half of what is seen of a handle on a phone
const AGAIN = 3000; // ms without an answer: the act is sent again

export class Hand {
  /** @param {HTMLElement} place @param {(sent: {acts: Act[]}) => void} send @param {Data} data */
  constructor(place, send, data) {
    this.send = send;
    /** @type {Act[]} */ this.acts = [];
    this.n = data.ack;
    /** @type {number | undefined} */ this.pause = undefined;
    /** @type {number | undefined} */ this.again = undefined;
    /** @type {Act | null} what has been moved and not been sent */ this.open = null;
    /** @type {Data | null} */ this.late = null;
    this.moving = false;
    /** @type {number[]} what the full width stands for, per stage */ this.max = [];
    /** @type {"count" | "step"} each bar against the largest, or against the stage before */ this.scale = "count";
    /** @type {number[]} of the step scale: how many times the stage before fits into the full width, per stage */ this.room = [];
    this.data = data;
    this.say = new Reading(data);
    /** @type {Value[]} never changed, only replaced */ this.values = [];
    /** @type {(import("./funnel.js").Result & {values: Value[]}) | undefined} */ this.found = undefined;
    /** @type {import("./funnel.js").Result | null} */ this.ghost = null;
    /** @type {Value} */ this.guess = null;
    /** @type {Data["predict"]["state"]} */ this.predict = "off";
    this.adopt(data);
    this.view = new View(place, this);
    this.view.draw();
  }

  /** Take what the server says, unless the hand is ahead of it. @param {Data} data */
  update(data, send = this.send) {
    this.send = send;
    this.acts = this.acts.filter((act) => act.n > data.ack);
    this.n = Math.max(this.n, data.ack);
    this.late = data;
    this.catchUp();
  }

  /** Show the last answer, unless the hand is further than it; then a later one will fit. */
  catchUp() {
    if (!this.late || this.acts.length || this.open || this.view.held) return;
    const data = this.late;
    this.late = null;
    window.clearTimeout(this.again);
    this.adopt(data);
    this.view.waits(false);
    this.view.draw();
  }

  /** @param {Data} data */
  adopt(data) {
    this.data = data;
    this.values = data.values.slice();
    this.ghost = data.ghost ? result(data.ghost, data.basis) : null;
    this.guess = data.predict.guess;
    this.predict = data.predict.state;
    this.say = new Reading(data);
    this.rescale();
  }

  /** Choose what the full width stands for; stays while the hand moves. */
  rescale() {
    const now = this.result.counts;
    const ghost = this.ghost?.counts ?? [];
    const last = now.length - 1;
    const joint = this.data.joint?.at ?? last;
    const largest = (/** @type {number} */ from, /** @type {number} */ to) =>
      1.1 * Math.max(...[...now.slice(from, to), ...ghost.slice(from, to)].map((count) => count ?? 0)) || 1;
    // Joined funnels have a scale each: on marketing's, the customers would be a hair that nobody sees.
    const [first, second] = [largest(0, joint + 1), largest(joint, last + 1)];
    this.max = now.map((_, i) => (i <= joint ? first : second));
    this.max[last] = Math.max(this.max[last], 1.1 * (this.guess ?? 0));
    if (joint === last) this.max.fill(this.max[last]);
    if (this.data.joint) return;
    // A bar thinner than its handle shows nothing, and cannot be pulled: then each is drawn against the one before.
    const thin = now.some((count, i) => i > 0 && count !== null && count > 0 && count / this.max[i] < THIN);
    this.scale = this.data.scale ?? (thin || this.scale === "step" ? "step" : "count");
    this.room = now.map((count, i) => {
      const above = i ? now[i - 1] : null;
      const guess = i === last && above ? (this.guess ?? 0) / above : 0;
      const then = i ? (this.ghost?.rates[i] ?? 0) : 0;
      return 1.1 * Math.max(1, above ? (count ?? 0) / above : 1, then, guess);
    });
    this.restep();
  }

  /** On the scale of steps, what the full width stands for follows the stage before, also while the hand moves. */
  restep() {
    if (this.scale !== "step") return;
    const { counts } = this.result;
    for (let i = 1; i < counts.length; i++) this.max[i] = this.room[i] * (counts[i - 1] || 1);
  }

  /** What follows from the values: asked for many times in a frame, worked out once. */
  get result() {
    if (this.found?.values !== this.values) this.found = { values: this.values, ...result(this.values, this.data.basis) };
    return this.found;
  }

  get revenue() {
    return revenue(this.result.counts[this.values.length - 1], this.data.averageSale);
  }

  get veiled() {
    return this.predict === "ask";
  }

  // --- what the hand does: at once here, and noted for the server -----------------------------------------------------

  /** @param {number} i @param {number} count */
  moveCount(i, count) {
    const to = Math.min(HIGH, Math.max(0, count));
    this.values = setCount(this.values, this.data.basis, i, to);
    this.note({ do: "count", i, to });
  }

  /** @param {number} i @param {number} share */
  moveShare(i, share) {
    const to = Math.min(HIGH, Math.max(0, share));
    this.values = setShare(this.values, this.data.basis, i, to);
    this.note({ do: "share", i, to });
  }

  /** @param {number} count */
  moveGuess(count) {
    this.guess = Math.min(HIGH, Math.max(0, count));
    this.note({ do: "guess", to: this.guess });
  }

  /** @param {Omit<Act, "n">} act */
  note(act) {
    if (this.open && (this.open.do !== act.do || this.open.i !== act.i)) this.letGo();
    this.open = /** @type {Act} */ ({ n: ++this.n, ...act });
    this.view.paint();
  }

  /** Wait for a pause after a key press, then let go. */
  letGoSoon() {
    window.clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.letGo(), PAUSE);
  }

  /** The hand has let go: tell the server. */
  letGo() {
    window.clearTimeout(this.pause);
    if (!this.open) return;
    this.acts.push(this.open);
    this.open = null;
    this.rescale();
    this.view.draw();
    this.view.announce();
    this.tell();
  }

  /** Change the list of stages, but not while the last change of it is on its way: its places would be others. @param {Omit<Act, "n">} act */
  askStages(act) {
    if (!this.acts.some((one) => ["add", "remove", "move"].includes(one.do))) this.ask(act);
  }

  /** Do something that only the server can answer: typing, the list of stages, undo. @param {Omit<Act, "n">} act */
  ask(act) {
    this.letGo();
    this.acts.push(/** @type {Act} */ ({ n: ++this.n, ...act }));
    this.tell();
  }

  tell() {
    this.view.waits(true);
    this.send({ acts: this.acts.slice(-50) });
    window.clearTimeout(this.again);
    this.again = window.setTimeout(() => {
      if (this.acts.length) this.tell();
    }, AGAIN);
  }

  // --- how far one step goes ------------------------------------------------------------------------------------------

  /** @param {Value} count @param {number} times */
  countStep(count, times) {
    const least = this.data.basis === "rates" && (count ?? 0) < 10 ? 0.1 : 1;
    return Math.max(least, nice((count ?? 0) / 100)) * times;
  }

  /** @param {Value} rate @param {number} times */
  rateStep(rate, times) {
    return ((rate ?? 0) >= 0.0995 ? 0.01 : (rate ?? 0) >= 0.00995 ? 0.001 : 0.0001) * times;
  }

  /** Count from a position. @param {number} count @param {number} perPixel */
  tidyCount(count, perPixel) {
    const least = this.data.basis === "rates" && count < 10 ? 0.1 : 1;
    return Math.max(0, tidy(count, Math.max(least, nice(perPixel))));
  }

  gone() {
    this.letGo();
    window.clearTimeout(this.again);
    this.view.gone();
  }
}

export default mounts((/** @type {HTMLElement} */ place, /** @type {(sent: {acts: Act[]}) => void} */ send, /** @type {Data} */ data) =>
  new Hand(place, send, data));
