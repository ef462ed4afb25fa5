// A question of the trainer's own, as a form: what is wrong with it is said by the server, the fields stay as they were.
import { button, make } from "./dom.js";

/** @typedef {import("./dom.js").Reader} Reader */
const KINDS = ["choice", "number", "estimate", "order", "rates", "text"];

/** Make the form. @param {Reader} write @param {(draft: object) => Promise<string>} add what was wrong, "" if it was added */
export function draft(write, add) {
  const {say} = write;
  const kind = /** @type {HTMLSelectElement} */ (make("select", {}, ...KINDS.map((one) => make("option", {value: one}, say(`kind-${one}`)))));
  const ask = input("text", {maxlength: "300", dir: "auto"});
  const fields = make("div", {class: "fields"});
  const wrong = make("p", {class: "error", role: "alert"});
  const done = make("p", {class: "quiet", role: "status"});
  /** @type {{read: () => object}} */ let part = {read: () => ({})};
  const build = () => {
    /** @type {Record<string, () => {read: () => object}>} */
    const all = {choice: () => options(true), order: () => options(false), number: () => numbers(false), estimate: () => numbers(true), rates, text: () => ({read: () => ({})})};
    part = all[kind.value]();
  };
  kind.addEventListener("change", () => { fields.replaceChildren(); build(); });

  /** @param {boolean} choice */
  function options(choice) {
    /** @type {{text: HTMLInputElement, right: HTMLInputElement}[]} */ const rows = [];
    const list = make("div", {});
    const more = () => {
      if (rows.length >= 8) return;
      const text = input("text", {maxlength: "160", dir: "auto"}), right = input("checkbox", {});
      rows.push({text, right});
      list.append(make("div", {class: "row"}, labelled(say("option", {n: rows.length}), text), choice ? make("label", {class: "tick"}, right, say("isRight")) : null));
    };
    for (let i = 0; i < (choice ? 4 : 4); i++) more();
    fields.append(...(choice ? [] : [make("p", {class: "quiet"}, say("inOrder"))]), list, button(say("more"), more));
    return {read: () => ({options: rows.map((one) => one.text.value), right: choice ? rows.flatMap((one, i) => (one.right.checked ? [i] : [])) : []})};
  }

  /** @param {boolean} scale */
  function numbers(scale) {
    const percent = input("checkbox", {}), low = number(), high = number(), answer = number();
    fields.append(make("label", {class: "tick"}, percent, say("percent")),
      ...(scale ? [labelled(say("low"), low), labelled(say("high"), high)] : []), labelled(say(scale ? "answerMaybe" : "answer"), answer));
    return {read: () => ({percent: percent.checked, answer: answer.value, ...(scale ? {low: low.value, high: high.value} : {})})};
  }

  function rates() {
    /** @type {{name: HTMLInputElement, rate: HTMLInputElement | null}[]} */ const rows = [];
    const list = make("div", {});
    const top = number();
    top.value = write.count(1000);
    const more = () => {
      if (rows.length >= 6) return;
      const name = input("text", {maxlength: "40", dir: "auto"}), rate = rows.length ? number() : null;
      rows.push({name, rate});
      list.append(make("div", {class: "row"}, labelled(say("stage", {n: rows.length}), name), rate ? labelled(say("rate"), rate) : null));
    };
    for (let i = 0; i < 3; i++) more();
    fields.append(labelled(say("top"), top), list, button(say("more"), more));
    return {read: () => ({top: top.value, stages: rows.map((one) => one.name.value), truth: rows.slice(1).filter((one) => one.name.value.trim()).map((one) => one.rate?.value ?? "")})};
  }

  const form = make("form", {class: "draft"}, labelled(say("kind"), kind), labelled(say("ask"), ask), fields, wrong,
    make("button", {type: "submit", class: "main"}, say("add")), done);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    done.textContent = "";
    wrong.textContent = await add({kind: kind.value, ask: ask.value, ...part.read()});
    if (wrong.textContent) return;
    done.textContent = say("added");
    ask.value = "";
    fields.replaceChildren();
    build();
  });
  build();
  return form;
}

/** @param {string} type @param {Record<string, string>} more */
const input = (type, more) => /** @type {HTMLInputElement} */ (make("input", {type, autocomplete: "off", ...more}));
const number = () => input("text", {inputmode: "decimal", dir: "ltr", maxlength: "40"});
/** @param {string} name @param {HTMLElement} field */
const labelled = (name, field) => make("label", {}, make("span", {}, name), field);
