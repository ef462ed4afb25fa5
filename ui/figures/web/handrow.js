// One stage of the hand's figure: its name and number, its bar with a handle, and the step that leads to it.
import { drag, make, put, Slide, slider } from "./handparts.js";

/** @typedef {import("./hand.js").Hand} Hand */
/** @typedef {import("./handview.js").View} View */

const FINE = 0.1; // of the width: below it a bar's end is moved more finely than the hand moves

export class Row {
  /** @type {HTMLInputElement} */ count;
  /** @type {HTMLElement} the count while the hand moves: to write into a field in every frame is dear */ moved;
  /** @type {HTMLElement} */ was;
  /** @type {HTMLElement} */ track;
  /** @type {Slide} */ now;
  /** @type {Slide} who was at the stage before: what sticks out of "now" is lost */ above;
  /** @type {Slide} the ghost */ old;
  /** @type {HTMLElement} */ grip;
  /** @type {Slide} */ gripAt;
  /** @type {HTMLElement | undefined} the learner's guess */ mark;
  /** @type {Slide | undefined} */ markAt;
  // below the top only: the step into this stage
  /** @type {HTMLButtonElement | undefined} */ top;
  /** @type {HTMLElement | undefined} */ share;
  /** @type {HTMLElement | undefined} */ shareText;
  /** @type {HTMLElement | undefined} */ lost;
  /** @type {HTMLElement | undefined} */ told;
  /** @type {HTMLInputElement | undefined} */ typed;

  /** @param {View} view @param {number} i */
  constructor(view, i) {
    this.view = view;
    this.hand = view.hand;
    this.i = i;
    this.last = i === this.hand.values.length - 1;
    this.item = make("li", "tf-hand-stage", view.stages);
    if (i) this.step();
    this.head();
    this.bar();
    if (view.editing) this.edit();
  }

  head() {
    const { hand, view, i } = this;
    const { say, data } = hand;
    const head = make("div", "tf-hand-head", this.item);
    if (view.editing) {
      const label = say.word("stageNumber", { number: say.numbers.count(i + 1) });
      const field = view.field(head, `name-${i}`, label, data.names[i], (text) => ({
        do: "name", i, text, shown: data.names[i],
      }));
      field.dir = "auto";
      field.classList.add("tf-hand-name");
    } else {
      const name = make("span", "tf-hand-name", head, { dir: data.own[i] ? "auto" : "" });
      name.textContent = data.names[i];
    }
    const label = say.word("peopleAt", { stage: say.name(i) });
    const place = make("span", "tf-hand-count", head);
    this.count = view.field(head, `count-${i}`, label, "", (text) => ({ do: "typed", what: "count", i, text }));
    this.count.inputMode = "decimal";
    place.append(this.count); // what is wrong with it stays below, in the head
    this.moved = make("span", "tf-hand-moved", place, { "aria-hidden": "true" });
    this.was = make("span", "tf-hand-was", head);
    if (i) {
      this.top = make("button", "tf-hand-of", head, { type: "button", "data-id": `top-${i}`, "aria-expanded": "false" });
      this.top.addEventListener("click", () => view.askOf(i, 0));
    }
  }

  bar() {
    const { hand, i } = this;
    this.track = make("div", "tf-hand-track", this.item);
    const bars = make("div", "tf-hand-bars", this.track);
    this.above = this.slide("tf-hand-above", bars);
    this.now = this.slide("tf-hand-now", bars);
    this.old = this.slide("tf-hand-old", bars);
    this.gripAt = this.slide("tf-hand-reach");
    const name = hand.say.word("peopleAt", { stage: hand.say.name(i) });
    this.grip = this.slider("tf-hand-grip", `grip-${i}`, name, {
      start: () => hand.result.counts[i] ?? 0,
      move: (from, pixels, fine) => hand.moveCount(i, this.pulled(from, pixels, fine)),
      press: (times) => hand.moveCount(i, (hand.result.counts[i] ?? 0) + hand.countStep(hand.result.counts[i], times)),
      end: (high) => hand.moveCount(i, high ? this.most : 0),
    }, this.gripAt.element);
    if (this.last && hand.predict !== "off") {
      const word = hand.say.word("guessFor", { last: hand.say.name(i) });
      this.markAt = this.slide("tf-hand-reach");
      this.mark = this.slider("tf-hand-mark", "guess", word, {
        start: () => hand.guess ?? 0,
        move: (from, pixels, fine) => hand.moveGuess(this.pulled(from, pixels, fine)),
        press: (times) => hand.moveGuess((hand.guess ?? 0) + hand.countStep(hand.guess, times)),
        end: (high) => hand.moveGuess(high ? this.most : 0),
      }, this.markAt.element);
    }
  }

