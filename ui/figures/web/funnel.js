// The formulas of a funnel, for while the hand moves. The truth is funnel/ in Python; tests/web/test_parity.py holds
// the two equal. A value is a number or null; null means "not entered" or "not defined".

/** @typedef {number | null} Value */
/** @typedef {{counts: Value[], rates: Value[], fromTop: Value[], lost: Value[], overall: Value}} Result */

/** Bounds of a count of people and of a rate: funnel/quantities.py. */
export const HIGH = 1e12;

/** @param {Value} part @param {Value} whole @returns {Value} */
export function ratio(part, whole) {
  if (part === null || !whole) return null;
  const result = part / whole;
  return Number.isFinite(result) ? result : null;
}

/** @param {Value} top @param {Value[]} rates the first is not used @returns {Value[]} */
export function countsFromRates(top, rates) {
  const counts = [top];
  for (let i = 1; i < rates.length; i++) {
    const above = counts[i - 1];
    const rate = rates[i];
    counts.push(above === 0 ? 0 : above === null || rate === null ? null : above * rate);
  }
  return counts;
}

/** @param {Value[]} values a copy: people, or the top and the rates @param {string} basis @returns {Result} */
export function result(values, basis) {
  const people = basis === "people";
  const counts = people ? values : countsFromRates(values[0], values);
  const rates = values.map((value, i) => (i === 0 ? null : people ? ratio(value, values[i - 1]) : value));
  const fromTop = people ? counts.map((count) => ratio(count, counts[0])) : countsFromRates(1, values);
  const lost = counts.map((count, i) => {
    const above = i ? counts[i - 1] : null;
    return above === null || count === null ? null : above - count;
  });
  return { counts, rates, fromTop, lost, overall: fromTop[fromTop.length - 1] };
}

/** @param {Value[]} values @param {number} i @param {Value} value @returns {Value[]} */
function put(values, i, value) {
  const out = values.slice();
  out[i] = value;
  return out;
}

/** Set the people at stage i. @param {Value[]} values @param {string} basis @param {number} i @param {number} count @returns {Value[]} */
export function setCount(values, basis, i, count) {
  if (basis === "people" || i === 0) return put(values, i, count);
  const rate = ratio(count, countsFromRates(values[0], values)[i - 1]);
  return rate === null || rate > HIGH ? values : put(values, i, rate);
}

/** Set the rate of the step into stage i. @param {Value[]} values @param {string} basis @param {number} i @param {number} share @returns {Value[]} */
export function setShare(values, basis, i, share) {
  if (basis === "rates") return put(values, i, share);
  const before = values[i - 1];
  if (before === null || before * share > HIGH) return values;
  return put(values, i, halfEven(before * share));
}

/** Round as Python does: a half goes to the even number. @param {number} x */
export function halfEven(x) {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** @param {Value} count @param {Value} average @returns {Value} */
export function revenue(count, average) {
  if (count === null || average === null) return null;
  const money = count * average;
  return Number.isFinite(money) ? money : null;
}
