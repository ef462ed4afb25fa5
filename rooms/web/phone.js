// The phone: one seat in one room. What is answered is shown at once, kept until it has arrived, and sent again by itself.
import { boot, make, reader } from "./dom.js";
import { field, isRight, replies, written } from "./ask.js";
import { kept, line, post } from "./line.js";

/** @typedef {import("./dom.js").State} State */
/** @typedef {{item: number, round: number, n: number, value: any, waits?: boolean}} Mine */

const told = boot();
const write = reader(told);
const {say} = write;
const url = (/** @type {string} */ path) => `${told.root}room/${told.room}/${path}?${told.query}`;
const BOX = `room-${told.room}-answer`;

/** @type {Map<string, Mine>} */ const answers = new Map();
/** @type {State} */ let state = told.state;
/** @type {string} */ let drawn = "";
let alias = "", four = "", sending = false, retry = 0;

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const who = make("p", {class: "who"});
const link = make("p", {class: "link", role: "status"});
const status = make("p", {class: "status", role: "status", "aria-live": "polite"});
const top = /** @type {HTMLElement} */ (document.querySelector(".top"));
const foot = /** @type {HTMLElement} */ (document.querySelector(".foot"));
top.append(who, link);
main.after(status);
feet();

/** @param {State} at */
const key = (at) => `${at.at}.${at.round}`;

/** Take a seat, or sit down again. @param {string} [path] @param {object} [body] */
async function sit(path = "join", body = {}) {
  const {status: code, data} = await post(url(path), body);
  if (code === 200) {
    alias = data.alias;
    four = data.seat;
    for (const one of data.mine) {
      const there = answers.get(`${one.item}.${one.round}`);
      if (!there?.waits) answers.set(`${one.item}.${one.round}`, one);
    }
    who.replaceChildren(`${say("you")} `, make("b", {}, alias));
    seat();
    show(data.state);
    return "";
  }
  if (code === 0 || code >= 500 || code === 429) {
    connected(false);
    setTimeout(() => sit(path, body), 3000);
  } else if (path === "join") {
    main.replaceChildren(make("h1", {class: "ask"}, data.said ?? ""));
    lines?.stop();
  }
  return data.said ?? "";
}

/** @type {ReturnType<typeof line> | null} */ let lines = null;
async function begin() {
  const unsent = kept.get(BOX);
  if (unsent && typeof unsent.item === "number") answers.set(`${unsent.item}.${unsent.round}`, {...unsent, waits: true});
  const wrong = await sit();
  if (wrong) return;
  lines = line(url("events"), {state: show, gone}, connected, () => sit());
  flush();
}

/** @param {boolean} online */
function connected(online) {
  const words = say(online ? "online" : "offline");
  if (link.textContent !== words) link.textContent = words;
  link.classList.toggle("off", !online);
  if (online) flush();
}

function gone() {
  lines?.stop();
  kept.set(BOX, null);
  main.replaceChildren(make("h1", {class: "ask"}, say("gone")));
  status.textContent = "";
}

/** Show a state; what is being typed stays when nothing changed for it. @param {State} now */
function show(now) {
  state = now;
  const shape = `${now.phase} ${key(now)} ${now.item?.ask ?? ""}`;
  if (shape === drawn) return;
  drawn = shape;
  clearTimeout(later);
  const {item} = now;
  const mine = answers.get(key(now));
  const parts = [];
  if (!item) {
    parts.push(make("h1", {class: "ask"}, say(now.phase === "ended" ? "over" : now.at < 0 ? "waiting" : "next")));
    status.className = "status";
    status.textContent = "";
  } else {
    if (now.round > 1 && now.phase === "open") parts.push(make("p", {class: "round"}, say("round", {n: now.round})));
    parts.push(make("h1", {class: "ask", tabindex: "-1"}, item.ask));
    if (now.phase === "open") {
      parts.push(field(item, mine?.value, write, choose).node);
      says(mine);
    } else {
      parts.push(...after(now));
      status.className = "status";
      status.textContent = now.phase === "closed" ? say("closed") : "";
    }
  }
  main.replaceChildren(...parts);
}

