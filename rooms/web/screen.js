// The projector: the code, the question, the results, all drawn here from the room's own stream; steered by keys or by the bar below.
import { boot, button, make, reader } from "./dom.js";
import { chart } from "./charts.js";
import { next, others, steer } from "./steer.js";

/** @typedef {import("./dom.js").State} State */

const told = boot();
const write = reader(told);
const {say} = write;
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const place = make("p", {class: "place"});
const counts = make("p", {class: "counts", role: "status"});
const link = make("p", {class: "link", role: "status"});
const code = make("p", {class: "code"});
const bar = make("nav", {class: "steps", "aria-label": say("desk")});
const top = make("header", {class: "top"}, place, code, link);
const stage = make("section", {class: "stage", "aria-live": "polite"});
const cover = make("div", {class: "cover", hidden: true, role: "dialog", "aria-label": say("qr")});
main.replaceChildren(stage);
main.before(top);
main.after(make("footer", {class: "foot"}, counts, bar), cover);

/** @type {State | null} */ let state = null;
/** @type {import("./charts.js").Results | null} */ let results = null;
let here = {here: 0, seats: 0, names: /** @type {string[]} */ ([])};
let truth = false, drawn = "";
/** @type {{local: boolean, ways: {url: string, qr: string, answers: boolean, desk: string}[]} | null} */ let reach = null;

const room = await steer(told, "screen", {
  state(now) {
    if (!state || state.at !== now.at || now.phase === "open") truth = false;
    if (state && (state.at !== now.at || state.round !== now.round)) results = null;
    state = now;
    draw();
  },
  tally(now) { if (state && now.at === state.at) { results = now; draw(); } },
  here(now) { here = now; draw(); },
  gone() { stage.replaceChildren(make("h1", {}, say("gone"))); bar.replaceChildren(); room.stop(); },
}, (online) => { link.textContent = online ? "" : say("offline"); }, () => {
  stage.replaceChildren(make("h1", {class: "ask"}, say("notTrainer")));
  bar.replaceChildren();
  room.stop();
});
fetch(room.url("reach")).then((answer) => (answer.ok ? answer.json() : null)).then((found) => { reach = found; draw(); }).catch(() => {});

/** Which of the addresses the class is shown. */
const way = () => reach?.ways.find((one) => one.answers) ?? reach?.ways.at(-1) ?? null;

function draw() {
  if (!state) return;
  const {phase, at, round, of, item} = state;
  place.textContent = item ? `${say("item", {at: at + 1, of})}${round > 1 || (state.rounds?.[at] ?? 0) > 1 ? ` · ${say("roundN", {n: round})}` : ""}` : "";
  code.replaceChildren(item ? make("bdi", {dir: "ltr"}, short()) : "", " ", item ? make("b", {dir: "ltr"}, write.code(told.room)) : "");
  const n = results && results.at === at ? results.n : 0;
  counts.replaceChildren(make("span", {}, `${say("here")}: `, make("b", {}, write.count(here.here))),
    ...(item ? [" · ", make("span", {}, `${say("answered")}: `, make("b", {}, write.count(n)))] : []),
    ...(item?.kind === "text" && results?.wait ? [" · ", make("span", {}, `${say("wait")}: `, make("b", {}, write.count(results.wait)))] : []));
  const shape = JSON.stringify([phase, at, round, of, item?.ask, truth, phase === "revealed" || item?.kind === "text" ? results?.by : "", item ? "" : [here.names, reach?.ways.length]]);
  if (shape !== drawn) {
    drawn = shape;
    stage.replaceChildren(...(item ? question() : phase === "ended" ? [make("h1", {}, say("over"))] : lobby()));
    stage.dataset.phase = phase;
    fit();
  }
  tools();
}

