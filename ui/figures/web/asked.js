// A lesson's questions where no server is: marking as course/marking.py does, replies, hints and solutions as in the app.
import { writer } from "./numbers.js";
import { read } from "./reading.js";

/**
 * @typedef {object} Question  its key and its words, which are HTML of ours
 * @property {"single" | "multiple" | "order" | "match" | "number"} kind
 * @property {string[]} options in their right order @property {string[]} right
 * @property {Record<string, string>} pairs @property {number | null} answer @property {string} form
 * @property {number} tolerance @property {Record<string, number>} traps
 * @property {Record<string, string>} texts of options, or of what is on the left
 * @property {Record<string, string>} others of what is on the right
 * @property {Record<string, string>} replies @property {string[]} hints @property {string} solution
 */
/** @typedef {string | string[] | Record<string, string> | number} Answer */
/** @typedef {{right: boolean, replies: string[], missed: string[], places: string[]}} Mark */
/** @typedef {{words: Record<string, string>, plurals: Record<string, Record<string, string>>, lang: string, signs: import("./numbers.js").Signs, whyNot: Record<string, string>}} Told */

/** @param {Question} question @param {Answer} answer @returns {Mark} */
export function mark(question, answer) {
  const none = { replies: [], missed: [], places: [] };
  if (question.kind === "number") {
    const due = question.answer ?? 0;
    const room = Math.max(question.tolerance, 1e-12 * Math.abs(due));
    if (Math.abs(Number(answer) - due) <= room) return { ...none, right: true };
    const near = Object.entries(question.traps).map(([name, value]) => ({ name, far: Math.abs(Number(answer) - value) }))
      .filter(({ far }) => far <= room).sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
    return { ...none, right: false, replies: near.slice(0, 1).map(({ name }) => name) };
  }
  if (question.kind === "match") {
    const given = /** @type {Record<string, string>} */ (answer);
    const places = Object.keys(question.pairs).filter((left) => given[left] !== question.pairs[left]);
    return { ...none, right: !places.length, places };
  }
  const chosen = /** @type {string[]} */ (typeof answer === "string" ? [answer] : answer);
  if (question.kind === "order") {
    const places = chosen.filter((one, i) => one !== question.options[i]);
    return { ...none, right: !places.length, places };
  }
  const wrong = question.options.filter((one) => chosen.includes(one) && !question.right.includes(one));
  const missed = question.right.filter((one) => !chosen.includes(one));
  return { ...none, right: !wrong.length && !missed.length, replies: wrong.length ? wrong : missed.length ? [] : chosen, missed };
}

/** @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} inside */
export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** HTML of ours, made by Python from the course's own files. @param {string} html @param {string} [tag] @param {Record<string, string>} [attributes] */
export function shown(html, tag = "div", attributes = {}) {
  const made = make(tag, attributes);
  made.innerHTML = html;
  return made;
}

/** Write an answer down in few letters: places in the list of what is offered, joined by dots; a number as it was typed. @param {Question} question @param {Answer} answer */
export function written(question, answer) {
  const at = (/** @type {string} */ one, /** @type {string[]} */ list) => list.indexOf(one);
  if (question.kind === "number") return encodeURIComponent(String(answer)).slice(0, 200);
  if (question.kind === "match") {
    const given = /** @type {Record<string, string>} */ (answer);
    const offered = [...new Set(Object.values(question.pairs))].sort();
    return Object.keys(question.pairs).map((left) => at(given[left], offered)).join(".");
  }
  return (typeof answer === "string" ? [answer] : /** @type {string[]} */ (answer)).map((one) => at(one, question.options)).join(".");
}

/** One question that answers: its controls in the place of its list of choices. */
export class Asked {
  /** @param {HTMLElement} section @param {string} key @param {Question} question @param {Told} told @param {(key: string, right: boolean, answer: string, first: boolean) => void} heard */
  constructor(section, key, question, told, heard) {
    this.section = section;
    this.key = key;
    this.question = question;
    this.told = told;
    this.heard = heard;
    this.tried = false;
    this.hinted = 0;
    const controls = make("form", { class: "tf-answer" });
    /** @type {(written: string) => void} puts an answer in that was written down */ this.put = () => {};
    this.fields = this.controls(controls);
    const say = (/** @type {string} */ word) => told.words[word];
    const check = make("button", { type: "submit", class: "tf-press" }, say("check"));
    const row = make("div", { class: "tf-across" }, check);
    if (question.hints.length) {
      const hint = make("button", { type: "button", class: "tf-press" }, say("hint"));
      hint.onclick = () => this.hint(hint);
      row.append(hint);
    }
    this.hints = make("div");
    this.status = make("div", { role: "status" });
    controls.append(row);
    controls.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    for (const old of section.querySelectorAll(":scope > .tf-asked, :scope > .tf-pairs, :scope > .tf-number")) old.remove();
    const solution = section.querySelector(":scope > details");
    section.insertBefore(controls, solution);
    section.insertBefore(this.hints, solution);
    section.insertBefore(this.status, solution);
  }