  step() {
    const { hand, view, i } = this;
    const row = make("div", "tf-hand-step", this.item);
    const facts = { stage: hand.say.name(i), before: hand.say.name(i - 1) };
    const share = this.slider("tf-hand-share", `share-${i}`, hand.say.word("stepRate", facts), {
      start: () => hand.result.rates[i] ?? 0,
      move: (from, pixels, fine) => {
        const rate = from + (pixels / view.width) * (fine ? 0.1 : 1);
        hand.moveShare(i, Math.max(0, Number((Math.round(rate * 1000) / 1000).toPrecision(12))));
      },
      press: (times) => {
        const rate = hand.result.rates[i] ?? 0;
        hand.moveShare(i, Math.max(0, Number((rate + hand.rateStep(rate, times)).toPrecision(12))));
      },
      end: (high) => hand.moveShare(i, high ? 1 : 0),
      tap: () => view.askOf(i, i - 1),
    }, row);
    this.share = share;
    this.shareText = make("span", "", share);
    this.lost = make("span", "tf-hand-lost", row);
    if (view.asked?.i === i) this.answer();
  }

  answer() {
    const { hand, view, i } = this;
    const box = make("div", "tf-hand-answer", this.item);
    this.told = make("p", "", box);
    if (view.asked?.of === i - 1) {
      const label = hand.say.word("stepRate", { stage: hand.say.name(i), before: hand.say.name(i - 1) });
      this.typed = view.field(box, `share-field-${i}`, label, "", (text) => ({ do: "typed", what: "share", i, text }));
    }
    if (this.typed) this.typed.inputMode = "decimal";
    view.button("close", "remove", false, () => view.askOf(i, view.asked?.of ?? 0), box, {}, `close-${i}`);
  }

  edit() {
    const { hand, view, i } = this;
    const { data } = hand;
    const row = make("div", "tf-hand-edit", this.item);
    const size = data.names.length;
    const facts = { stage: hand.say.name(i) };
    const to = (/** @type {string} */ id, /** @type {Record<string, unknown>} */ act) => () => {
      view.wanted = id;
      hand.askStages(/** @type {{do: string}} */ (act));
    };
    view.button("up", "up", i === 0, to(`up-${i - 1}`, { do: "move", i, to: i - 1 }), row, facts, `up-${i}`);
    view.button("down", "down", i === size - 1, to(`down-${i + 1}`, { do: "move", i, to: i + 1 }), row, facts, `down-${i}`);
    view.button("add", "add", size >= data.most, to(`name-${i + 1}`, { do: "add", i }), row, facts, `add-${i}`);
    view.button("remove", "remove", size <= data.least, to(`name-${Math.max(0, i - 1)}`, { do: "remove", i }), row, facts,
      `remove-${i}`);
  }

  /**
   * @param {string} kind @param {string} id @param {string} name
   * @param {import("./handparts.js").Acts} acts @param {HTMLElement} place
   */
  slider(kind, id, name, acts, place) {
    const element = slider(kind, id, name, place);
    drag(element, this.hand, acts);
    return element;
  }

  /** @param {string} kind @param {HTMLElement} [place] */
  slide(kind, place = this.track) {
    return new Slide(make("span", kind, place), this.hand.data.rtl);
  }

  /** Let what moves hang on the hand, or rest where it is. @param {boolean} on */
  hold(on) {
    for (const slide of [this.now, this.above, this.gripAt, this.markAt]) on ? slide?.hold() : slide?.free();
    put(this.moved, on ? this.count.value : "");
  }

  /** How far a handle can go by the keyboard. */
  get most() {
    return Math.max(this.hand.max[this.i], this.hand.result.counts[this.i] ?? 0);
  }

  /** The count that a pull of so many pixels (onward: positive) leads to. @param {number} from @param {number} pixels @param {boolean} fine */
  pulled(from, pixels, fine) {
    const { hand, view } = this;
    const max = hand.max[this.i];
    const whole = max / view.width;
    const small = from < max * FINE && pixels < view.width * FINE;
    const perPixel = (small ? Math.max(from / (view.width * FINE), whole / 20) : whole) * (fine ? 0.1 : 1);
    return hand.tidyCount(from + pixels * perPixel, perPixel);
  }

