// The hand on the funnel without a server: what ui/figures/hand.py does with its acts, for files that travel.
import { countsFromRates, HIGH, ratio, setCount, setShare } from "./funnel.js";
import { Hand } from "./hand.js";
import { writer } from "./numbers.js";
import { read } from "./reading.js";

/** @typedef {import("./funnel.js").Value} Value */
/** @typedef {import("./handwords.js").Data} Data */
/** @typedef {import("./hand.js").Act} Act */
/** @typedef {Data & {whyNot: Record<string, string>, bounds: Record<string, string>}} Told */

const MOST_STEPS_BACK = 50;

/** @param {Value} value */
const fit = (value) => (value === null || value > HIGH ? null : value);

/** The same funnel in the other basis. @param {Value[]} values @param {string} basis @returns {Value[]} */
export function inBasis(values, basis) {
  if (basis === "people") return countsFromRates(values[0], values).map(fit);
  return values.map((value, i) => (i ? fit(ratio(value, values[i - 1])) : value));
}

/** What stands on the figure, and what can be undone. */
export class Alone {
  /** @param {HTMLElement} place @param {Told} told */
  constructor(place, told) {
    this.told = told;
    this.numbers = writer(told.signs);
    /** @type {Pick<Data, "basis" | "values" | "averageSale">[]} */ this.past = [];
    /** @type {Pick<Data, "basis" | "values" | "averageSale">[]} */ this.future = [];
    this.hand = new Hand(place, ({ acts }) => this.take(acts), told);
  }

  /** @param {Act[]} acts */
  take(acts) {
    for (const act of acts) if (act.n > this.told.ack) this.told = { ...this.does({ ...this.told, errors: {} }, act), ack: act.n };
    const { told } = this;
    const sale = told.averageSale === null ? "" : this.numbers.count(told.averageSale);
    this.told = { ...told, saleField: sale, canUndo: this.past.length > 0, canRedo: this.future.length > 0 };
    queueMicrotask(() => this.hand.update(this.told));
  }

  /** @param {Told} told @param {Act} act @returns {Told} */
  does(told, act) {
    const { values, basis } = told;
    const i = Number(act.i);
    const text = String(act.text ?? "");
    if (act.do === "count") return this.put(told, { values: setCount(values, basis, i, Number(act.to)) });
    if (act.do === "share") return this.put(told, { values: setShare(values, basis, i, Number(act.to)) });
    if (act.do === "basis" && act.to !== basis && (act.to === "rates" || act.to === "people"))
      return this.put(told, { basis: act.to, values: inBasis(values, act.to) });
    if (act.do === "undo") return this.step(told, this.past, this.future);
    if (act.do === "redo") return this.step(told, this.future, this.past);
    if (act.do === "guess") return { ...told, predict: { ...told.predict, guess: Number(act.to) } };
    if (act.do === "predict") {
      const state = act.to === "shown" || act.to === "ask" ? act.to : "off";
      return { ...told, predict: { state, guess: state === "shown" ? told.predict.guess : null } };
    }
    if (act.do === "typed") {
      const share = act.what === "share";
      return this.typed(told, share ? `share-field-${i}` : `count-${i}`, text, share ? "percent" : "count", (value) => {
        if (value === null) return { values: values.map((old, at) => (at === i ? null : old)) };
        return { values: share ? setShare(values, basis, i, value) : setCount(values, basis, i, value) };
      });
    }
    if (act.do === "sale") return this.typed(told, "sale", text, "count", (value) => ({ averageSale: value }));
    return told;
  }

  /** @param {Told} told @param {string} field @param {string} text @param {"count" | "percent"} kind @param {(value: Value) => Partial<Data>} make */
  typed(told, field, text, kind, make) {
    const value = text.trim() ? read(text, kind) : null;
    const code = typeof value === "string" ? value : value !== null && value > HIGH ? `out-of-range-${kind}` : "";
    if (code) return { ...told, errors: { [field]: told.whyNot[code].replace("%(given)s", () => text.slice(0, 64)) } };
    return this.put(told, make(/** @type {Value} */ (value)));
  }

  /** @param {Told} told @param {Partial<Data>} change */
  put(told, change) {
    const { basis, values, averageSale } = told;
    if (Object.entries(change).every(([name, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(told, name)))) return told;
    this.past.push({ basis, values, averageSale });
    this.past.splice(0, this.past.length - MOST_STEPS_BACK);
    this.future = [];
    return { ...told, ...change };
  }

  /** @param {Told} told @param {Alone["past"]} from @param {Alone["past"]} to */
  step(told, from, to) {
    const back = from.pop();
    if (!back) return told;
    const { basis, values, averageSale } = told;
    to.push({ basis, values, averageSale });
    return { ...told, ...back };
  }
}
