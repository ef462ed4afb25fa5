// What a phone answers with: buttons, a number, a scale, an order, the rates of a funnel, a line. Each tells what is chosen.
import { button, make, rough } from "./dom.js";

/** @typedef {import("./dom.js").Item} Item */
/** @typedef {import("./dom.js").Reader} Reader */
/** @typedef {{node: HTMLElement, lock: () => void}} Field */
/** @typedef {(value: unknown, soon?: boolean) => void} Send */

/** Make the field of an item. @param {Item} item @param {unknown} mine the answer so far @param {Reader} write @param {Send} send @returns {Field} */
export function field(item, mine, write, send) {
  const made = {choice, number, estimate, order, rates, text}[item.kind](item, mine, write, send);
  return {
    node: made,
    lock() { for (const one of made.querySelectorAll("button, input, textarea")) /** @type {HTMLButtonElement} */ (one).disabled = true; },
  };
}

/** @param {Item} item @param {any} mine @param {Reader} write @param {Send} send */
function choice(item, mine, write, send) {
  const chosen = new Set(Array.isArray(mine) ? mine : []);
  const kind = item.multiple ? "checkbox" : "radio";
  const rows = (item.options ?? []).map((one) => {
    const input = /** @type {HTMLInputElement} */ (make("input", {type: kind, name: "choice", value: one.id}));
    input.checked = chosen.has(one.id);
    input.addEventListener("change", () => {
      if (!item.multiple) chosen.clear();
      input.checked ? chosen.add(one.id) : chosen.delete(one.id);
      if (chosen.size) send([...chosen], true);
    });
    return make("label", {class: "option"}, input, make("span", {}, one.text));
  });
  return make("fieldset", {class: "options"}, make("legend", {}, write.say(item.multiple ? "many" : "one")), ...rows);
}

/** @param {string} label @param {string} value @param {Record<string, string>} [more] */
function typed(label, value, more = {}) {
  const input = /** @type {HTMLInputElement} */ (make("input", {type: "text", inputmode: "decimal", autocomplete: "off", dir: "ltr", maxlength: "40", enterkeyhint: "send", ...more}));
  input.value = value;
  return {input, row: make("label", {class: "typed"}, make("span", {}, label), input)};
}

/** A form that is sent by Enter or its button. @param {Reader} write @param {() => void} act @param {Node[]} inside */
function form(write, act, ...inside) {
  const made = make("form", {class: "answer", novalidate: true}, ...inside, make("button", {class: "main", type: "submit"}, write.say("send")));
  made.addEventListener("submit", (event) => { event.preventDefault(); act(); });
  return made;
}

/** @param {Item} item @param {any} mine @param {Reader} write @param {Send} send */
function number(item, mine, write, send) {
  const label = write.say("yourNumber") + (item.unit ? ` (${item.unit})` : "");
  const {input, row} = typed(label, typeof mine === "number" ? write.number(mine, item.form) : "");
  return form(write, () => { if (input.value.trim()) send(input.value.trim()); }, row);
}

/** @param {Item} item @param {any} mine @param {Reader} write @param {Send} send */
function estimate(item, mine, write, send) {
  const low = item.low ?? 0, high = item.high ?? 100;
  const start = typeof mine === "number" ? mine : (low + high) / 2;
  const {input, row} = typed(write.say("estimate"), typeof mine === "number" ? write.number(mine, item.form) : "");
  const slider = scale(low, high, start, write.say("estimate"), (x) => { input.value = write.number(x, item.form); });
  input.addEventListener("input", () => {
    const x = rough(input.value) / (item.form === "percent" ? 100 : 1);
    if (Number.isFinite(x)) slider.value = String(x);
  });
  const ends = make("p", {class: "ends"}, make("span", {}, write.number(low, item.form)), make("span", {}, write.number(high, item.form)));
  return form(write, () => { if (input.value.trim()) send(input.value.trim()); }, row, slider, ends);
}

/** @param {number} low @param {number} high @param {number} at @param {string} label @param {(x: number) => void} moved */
function scale(low, high, at, label, moved) {
  const slider = /** @type {HTMLInputElement} */ (make("input", {type: "range", min: String(low), max: String(high), step: String((high - low) / 100), "aria-label": label}));
  slider.value = String(at);
  slider.addEventListener("input", () => moved(Number(slider.value)));
  return slider;
}

