// The trainer's own page: beside the projector, or on the trainer's phone. Steers, shows what comes in, lets texts through, asks anew.
import { boot, button, make, reader } from "./dom.js";
import { chart } from "./charts.js";
import { draft } from "./draft.js";
import { next, others, steer } from "./steer.js";

const told = boot();
const write = reader(told);
const {say} = write;
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const told_ = make("p", {class: "link", role: "status"});
const counts = make("p", {class: "counts", role: "status"});
const steps = make("div", {class: "steps"});
const ask = make("h1", {class: "ask"});
const drawing = make("div", {class: "stage"});
const list = make("ol", {class: "items"});
const texts = make("section", {class: "texts", hidden: true});
const after = make("section", {class: "box"});

/** @type {import("./dom.js").State | null} */ let state = null;
/** @type {import("./charts.js").Results | null} */ let results = null;
let here = {here: 0, seats: 0, names: /** @type {string[]} */ ([])};

main.replaceChildren(
  make("p", {class: "room"}, `${say("code")}: `, make("b", {dir: "ltr"}, write.code(told.room))), told_, ask, counts, steps, drawing, texts,
  make("section", {class: "box"}, make("h2", {}, say("questions")), list), own(), after);

const room = await steer(told, "desk", {
  state(now) {
    if (state && (state.at !== now.at || state.round !== now.round)) results = null;
    state = now;
    draw();
  },
  tally(now) { if (state && now.at === state.at) { results = now; draw(); } },
  here(now) { here = now; draw(); },
  gone() { main.replaceChildren(make("h1", {}, say("gone"))); room.stop(); },
}, (online) => { told_.textContent = online ? "" : say("offline"); }, () => {
  main.replaceChildren(make("h1", {class: "ask"}, say("notTrainer")));
  room.stop();
});
files();

let shape = "";
function draw() {
  if (!state) return;
  const {item, at, of, round, phase} = state;
  counts.replaceChildren(`${say("here")}: `, make("b", {}, write.count(here.here)), " · ", `${say("answered")}: `, make("b", {}, write.count(results?.n ?? 0)));
  const now = JSON.stringify([state.v, results]);
  if (now === shape) return;
  shape = now;
  const place = item ? `${say("item", {at: at + 1, of})}${round > 1 ? ` · ${say("roundN", {n: round})}` : ""} · ` : "";
  ask.textContent = item ? place + item.ask : phase === "ended" ? say("over") : of ? say("title") : say("empty");
  const first = next(state);
  steps.replaceChildren(...[first && button(say(first.word), () => act(first), {class: "main"}),
    ...others(state).map((one) => button(say(one.word), () => act(one)))].filter((one) => one !== null));
  drawing.replaceChildren(...(item && results?.by ? [chart(item, results, state.reveal, true, write)] : []));
  list.replaceChildren(...(state.items ?? []).map((text, i) => make("li", {...(i === at ? {"aria-current": "true"} : {})}, make("span", {}, text),
    ["lobby", "closed", "revealed"].includes(phase) && i !== at ? button(say("start"), () => act({do: "open", at: i}), {"aria-label": `${say("start")}: ${text}`}) : null)));
  waiting();
}

function waiting() {
  const all = results?.texts;
  texts.hidden = !all;
  if (!all || !state) return;
  const {at} = state;
  texts.replaceChildren(make("h2", {}, say("texts")), all.length ? make("ul", {}, ...all.map((one) => make("li", {class: one.shown ? "shown" : ""},
    make("span", {dir: "auto"}, one.text),
    button(say(one.shown ? "holdBack" : "show"), () => room.post("let", {item: at, round: one.round, seat: one.seat, shown: !one.shown}))))) : make("p", {class: "quiet"}, say("noTexts")));
}

/** @param {import("./steer.js").Command & {draft?: object}} command */
async function act(command) {
  const {status, data} = await room.step(command);
  told_.textContent = status === 200 ? "" : status === 0 ? say("offline") : data.said ?? "";
  return status === 200 ? "" : data.said ?? say("offline");
}

function own() {
  return make("details", {class: "box"}, make("summary", {}, say("own")), draft(write, (made) => act({do: "add", draft: made})));
}

function files() {
  const link = (/** @type {string} */ kind) => make("a", {href: room.url(`results.${kind}`), download: true}, say(kind));
  const way = make("div", {});
  const secret = room.secret();
  const mine = make("div", {}, make("h2", {}, say("phone")), make("p", {class: "quiet"}, say("phoneWhy")), button(say("showLink"), async () => {
    const reach = await fetch(room.url("reach")).then((answer) => answer.json()).catch(() => null);
    const origin = new URL(reach?.ways.find((/** @type {{answers: boolean}} */ one) => one.answers)?.desk ?? location.href).origin;
    const {status, data} = await post_(origin);
    if (status === 200) { way.innerHTML = data.qr; way.append(make("p", {}, make("bdi", {dir: "ltr", class: "url"}, data.url))); }
  }), way);
  const post_ = (/** @type {string} */ origin) => fetch(`${room.url("link")}&origin=${encodeURIComponent(origin)}`, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({secret})})
    .then(async (answer) => ({status: answer.status, data: await answer.json()}));
  const sure = make("span", {hidden: true, class: "sure"}, say("sure"), " ", button(say("yes"), () => room.post("delete", {}), {class: "danger"}), button(say("no"), () => (sure.hidden = true)));
  after.replaceChildren(make("h2", {}, say("files")), make("ul", {class: "files"}, ...["xlsx", "csv", "pdf"].map((kind) => make("li", {}, link(kind))),
    make("li", {}, make("a", {href: room.url("funnel")}, say("funnel"))), make("li", {}, make("a", {href: `screen?${told.query}`}, say("screen")))),
  ...(secret ? [mine] : []), make("p", {class: "quiet"}, say("stored")), button(say("delete"), () => (sure.hidden = false)), " ", sure);
}
