// Numbers as i18n/numbers.py writes them: Intl rounds and groups, our signs and digits go on top.
// tests/web/test_parity.py compares every form with Python's.
import { halfEven } from "./funnel.js";

/**
 * @typedef {object} Signs what Numbers.signs() says of the reader's language and digits
 * @property {string} digits @property {string} group @property {string} decimal
 * @property {string} minus @property {string} plus @property {string} about @property {string} dash
 * @property {[string, string]} percent before and after the digits
 * @property {[string, string, string]} signedPercent before the sign, after it, after the digits
 */

/** @type {Intl.NumberFormat[]} */
const writers = [];

/** @param {number} x at least 0 @param {number} places @returns {string} */
function rounded(x, places) {
  const scaled = x * 10 ** places;
  if (scaled >= 1e15) return whole(x, places);
  // On or next to a tie the binary number may lie on the other side of what its digits say.
  if (Math.abs(scaled - Math.floor(scaled) - 0.5) < 1e-6) x = fifteen(x);
  writers[places] ??= new Intl.NumberFormat("en-US", {
    minimumFractionDigits: places, maximumFractionDigits: places,
  });
  return writers[places].format(x);
}

/** Return x to fifteen digits; a tie goes to the even digit, as Python has it. @param {number} x */
function fifteen(x) {
  const [all, power] = x.toExponential(99).split("e");
  const cut = all.slice(0, 16);
  const down = /^50*$/.test(all.slice(16)) && Number(cut[15]) % 2 === 0;
  return Number(down ? `${cut}e${power}` : x.toExponential(14));
}

/** @param {number} x beyond the digits of a number: written out exactly @param {number} places */
function whole(x, places) {
  const text = BigInt(Math.floor(x)).toLocaleString("en-US");
  if (!places) return text;
  return `${text}.${(x % 1).toFixed(places).slice(2)}`;
}

/** @param {number} size at least 0 @param {number} noise what is below it is nothing @returns {string} "" for next to nothing */
function small(size, noise) {
  if (size < noise) return "0";
  if (size < 0.0000995) return "";
  let places = 1 - Math.floor(Math.log10(size));
  if (size * 10 ** places >= 99.5 - 1e-9) places -= 1;
  return rounded(size, Math.max(1, places));
}

/** @param {number} size at least 0 @returns {string} */
function plainCount(size) {
  if (size >= 99.95) return rounded(size, 0);
  if (size < 0.1) return small(size, 1e-9);
  const nearest = Math.round(size);
  return Math.abs(size - nearest) < 1e-9 ? String(nearest) : rounded(size, 1);
}

/** @param {string} text */
const shows = (text) => /[1-9]/.test(text);

/** @param {Signs} signs */
export function writer(signs) {
  const digits = [...signs.digits];
  const native = signs.digits !== "0123456789";

  /** @param {string} text */
  const shown = (text) =>
    native
      ? text.replace(/[0-9.,]/g, (c) => (c === "." ? signs.decimal : c === "," ? signs.group : digits[Number(c)]))
      : text;

  /** @param {number} x @param {string} text @param {boolean} signed */
  const sign = (x, text, signed) => ((x < 0 || signed) && shows(text) ? (x < 0 ? signs.minus : signs.plus) : "");

  /** @param {number | null} x @param {boolean} [signed] */
  function count(x, signed = false) {
    if (x === null) return signs.dash;
    const text = plainCount(Math.abs(x));
    return text ? sign(x, text, signed) + shown(text) : signs.about + shown("0");
  }

  /** @param {number} x @returns {number} the number that count(x) shows, at least 0: for the plural */
  const shownCount = (x) => Number(plainCount(Math.abs(x)).replaceAll(",", "") || 0);

  /** @param {number} before @param {number} after */
  function shownChange(before, after) {
    const change = shownCount(after) - shownCount(before);
    return Math.max(before, after) >= 100 ? halfEven(change) : Math.round(change * 1e6) / 1e6;
  }

  /** @param {number | null} before @param {number | null} after */
  const change = (before, after) =>
    before === null || after === null ? signs.dash : count(shownChange(before, after), true);

  /** @param {number | null} fraction @param {boolean} [signed] */
  function percent(fraction, signed = false) {
    if (fraction === null) return signs.dash;
    const size = Math.abs(fraction) * 100;
    const text = size >= 1 ? (Math.abs(size - 100) < 1e-9 ? "100" : rounded(size, 1)) : small(size, 1e-11);
    const mark = text ? sign(fraction, text, signed) : signs.about;
    if (mark) {
      const [outer, before, after] = signs.signedPercent;
      return outer + mark + before + shown(text || "0") + after;
    }
    return signs.percent[0] + shown(text) + signs.percent[1];
  }

  /** @param {number} x @param {number} places @param {boolean} [signed] */
  function decimal(x, places, signed = false) {
    const text = rounded(Math.abs(x), places);
    return sign(x, text, signed) + shown(text);
  }

  /** @param {number | null} x @param {boolean} [signed] */
  function amount(x, signed = false) {
    if (x === null) return signs.dash;
    const size = Math.abs(x);
    if (size >= 999.995 || Math.abs(size - Math.round(size)) < 5e-10) return decimal(x, 0, signed);
    return size >= 0.1 ? decimal(x, 2, signed) : count(x, signed);
  }

  return { count, percent, change, amount, shownCount, shownChange, dash: signs.dash };
}