/** The address without what everybody can leave out. */
const short = () => (way()?.url ?? location.origin).replace(/^https?:\/\//, "").replace(/\/r\/\d+$/, "/r");

function lobby() {
  const found = way();
  const picture = make("div", {class: "qr"});
  if (found) picture.innerHTML = found.qr;                        // drawn by our server
  const words = make("div", {class: "join"}, make("h1", {}, say("join")),
    make("p", {class: "address"}, `${say("address")}: `, make("bdi", {dir: "ltr"}, short())),
    make("p", {class: "big"}, `${say("code")}: `, make("bdi", {dir: "ltr"}, write.code(told.room))));
  if (reach?.local) {
    const reached = reach.ways.filter((one) => one.answers);
    words.append(make("p", {class: "hint"}, say(reached.length ? "local" : "unreached")));
    if (reached.length > 1) words.append(make("ul", {class: "ways"}, ...reached.map((one) => make("li", {}, make("bdi", {dir: "ltr"}, one.url)))));
  }
  if (!here.seats) words.append(make("details", {class: "hint"}, make("summary", {}, "?"), say("noPhones")));
  if (state && !state.of) words.append(make("p", {class: "hint"}, say("empty")));
  const names = make("ul", {class: "names"}, ...[...here.names].reverse().map((one) => make("li", {}, one)));
  return [make("div", {class: "lobby"}, picture, words), names];
}

function question() {
  const {item, reveal, phase} = /** @type {State} */ (state);
  if (!item) return [];
  const out = [make("h1", {class: "ask"}, item.ask)];
  const open = phase === "open" || phase === "closed";
  if (open && item.kind === "rates") out.push(make("p", {class: "how"}, say("rates")));
  if (phase === "closed") out.push(make("p", {class: "closed"}, say("closed")));
  if (open && item.kind === "text" && results?.by) out.push(chart(item, results, reveal, truth, write));
  else if (open) out.push(asked(item));
  else if (results?.by) out.push(chart(item, results, reveal, truth, write));
  return out;
}

/** What can be answered, before anybody sees what others think. @param {import("./dom.js").Item} item */
function asked(item) {
  if (item.options) return make(item.kind === "order" ? "ul" : "ol", {class: "asked"}, ...item.options.map((one) => make("li", {}, one.text)));
  if (item.kind === "rates") return make("ol", {class: "asked"}, ...(item.stages ?? []).slice(1).map((name, i) => make("li", {}, `${item.stages?.[i]} ${write.rtl ? "←" : "→"} ${name}`)));
  if (item.kind === "estimate") return make("p", {class: "quiet"}, `${write.number(item.low ?? 0, item.form)} – ${write.number(item.high ?? 0, item.form)}`);
  return make("p", {class: "quiet"}, item.unit ?? "");
}

/** Letters as large as the screen allows. */
function fit() {
  let size = 2.1;
  const over = () => stage.scrollHeight > stage.clientHeight + 2;
  do stage.style.fontSize = `${size.toFixed(2)}rem`; while (over() && (size -= 0.07) > 0.95);
}
addEventListener("resize", fit);
document.fonts?.ready.then(fit);

let barShape = "";
function tools() {
  if (!state) return;
  const first = next(state), more = others(state);
  const hasTruth = state.phase === "revealed" && state.item?.kind === "rates" && state.reveal?.truth;
  const shape = JSON.stringify([first, more, hasTruth && truth]);
  if (shape === barShape) return;
  barShape = shape;
  bar.replaceChildren(...[
    first && button(say(first.word), () => act(first), {class: "main"}),
    hasTruth && !truth ? button(say("showTruth"), showTruth, {class: "main"}) : null,
    ...more.map((one) => button(say(one.word), () => act(one))),
    button(say("qr"), qr), button(say("full"), full), button(say("desk"), desk),
  ].filter((one) => one !== null));
  bar.title = say("keys");
}

/** @param {import("./steer.js").Command} command */
async function act(command) {
  const {status, data} = await room.step(command);
  link.textContent = status === 200 ? "" : status === 0 ? say("offline") : data.said ?? "";
}

function showTruth() { truth = true; draw(); }

function qr() {
  if (!cover.hidden) return void (cover.hidden = true);
  const picture = make("div", {class: "qr"});
  picture.innerHTML = way()?.qr ?? "";
  cover.replaceChildren(picture, make("p", {class: "big"}, make("bdi", {dir: "ltr"}, short()), " · ", make("bdi", {dir: "ltr"}, write.code(told.room))));
  cover.hidden = false;
}
cover.addEventListener("click", () => (cover.hidden = true));

function full() {
  const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  asked?.catch?.(() => {});
}

function desk() { open(`desk?${told.query}`, "tf-desk"); }

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !state) return;
  const onward = write.rtl ? "ArrowLeft" : "ArrowRight";
  const on = /** @type {HTMLElement} */ (document.activeElement)?.matches?.("button, summary");
  const key = event.key.length === 1 ? event.code : event.key;
  if (key === "Escape" && !cover.hidden) cover.hidden = true;
  else if (key === onward || key === "PageDown" || (key === "Space" && !on) || (key === "Enter" && !on)) {
    const due = next(state);
    if (due && !event.repeat) act(due);
  } else if (key === "KeyA" && ["closed", "revealed"].includes(state.phase)) act({do: "open", at: state.at});
  else if (key === "KeyT" && state.reveal?.truth) showTruth();
  else if (key === "KeyQ") qr();
  else if (key === "KeyF") full();
  else if (key === "KeyD") desk();
  else return;
  event.preventDefault();
});