/** @param {Item} item @param {any} mine @param {Reader} write @param {Send} send */
function order(item, mine, write, send) {
  const all = item.options ?? [];
  const listed = (Array.isArray(mine) && mine.length === all.length ? mine.map((id) => all.find((one) => one.id === id)) : [...all]);
  const list = make("ol", {class: "order"});
  /** @param {number} from @param {number} by */
  const move = (from, by) => {
    const to = from + by;
    if (to < 0 || to >= listed.length) return;
    [listed[from], listed[to]] = [listed[to], listed[from]];
    draw();
    const again = list.children[to]?.querySelectorAll("button")[by < 0 ? 0 : 1];
    /** @type {HTMLElement | undefined} */ (again)?.focus();
  };
  const draw = () => list.replaceChildren(...listed.map((one, i) => make("li", {},
    make("span", {}, one?.text ?? ""),
    button("↑", () => move(i, -1), {"aria-label": `${write.say("up")}: ${one?.text}`, class: "step", disabled: i === 0}),
    button("↓", () => move(i, 1), {"aria-label": `${write.say("down")}: ${one?.text}`, class: "step", disabled: i === listed.length - 1}))));
  draw();
  return form(write, () => send(listed.map((one) => one?.id)), make("p", {class: "how"}, write.say("order")), list);
}

/** @param {Item} item @param {any} mine @param {Reader} write @param {Send} send */
function rates(item, mine, write, send) {
  const stages = item.stages ?? [];
  /** @type {HTMLInputElement[]} */ const inputs = [];
  const rows = stages.slice(1).map((name, i) => {
    const label = `${stages[i]} ${write.rtl ? "←" : "→"} ${name}`;
    const {input, row} = typed(label, Array.isArray(mine) ? write.percent(mine[i]) : "");
    const slider = scale(0, 1, Array.isArray(mine) ? mine[i] : 0.5, label, (x) => { input.value = write.percent(x); });
    input.addEventListener("input", () => {
      const x = rough(input.value) / 100;
      if (Number.isFinite(x)) slider.value = String(x);
    });
    inputs.push(input);
    return make("div", {class: "rate"}, row, slider);
  });
  const act = () => {
    const empty = inputs.find((one) => !one.value.trim());
    if (empty) return empty.focus();
    send(inputs.map((one) => one.value.trim()));
  };
  return form(write, act, make("p", {class: "how"}, write.say("rates")), ...rows);
}

/** @param {Item} _item @param {any} mine @param {Reader} write @param {Send} send */
function text(_item, mine, write, send) {
  const area = /** @type {HTMLTextAreaElement} */ (make("textarea", {maxlength: "140", rows: "3", dir: "auto", "aria-label": write.say("yourText"), placeholder: write.say("yourText")}));
  area.value = typeof mine === "string" ? mine : "";
  return form(write, () => { if (area.value.trim()) send(area.value); }, area);
}

/** Say whether an answer is right; null where nothing is. @param {Item} item @param {import("./dom.js").Reveal} reveal @param {any} value */
export function isRight(item, reveal, value) {
  if (item.kind === "choice") return reveal.right.length ? same([...reveal.right].sort(), [...value].sort()) : null;
  if (item.kind === "order") return same(reveal.right, value);
  if (item.kind === "number" && reveal.answer !== undefined) return near(value, reveal.answer, reveal);
  return null;
}

/** @param {number} x @param {number} to @param {import("./dom.js").Reveal} reveal */
const near = (x, to, reveal) => Math.abs(x - to) <= Math.max(reveal.tolerance ?? 0, 1e-12 * Math.abs(to));
/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);

/** Return what the course has to say to an answer. @param {Item} item @param {import("./dom.js").Reveal} reveal @param {any} value @returns {string[]} */
export function replies(item, reveal, value) {
  if (item.kind === "choice") return value.map((/** @type {string} */ id) => reveal.replies?.[id]).filter(Boolean);
  if (item.kind === "number") return (reveal.traps ?? []).filter((one) => near(value, one.value, reveal)).map((one) => one.reply).filter(Boolean);
  return [];
}

/** Write an answer as text. @param {Item} item @param {any} value @param {Reader} write */
export function written(item, value, write) {
  const name = (/** @type {string} */ id) => item.options?.find((one) => one.id === id)?.text ?? "";
  if (item.kind === "choice" || item.kind === "order") return value.map(name).join(item.kind === "order" ? (write.rtl ? " ← " : " → ") : write.rtl ? "، " : ", ");
  if (item.kind === "rates") return value.map((/** @type {number} */ one) => write.percent(one)).join(" · ");
  return typeof value === "number" ? write.number(value, item.form) : String(value);
}
