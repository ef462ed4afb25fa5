// Reading a number that a person typed, as i18n/reading.py does: any of the three digit sets, and a reason where it is none.
// For files that travel without a server; tests/web/test_parity.py holds the two equal.

const MOST = 64;
const MARKS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const SPACES = /[\t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const GROUPED = /^[1-9]\d{0,2}([,٬'_ ])\d{3}(?:\1\d{3})*(?:[.٫]\d*)?$/;
const PLAIN = /^(?:\d+(?:[.٫]\d*)?|[.٫]\d+)$/;
const DOTS_AS_GROUPS = /^\d{1,3}(?:([.٫])\d{3})(?:\1\d{3})+$/;
const COUNT_OR_THOUSANDS = /^[1-9]\d{0,2}\.\d{3}$/;
const COMMA_SOMEWHERE = /^[\d,٬'_.٫]*[,٬'_][\d,٬'_.٫]*$/;
const SEVERAL = /\d[\d,٬'_.٫]*%?\s*(?:[ ;؛:|+–—~-]|\.\.+|…)\s*[-+]?[\d.٫]/;
const SCIENTIFIC = /^\d+(?:\.\d+)?[eE]\+?\d{1,2}$/;

/** @param {string} text every sign for the same thing becomes one */
function oneSpelling(text) {
  return text.replace(SPACES, " ").replace(MARKS, "").replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\u2212\u2010\u2011\ufe63\uff0d]/g, "-").replace(/[\ufe62\uff0b]/g, "+").replace(/[٪\ufe6a\uff05]/g, "%")
    .replace(/[\u2044\u2215\u060d\uff0f]/g, "/").replace(/[\u060c\uff0c]/g, ",").replace(/[\u2019\u2018]/g, "'").trim();
}

/**
 * Return the number, or the code of why it is none.
 * @param {string} text @param {"count" | "percent" | "number"} kind @returns {number | string}
 */
export function read(text, kind) {
  const plain = oneSpelling(text);
  if (!plain) return "empty";
  if (plain.length > MOST) return "too-long";
  let body = plain;
  let marked = kind !== "percent";
  if (!marked && body.endsWith("%")) [body, marked] = [body.slice(0, -1).trimEnd(), true];
  if (!marked && body.startsWith("%")) [body, marked] = [body.slice(1).trimStart(), true];
  const sign = /^[+-]/.test(body) ? body[0] : "";
  body = body.slice(sign.length).trimStart();
  if (!marked && body.startsWith("%")) body = body.slice(1).trimStart();
  if (!SCIENTIFIC.test(body)) {
    if (!GROUPED.test(body) && !PLAIN.test(body)) return whyNot(body, kind);
    if (kind === "count" && COUNT_OR_THOUSANDS.test(body)) return "ambiguous";
    body = body.replace(/[,٬'_ ]/g, "").replace("٫", ".");
  }
  // by moving the point, because 6.5 / 100 is not always the number nearest to 0.065
  const [digits, power = "0"] = body.toLowerCase().split("e");
  const value = Number(`${digits}e${Number(power) - (kind === "percent" ? 2 : 0)}`);
  if (sign === "-" && value) return kind === "number" ? -value : "negative";
  return value;
}

/** @param {string} body @param {string} kind */
function whyNot(body, kind) {
  if (/\p{L}/u.test(body)) return "letters";
  if (body.includes("/") && /\d/.test(body)) return "slash";
  if (body.includes("%") && kind !== "percent" && /\d/.test(body)) return "percent";
  if (SEVERAL.test(body)) return "several";
  if (/\d/.test(body) && (COMMA_SOMEWHERE.test(body) || DOTS_AS_GROUPS.test(body))) return "ambiguous";
  return "not-a-number";
}
