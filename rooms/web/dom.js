// What all pages of a room need: elements, the page's facts, sentences with places, numbers in the reader's digits.
import { writer } from "./numbers.js";

/**
 * @typedef {object} Item  what is asked, in the reader's language
 * @property {"choice"|"number"|"estimate"|"order"|"rates"|"text"} kind
 * @property {string} ask
 * @property {{id: string, text: string}[]} [options]
 * @property {boolean} [multiple]
 * @property {"count"|"percent"|"money"|"number"} [form]
 * @property {string} [unit]
 * @property {number} [low] @property {number} [high]
 * @property {string[]} [stages] @property {number} [top]
 */
/**
 * @typedef {object} Reveal  what is right, told after the reveal
 * @property {string[]} right @property {string} solution
 * @property {Record<string, string>} [replies]
 * @property {number} [answer] @property {number} [tolerance] @property {{value: number, reply: string}[]} [traps]
 * @property {number[]} [truth] @property {number[]} [people]
 */
/**
 * @typedef {object} State  where the room is
 * @property {number} v @property {"lobby"|"open"|"closed"|"revealed"|"ended"} phase
 * @property {number} at @property {number} round @property {number} of
 * @property {Item} [item] @property {Reveal} [reveal]
 * @property {string[]} [items] @property {string[]} [kinds] @property {number[]} [rounds] @property {string} [lesson]
 */

/** Make an element. @param {string} tag @param {Record<string, string | boolean>} [attributes] @param {(Node|string|null)[]} inside */
export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((one) => one !== null));
  return made;
}

/** Make a button. @param {string} name @param {() => void} act @param {Record<string, string | boolean>} [attributes] */
export function button(name, act, attributes = {}) {
  const made = make("button", {type: "button", ...attributes}, name);
  made.addEventListener("click", act);
  return made;
}

/** What the page was sent with. @returns {any} */
export const boot = () => JSON.parse(/** @type {HTMLElement} */ (document.getElementById("boot")).textContent ?? "{}");

/** Return what writes for a reader: words with places, numbers, codes. @param {{words: Record<string, string>, signs: any, lang: string, dir: string}} told */
export function reader(told) {
  const numbers = writer(told.signs);
  const digits = [...told.signs.digits];
  /** @param {string | number} text */
  const shown = (text) => String(text).replace(/[0-9]/g, (one) => digits[Number(one)]);
  return {
    ...numbers,
    rtl: told.dir === "rtl",
    /** A share, without decimals that say nothing. @param {number} x */
    share: (x) => numbers.percent(x).replace(/[.٫][0٠۰](?=\D*$)/, ""),
    shown,
    /** A sentence; numbers in its places are whole ones. @param {string} key @param {Record<string, string | number>} [places] */
    say: (key, places = {}) =>
      (told.words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => (typeof places[name] === "number" ? numbers.count(places[name]) : places[name] ?? "")),
    /** A room's code in two groups. @param {string} code */
    code: (code) => `${shown(code.slice(0, 3))}\u00a0${shown(code.slice(3))}`,
    /** A number of an item, as its form has it. @param {number} x @param {string} [form] */
    number: (x, form) => (form === "percent" ? numbers.percent(x).replace(/[.٫][0٠۰](?=\D*$)/, "") : form === "money" ? numbers.amount(x) : plain(x)),
  };
  /** @param {number} x */
  function plain(x) {
    if (Math.abs(x) >= 100 || Number.isInteger(x)) return numbers.count(x);
    return shown(String(Math.round(x * 1000) / 1000)).replace(".", told.signs.decimal);
  }
}

/** @typedef {ReturnType<typeof reader>} Reader */

/** The digits of a text in any of the three sets, as a number; NaN for what is none. The server reads what is sent. @param {string} text */
export function rough(text) {
  const plain = text.replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, ".").replace(/[%٪\s\u061c\u200e\u200f]/g, "");
  return plain === "" ? NaN : Number(plain);
}