  /** @param {HTMLElement} form @returns {() => Answer | null} what is answered; null while it is not complete */
  controls(form) {
    const { question, key, told } = this;
    const name = `answer-${key}`;
    if (question.kind === "single" || question.kind === "multiple") {
      const boxes = question.options.map((one) => {
        const box = /** @type {HTMLInputElement} */ (make("input", { type: question.kind === "single" ? "radio" : "checkbox", name, value: one }));
        form.append(make("label", {}, box, shown(question.texts[one], "span")));
        return box;
      });
      this.put = (places) => places.split(".").forEach((i) => { if (boxes[Number(i)]) boxes[Number(i)].checked = true; });
      return () => {
        const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
        return !chosen.length ? null : question.kind === "single" ? chosen[0] : chosen;
      };
    }
    /** @param {string} label @param {string[]} offered @param {Record<string, string>} texts */
    const menu = (label, offered, texts) => {
      const select = /** @type {HTMLSelectElement} */ (make("select"));
      select.append(make("option", { value: "" }, told.words.choose), ...offered.map((one) => make("option", { value: one }, shown(texts[one]).textContent ?? "")));
      form.append(make("label", { class: "tf-menu-of" }, shown(label, "span"), select));
      return select;
    };
    if (question.kind === "order") {
      const offered = [...question.options].sort();
      const { count } = writer(told.signs);
      const menus = offered.map((_, i) => menu(told.words.place.replace("%(number)s", count(i + 1)), offered, question.texts));
      this.put = (places) => places.split(".").forEach((one, i) => { if (menus[i]) menus[i].value = question.options[Number(one)] ?? ""; });
      return () => {
        const chosen = menus.map((one) => one.value);
        return new Set(chosen).size === offered.length && !chosen.includes("") ? chosen : null;
      };
    }
    if (question.kind === "match") {
      const offered = [...new Set(Object.values(question.pairs))].sort();
      const menus = Object.keys(question.pairs).map((left) => /** @type {const} */ ([left, menu(question.texts[left], offered, question.others)]));
      this.put = (places) => places.split(".").forEach((one, i) => { if (menus[i]) menus[i][1].value = offered[Number(one)] ?? ""; });
      return () => {
        const chosen = Object.fromEntries(menus.map(([left, one]) => [left, one.value]));
        return Object.values(chosen).includes("") ? null : chosen;
      };
    }
    const field = /** @type {HTMLInputElement} */ (make("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "200" }));
    form.append(make("label", {}, make("span", {}, question.texts.unit ?? told.words.number), field));
    this.put = (typed) => (field.value = decodeURIComponent(typed));
    return () => (field.value.trim() ? field.value : null);
  }

  /** @param {HTMLElement} button */
  hint(button) {
    const { question } = this;
    this.hints.append(make("div", { class: "tf-hint" }, make("b", {}, this.told.words.hintIs), " ", shown(question.hints[this.hinted])));
    this.hinted += 1;
    if (this.hinted === question.hints.length) button.remove();
  }

  /** Show what was answered before, and how it was marked; it is no new try. @param {string} before as `written` wrote it */
  restore(before) {
    const { heard } = this;
    this.tried = true;
    if (!before) return;
    this.heard = () => {};
    try {
      this.put(before);
      this.check();
    } catch {
      // a record of another version: the field stays empty
    }
    this.heard = heard;
  }

  check() {
    let answer = this.fields();
    const typed = String(answer);
    const { question, told } = this;
    if (answer === null) return this.say(make("p", { class: "tf-field-error" }, told.words[question.kind === "number" ? "numberFirst" : "answerFirst"]));
    if (question.kind === "number") {
      const form = question.form === "percent" ? "percent" : "count";
      const value = read(String(answer), form);
      if (typeof value === "string")
        return this.say(make("p", { class: "tf-field-error" }, told.whyNot[value].replace("%(given)s", () => String(answer).slice(0, 64))));
      answer = value;
    }
    this.marked(written(question, question.kind === "number" ? typed : answer), mark(question, answer));
  }

  /** @param {string} answer as it was written down @param {Mark} found */
  marked(answer, found) {
    const { told, question } = this;
    const box = make("div", { class: `tf-reply ${found.right ? "tf-right" : "tf-wrong"}` }, make("b", {}, told.words[found.right ? "right" : "notYet"]), " ");
    for (const one of found.replies) if (question.replies[one]) box.append(shown(question.replies[one]));
    const missing = found.missed.length && question.kind === "multiple" ? "missed" : found.places.length ? "places" : "";
    if (missing) {
      const n = (found.missed.length || found.places.length);
      const forms = told.plurals[missing];
      const said = forms[new Intl.PluralRules(told.lang).select(n)] ?? forms.other;
      box.append(make("p", {}, said.replace("%(n)s", writer(told.signs).count(n))));
    }
    this.say(box);
    if (found.right) this.section.querySelector(":scope > details")?.setAttribute("open", "");
    this.heard(this.key, found.right, answer, !this.tried);
    this.tried = true;
  }

  /** @param {Node} said */
  say(said) {
    this.status.replaceChildren(said);
  }
}
