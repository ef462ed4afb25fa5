// What the hand says: sentences of the catalogue, filled with the reader's numbers.
import { halfEven } from "./funnel.js";
import { writer } from "./numbers.js";

/** @typedef {import("./funnel.js").Value} Value */
/**
 * @typedef {object} Data what Python sends; see ui/figures/hand.py
 * @property {number} ack the last act that is done
 * @property {string} id of this figure on the page
 * @property {string} lang @property {boolean} rtl
 * @property {"people" | "rates"} basis
 * @property {Value[]} values of the copy that is moved
 * @property {Value[] | null} ghost the copy it is compared with
 * @property {string[]} names @property {boolean[]} own which names the learner wrote
 * @property {Value} averageSale @property {string} money how an amount is written, with %(amount)s
 * @property {boolean} wholeMoney whether the currency has no small parts
 * @property {string} saleField what the field of the average sale shows
 * @property {{state: "off" | "ask" | "shown", guess: Value}} predict
 * @property {Record<string, string>} errors sentences by field
 * @property {string[]} tools of basis, undo, predict, stages, sale
 * @property {{at: number, name: string, first: string, second: string, between: string, scale: string} | null} joint two funnels: where one ends
 * @property {boolean} unnamed a stage still has no name
 * @property {"count" | "step" | null} scale what the bars are drawn against; null: as the numbers ask for it
 * @property {boolean} stuck something changed in "what if", and nothing flows down
 * @property {boolean} canUndo @property {boolean} canRedo
 * @property {number} most @property {number} least stages
 * @property {import("./numbers.js").Signs} signs
 * @property {Record<string, string>} words
 * @property {Record<string, Record<string, string>>} plurals by CLDR category
 */

/** Return the least of 1, 2, 5 times a power of ten that is at least x. @param {number} x */
export function nice(x) {
  if (!(x > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].map((m) => m * power).find((step) => step >= x * 0.999999) ?? 10 * power;
}

/** Return the multiple of a step that is nearest to x, without binary noise. @param {number} x @param {number} step */
export const tidy = (x, step) => Number((Math.round(x / step) * step).toPrecision(12));

export class Reading {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.numbers = writer(data.signs);
    this.rules = new Intl.PluralRules(data.lang);
  }

  /** @param {string} sentence @param {Record<string, string>} [facts] */
  fill(sentence, facts = {}) {
    return sentence.replace(/%\((\w+)\)s/g, (all, name) => facts[name] ?? all);
  }

  /** @param {string} key @param {Record<string, string>} [facts] */
  word(key, facts) {
    return this.fill(this.data.words[key] ?? key, facts);
  }

  /** Fill the form that goes with the shown number n. @param {string} key @param {number} n @param {Record<string, string>} facts */
  plural(key, n, facts) {
    const forms = this.data.plurals[key];
    return this.fill(forms[this.rules.select(n)] ?? forms.other, facts);
  }

  /** A stage's name, kept to itself where the learner wrote it. @param {number} i */
  name(i) {
    return this.data.own[i] ? `\u2068${this.data.names[i]}\u2069` : this.data.names[i];
  }

  /** @param {Value} x */
  money(x) {
    if (x === null) return this.numbers.dash;
    const shown = this.data.wholeMoney && Math.abs(x) >= 100 ? halfEven(x) : x;
    return this.fill(this.data.money, { amount: this.numbers.amount(shown) });
  }

  /** @param {Value} count */
  people(count) {
    if (count === null) return this.word("empty");
    return this.plural("people", this.numbers.shownCount(count), { n: this.numbers.count(count) });
  }

  /** The whole in one sentence. @param {import("./hand.js").Hand} hand */
  sentence(hand) {
    const { counts, overall } = hand.result;
    const last = counts.length - 1;
    const { count, percent, change, shownCount, shownChange } = this.numbers;
    const names = { first: this.name(0), last: this.name(last) };
    if (hand.veiled) return this.word("guessFirst", names);
    const [top, end] = [counts[0], counts[last]];
    const before = hand.ghost?.counts[last];
    if (before !== undefined) {
      if (before === null || end === null) return this.word("fillBoth");
      if (Math.abs(end - before) < 1e-9)
        return this.word(this.differs(hand) ? "stays" : "same", { ...names, before: count(before) });
      const people = this.plural("change", Math.abs(shownChange(before, end)), { n: change(before, end) });
      const facts = { ...names, before: count(before), after: count(end), people };
      if (before === 0) return this.word("changed", facts);
      return this.word("changedBy", { ...facts, relative: percent((end - before) / before, true) });
    }
    if (top === null || end === null) return this.word("fill");
    if (overall === null || !top) return this.word("nobody", names);
    return this.plural("standing", shownCount(end), {
      ...names, top: count(top), n: count(end), overall: percent(overall),
    });
  }

  /** Say whether the two copies differ in what is shown of them. @param {import("./hand.js").Hand} hand */
  differs(hand) {
    const [now, old] = [hand.result, hand.ghost];
    return now.rates.some((rate, i) => {
      const [after, before] = i ? [rate, old?.rates[i] ?? null] : [now.counts[0], old?.counts[0] ?? null];
      if (after === null || before === null) return false;
      const { count, percent } = this.numbers;
      return i ? percent(after) !== percent(before) : count(after) !== count(before);
    });
  }

  /** Of whom is this rate? @param {import("./hand.js").Hand} hand @param {number} i @param {number} of the stage it is a share of */
  ofWhom(hand, i, of) {
    const { counts, rates, fromTop } = hand.result;
    const { count, percent } = this.numbers;
    const facts = {
      rate: percent(of === 0 && i !== 1 ? fromTop[i] : rates[i]), here: count(counts[i]), above: count(counts[of]),
      stage: this.name(i), before: this.name(of),
    };
    return this.word(counts[of] ? "ofWhom" : "ofNobody", facts);
  }

  /** What a screen reader hears of a stage's handle. @param {import("./hand.js").Hand} hand @param {number} i */
  spokenCount(hand, i) {
    const { counts, rates } = hand.result;
    const last = counts.length - 1;
    if (hand.veiled && i === last) return this.word("hidden");
    const parts = [this.people(counts[i])];
    if (i) parts.push(this.word("rateOf", { rate: this.numbers.percent(rates[i]), before: this.name(i - 1) }));
    return this.joined(parts.concat(this.outcome(hand, i)));
  }

  /** @param {import("./hand.js").Hand} hand @param {number} i */
  spokenShare(hand, i) {
    const { rates } = hand.result;
    return this.joined([this.numbers.percent(rates[i]), ...this.outcome(hand, -1)]);
  }

  /** @param {string[]} parts */
  joined(parts) {
    return parts.reduce((first, second) => this.word("both", { first, second }));
  }

  /** What it did to the last stage. @param {import("./hand.js").Hand} hand @param {number} i */
  outcome(hand, i) {
    const last = hand.values.length - 1;
    if (i === last || hand.veiled) return [];
    return [this.word("outcome", { last: this.name(last), n: this.numbers.count(hand.result.counts[last]) })];
  }
}