  /** @param {number | null} count @param {number} [max] */
  at(count, max = this.hand.max[this.i]) {
    return Math.min(1, (count ?? 0) / max);
  }

  /** Who was here before the change, on the scale of that time. @param {import("./funnel.js").Result} ghost */
  before(ghost) {
    const above = this.i ? ghost.counts[this.i - 1] : null;
    return this.hand.scale === "step" && above ? this.at(ghost.counts[this.i], this.hand.room[this.i] * above) : this.at(ghost.counts[this.i]);
  }

  /** @param {import("./funnel.js").Result} found @param {import("./funnel.js").Result | null} ghost */
  paint(found, ghost) {
    const { hand, view, i } = this;
    const veiled = hand.veiled && this.last;
    const count = found.counts[i];
    this.now.to(veiled ? 0 : this.at(count));
    this.above.to(veiled || !i ? 0 : this.at(found.counts[i - 1]));
    this.gripAt.to(this.at(count));
    this.markAt?.to(this.at(hand.guess));
    // While the hand pulls, the stages between its own and the last take turns, one in a frame: nobody reads faster.
    if (!hand.moving || this.last || hand.open?.i === i || view.turn % view.rows.length === i) this.write(found, ghost);
    if (hand.moving) return;
    this.old.to(ghost ? this.before(ghost) : 0);
    this.grip.hidden = veiled || count === null;
    this.count.disabled = veiled;
    if (this.share) this.share.hidden = veiled && hand.data.basis === "people";
    const asked = view.asked;
    this.item.classList.toggle("tf-hand-part", asked?.i === i);
    this.item.classList.toggle("tf-hand-whole", asked?.of === i);
    this.top?.setAttribute("aria-expanded", String(asked?.i === i && asked.of === 0));
    this.speak(found); // not at every pixel: neither ear nor frame has the time
  }

  /** Write the numbers. @param {import("./funnel.js").Result} found @param {import("./funnel.js").Result | null} ghost */
  write(found, ghost) {
    const { hand, view, i } = this;
    const { say } = hand;
    const { numbers } = say;
    const veiled = hand.veiled && this.last;
    const count = found.counts[i];
    const shown = veiled ? say.word("hidden") : count === null ? "" : numbers.count(count);
    if (view.held) put(this.moved, shown);
    else fill(this.count, shown);
    if (!hand.moving) put(this.was, ghost && !veiled ? say.word("was", { count: numbers.count(ghost.counts[i]) }) : "");
    if (this.share) {
      put(this.shareText, veiled ? say.word("hidden") : say.word("goOn", { rate: numbers.percent(found.rates[i]) }));
      put(this.top, veiled ? "" : say.word("ofTop", { rate: numbers.percent(found.fromTop[i]) }));
      put(this.lost, veiled ? "" : this.lostWords(found.lost[i]));
      if (this.told && view.asked) put(this.told, say.ofWhom(hand, i, view.asked.of));
      if (this.typed) fill(this.typed, found.rates[i] === null ? "" : numbers.percent(found.rates[i]));
    }
  }

  /** Tell a screen reader where the handles stand. @param {import("./funnel.js").Result} found */
  speak(found) {
    const { hand, i } = this;
    const rate = found.rates[i];
    aria(this.grip, found.counts[i], this.most, hand.say.spokenCount(hand, i));
    if (this.share) aria(this.share, rate, Math.max(1, rate ?? 0), hand.say.spokenShare(hand, i));
    if (this.mark) aria(this.mark, hand.guess, this.most, hand.say.people(hand.guess));
  }

  /** @param {number | null} lost */
  lostWords(lost) {
    const { say } = this.hand;
    if (lost === null) return "";
    const shown = say.numbers.shownCount(lost);
    return say.plural(lost < 0 ? "grown" : "lost", shown, { n: say.numbers.count(Math.abs(lost)) });
  }
}

/** Show a number in its field, unless something else is being typed there. @param {HTMLInputElement} field @param {string} shown */
function fill(field, shown) {
  if (document.activeElement === field && field.value !== field.dataset.shown) return;
  if (field.value !== shown) field.value = shown;
  field.dataset.shown = shown;
}

/** @param {HTMLElement} element @param {number | null} now @param {number} most @param {string} said */
function aria(element, now, most, said) {
  element.setAttribute("aria-valuenow", String(now ?? 0));
  element.setAttribute("aria-valuemax", String(most));
  element.setAttribute("aria-valuetext", said);
}