/** What is seen after the vote. @param {State} now */
function after(now) {
  const item = /** @type {import("./dom.js").Item} */ (now.item), mine = answers.get(key(now)), reveal = now.reveal;
  const parts = [];
  if (mine) parts.push(make("p", {class: "yours"}, `${say("yours")}: `, make("b", {dir: "auto"}, written(item, mine.value, write))));
  else parts.push(make("p", {class: "yours"}, say("none")));
  if (!reveal) return parts;
  const right = mine ? isRight(item, reveal, mine.value) : null;
  if (right !== null) parts.push(make("p", {class: right ? "verdict right" : "verdict wrong"}, say(right ? "right" : "wrong")));
  if (mine && right === false) parts.push(...replies(item, reveal, mine.value).map((one) => make("p", {class: "reply"}, one)));
  if (right !== true && reveal.right.length) parts.push(make("p", {class: "truth"}, `${say("truth")}: `, make("b", {}, written(item, reveal.right, write))));
  if (reveal.answer !== undefined && right !== true) parts.push(make("p", {class: "truth"}, `${say("truth")}: `, make("b", {}, write.number(reveal.answer, item.form))));
  if (reveal.solution) parts.push(make("p", {class: "solution"}, reveal.solution));
  return parts;
}

// --- an answer on its way ---------------------------------------------------------------------------------------

let later = 0;
/** @param {any} value @param {boolean} [soon] several taps in a row go as one */
function choose(value, soon = false) {
  const before = answers.get(key(state));
  const mine = {item: state.at, round: state.round, n: (before?.n ?? 0) + 1, value, waits: true};
  answers.set(key(state), mine);
  kept.set(BOX, mine);
  says(mine);
  clearTimeout(later);
  later = setTimeout(flush, soon ? 250 : 0);
}

/** Send what waits; once more every three seconds until it has arrived. */
async function flush() {
  const mine = [...answers.values()].find((one) => one.waits);
  clearTimeout(retry);
  if (!mine || sending) return;
  sending = true;
  const {status: code, data} = await post(url("answer"), {item: mine.item, round: mine.round, n: mine.n, value: mine.value});
  sending = false;
  const now = answers.get(`${mine.item}.${mine.round}`);
  if (code === 200) {
    if (now === mine) {
      if (data.n > mine.n) { mine.n = data.n + 1; return flush(); }          // another phone of this seat was ahead: this is newer
      answers.set(`${mine.item}.${mine.round}`, {...mine, value: data.value, waits: false});
      kept.set(BOX, null);
      says(answers.get(key(state)));
    }
    if ([...answers.values()].some((one) => one.waits)) flush();
  } else if (code === 401) {
    await sit();
    retry = setTimeout(flush, 1000);
  } else if (code === 0 || code === 429 || code >= 500) {
    if (state.phase === "open") says(mine, code === 429 ? "sending" : "kept");
    retry = setTimeout(flush, code === 429 ? 400 : 3000);
  } else {                                                                   // too late, or not to be read: it counts no more
    if (now === mine) answers.delete(`${mine.item}.${mine.round}`);
    kept.set(BOX, null);
    status.textContent = data.said ?? say("late");
    status.className = "status bad";
    if (code === 409) restore();
  }
}

/** Ask what the server has of this seat. */
async function restore() {
  drawn = "";
  const said = status.textContent;
  await sit();
  status.textContent = said;
}

/** Say where an answer is. @param {Mine | undefined} mine @param {string} [how] */
function says(mine, how) {
  const word = how ?? (!mine ? "" : mine.waits ? "sending" : "arrived");
  status.className = `status ${word}`;
  status.textContent = word ? say(word) : "";
}

// --- the foot of the page: the seat, the languages ----------------------------------------------------------------

function feet() {
  const others = make("nav", {class: "languages"}, ...told.languages.map((/** @type {{code: string, name: string}} */ one) =>
    make("a", {href: `?lang=${one.code}`, lang: one.code, ...(one.code === told.lang ? {"aria-current": "true"} : {})}, one.name)));
  foot.prepend(make("div", {id: "seat"}), others);
}

function seat() {
  const place = /** @type {HTMLElement} */ (document.getElementById("seat"));
  if (place.childElementCount) return void (/** @type {HTMLElement} */ (place.querySelector("bdi")).textContent = write.shown(four));
  const input = /** @type {HTMLInputElement} */ (make("input", {inputmode: "numeric", maxlength: "8", dir: "ltr", autocomplete: "off", "aria-label": say("four"), placeholder: say("four")}));
  const wrong = make("p", {class: "error", role: "alert"});
  const form = make("form", {class: "door"}, input, make("button", {type: "submit"}, say("take")), wrong);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    answers.clear();
    drawn = "";
    const said = await sit("back", {seat: input.value});
    if (said) wrong.textContent = said;
    else { details.removeAttribute("open"); lines?.open(); }
  });
  const details = make("details", {}, make("summary", {}, say("back")), form);
  place.append(make("p", {}, `${say("seat")}: `, make("bdi", {class: "four", dir: "ltr"}, write.shown(four))), make("p", {class: "quiet"}, say("seatWhy")), details);
}

begin();
