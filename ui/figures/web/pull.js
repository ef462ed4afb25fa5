// A guess made on the picture: the learner pulls a bar to where she thinks it ends; then the truth stands beside it. What was pulled
// shows at once and is told to the server with a number; until that has answered (data.ack), the hand is ahead of it. The truth
// comes only with the answer: before the guess it is nowhere in the page.
import { mounts } from "./mounts.js";
import { writer } from "./numbers.js";

/**
 * @typedef {object} Data all words are the reader's
 * @property {number} ack the last number that the server has seen
 * @property {boolean} rtl @property {import("./numbers.js").Signs} signs
 * @property {boolean} percent @property {number} top the end of the scale @property {number} step
 * @property {{name: string, value: number | null}[]} bars the one without a value is guessed
 * @property {string} seen veiled, guessed or skipped @property {number | null} guess @property {number | null} truth
 * @property {Record<string, string>} words
 */
/** @typedef {{n: number, do: string, to: number | null}} Sent */

/** @param {string} tag @param {string} name @param {string} [text] */
function made(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

class Pull {
  /** @param {HTMLElement} place @param {(sent: Sent) => void} send @param {Data} data */
  constructor(place, send, data) {
    this.place = place.appendChild(made("div", "tf-pull"));
    this.place.setAttribute("data-rtl-skip", "");
    this.send = send;
    this.data = data;
    this.n = data.ack;
    this.at = data.guess;
    this.held = false;
    /** @type {HTMLElement | null} */ this.thumb = null;
    /** @type {HTMLElement | null} */ this.fill = null;
    /** @type {HTMLElement | null} */ this.value = null;
    /** @type {HTMLButtonElement | null} */ this.take = null;
    this.later = 0;
    this.draw();
  }

  /** @param {Data} data @param {(sent: Sent) => void} send */
  update(data, send) {
    this.send = send;
    if (data.ack < this.n || this.held) return; // the hand is ahead
    const focused = this.place.contains(document.activeElement);
    const opened = this.data.seen === "veiled" && data.seen !== "veiled";
    this.data = data;
    this.n = data.ack;
    this.at = data.guess;
    this.draw();
    if (focused) /** @type {HTMLElement | null} */ (this.place.querySelector(opened ? ".tf-pull-again" : "[role=slider]"))?.focus();
  }

  gone() {
    this.place.remove();
  }

  /** @param {string} act @param {number | null} to */
  tell(act, to = null) {
    this.n += 1;
    this.send({ n: this.n, do: act, to });
  }

  /** @param {number} x */
  shown(x) {
    const write = writer(this.data.signs);
    return this.data.percent ? write.percent(x) : write.count(x);
  }

  draw() {
    const { data } = this;
    this.place.replaceChildren();
    this.place.dir = data.rtl ? "rtl" : "ltr";
    for (const bar of data.bars) {
      const row = this.place.appendChild(made("div", "tf-pull-row"));
      const head = row.appendChild(made("div", "tf-pull-head"));
      head.append(made("span", "", bar.name));
      if (bar.value !== null) {
        head.append(made("b", "", this.shown(bar.value)));
        row.append(this.track("tf-pull-known", bar.value));
      } else this.asked(row, head);
    }
    const buttons = this.place.appendChild(made("div", "tf-pull-buttons"));
    if (data.seen === "veiled") {
      this.small(buttons, -1);
      this.small(buttons, 1);
      this.take = this.button(buttons, "take", () => this.tell("take", this.at));
      this.take.disabled = this.at === null;
      this.button(buttons, "skip", () => this.tell("skip"));
    } else this.button(buttons, "again", () => this.tell("again"));
  }

  /** @param {HTMLElement} place @param {string} name @param {() => void} act */
  button(place, name, act) {
    const button = /** @type {HTMLButtonElement} */ (place.appendChild(made("button", `tf-pull-${name}`, this.data.words[name])));
    button.type = "button";
    button.onclick = act;
    return button;
  }

  /** @param {string} name @param {number} value */
  track(name, value) {
    const track = made("div", "tf-pull-track");
    const bar = track.appendChild(made("i", name));
    bar.style.inlineSize = `${Math.min(1, Math.max(0, value / this.data.top)) * 100}%`;
    if (value > this.data.top) bar.classList.add("tf-pull-beyond");
    return track;
  }

  /** The bar that is guessed; once the truth is known, both. @param {HTMLElement} row @param {HTMLElement} head */
  asked(row, head) {
    const { data } = this;
    if (data.seen !== "veiled") {
      if (data.seen === "guessed" && data.guess !== null) {
        row.append(this.labelled(data.words.yours, data.guess, "tf-pull-guess"));
      }
      row.append(this.labelled(data.words.truth, data.truth ?? 0, "tf-pull-truth"));
      return;
    }
    this.value = head.appendChild(made("b", "", this.at === null ? "?" : this.shown(this.at)));
    const track = row.appendChild(made("div", "tf-pull-track tf-pull-open"));
    this.fill = track.appendChild(made("i", "tf-pull-guess"));
    const thumb = track.appendChild(made("span", "tf-pull-thumb"));
    this.thumb = thumb;
    thumb.tabIndex = 0;
    thumb.setAttribute("role", "slider");
    thumb.setAttribute("aria-label", data.words.pull);
    thumb.setAttribute("aria-valuemin", "0");
    thumb.setAttribute("aria-valuemax", String(data.top));
    thumb.onkeydown = (event) => this.key(event);
    track.onpointerdown = (event) => {
      if (event.button) return;
      this.held = true;
      track.setPointerCapture(event.pointerId);
      this.follow(track, event);
    };
    track.onpointermove = (event) => this.held && this.follow(track, event);
    track.onpointerup = track.onpointercancel = () => this.drop();
    this.set(this.at);
  }

  /** @param {string} words @param {number} value @param {string} name */
  labelled(words, value, name) {
    const part = made("div", "tf-pull-part");
    const head = part.appendChild(made("div", "tf-pull-head"));
    head.append(made("span", "", words), made("b", "", this.shown(value)));
    part.append(this.track(name, value));
    return part;
  }

  /** A button that moves the bar a little. @param {HTMLElement} place @param {number} way */
  small(place, way) {
    const button = /** @type {HTMLButtonElement} */ (place.appendChild(made("button", "tf-pull-small", way < 0 ? "−" : "+")));
    button.type = "button";
    button.setAttribute("aria-label", this.data.words[way < 0 ? "less" : "more"]);
    button.onclick = () => {
      this.step(way);
      this.drop();
    };
  }

  /** @param {HTMLElement} track @param {PointerEvent} event */
  follow(track, event) {
    const box = track.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    this.set(this.round((this.data.rtl ? 1 - share : share) * this.data.top));
  }

  /** Two digits say enough for a guess, and never less than a step. @param {number} value */
  round(value) {
    const { top, step } = this.data;
    const within = Math.min(top, Math.max(0, value));
    const unit = Math.max(step, within > 0 ? 10 ** (Math.floor(Math.log10(within)) - 1) : step);
    return Math.min(top, Number((Math.round(within / unit) * unit).toPrecision(12)));
  }

  /** @param {number} steps */
  step(steps) {
    const at = this.at ?? 0;
    const unit = Math.max(this.data.step, at > 0 ? 10 ** (Math.floor(Math.log10(at * 1.0001)) - 1) : this.data.step);
    this.set(this.round(at + steps * unit));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const onward = this.data.rtl ? "ArrowLeft" : "ArrowRight";
    const back = this.data.rtl ? "ArrowRight" : "ArrowLeft";
    const steps = { [onward]: 1, ArrowUp: 1, [back]: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === "Home") this.set(0);
    else if (event.key === "End") this.set(this.data.top);
    else if (steps) this.step(steps);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.held = true; // until it is told
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.drop(), 400);
  }

  drop() {
    this.held = false;
    if (this.at !== null && this.at !== this.data.guess) this.tell("guess", this.at);
  }

  /** @param {number | null} at */
  set(at) {
    this.at = at;
    if (!this.thumb || !this.fill || !this.value) return;
    const share = `${((at ?? 0) / this.data.top) * 100}%`;
    this.fill.style.inlineSize = share;
    this.thumb.style.insetInlineStart = share;
    const text = at === null ? "?" : this.shown(at);
    this.value.textContent = text;
    this.thumb.setAttribute("aria-valuenow", String(at ?? 0));
    this.thumb.setAttribute("aria-valuetext", text);
    if (this.take) this.take.disabled = at === null;
  }
}

export default mounts((place, /** @type {(sent: Sent) => void} */ send, /** @type {Data} */ data) => new Pull(place, send, data));
