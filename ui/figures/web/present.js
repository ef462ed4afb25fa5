// Presenting a lesson: one screen after the other by keys, clicker, finger or mouse; the trainer's note, clock and second window.
// Here are the doors (links) into a lesson's views, and the second window; the show itself is in presentshow.js.
import { button, fullScreen, label, make, meaning, station } from "./presentparts.js";
import { show } from "./presentshow.js";

/** @typedef {import("./presentparts.js").Mounted} Mounted */
/** @typedef {import("./presentparts.js").Part} Part */
/** @typedef {import("./presentparts.js").Told} Told */

/** @type {WeakMap<HTMLElement, Mounted>} */
const mounted = new WeakMap();

/** @param {Omit<Part, "data"> & {data: [Told]}} sent */
export default function (sent) {
  const part = {...sent, data: sent.data[0]};
  const {parentElement: home, data} = part;
  home.dataset.mounted = "";                                   // see mounts.js
  const kind = data.mode === "show" ? show : data.mode === "notes" ? notes : doors;
  if (home.dataset.mode !== data.mode) {
    mounted.get(home)?.end();
    home.dataset.mode = data.mode;
    const own = make("div", {class: "tf-part"});              // beside the stylesheet that Streamlit puts here
    home.append(own);
    mounted.set(home, kind(own));
  }
  mounted.get(home)?.update(part);
  return () => {
    mounted.get(home)?.end();
    mounted.delete(home);
    delete home.dataset.mode;
  };
}

/** The doors into the views of a lesson, and out of the printable one. @param {HTMLElement} home @returns {Mounted} */
function doors(home) {
  const row = make("div", {class: "tf-doors"});
  home.append(row);
  return {
    update({data}) {
      const made = Object.keys(data.words).map((name) => {
        const there = /** @type {HTMLElement | null} */ (row.querySelector(`.tf-do-${name}`));
        const one = there ?? (name === "paper" ? button(name, () => window.print()) : link(name));
        if (data.links[name]) one.setAttribute("href", data.links[name]);
        if (one.textContent !== data.words[name]) one.textContent = data.words[name];
        return one;
      });
      if (made.some((one) => one.parentElement !== row)) row.replaceChildren(...made);
    },
    end: () => home.remove(),
  };
}

/** Make a link to a view of the lesson; rtl/boot.js goes there. @param {string} name */
function link(name) {
  const made = make("a", {class: `tf-do tf-do-${name}`, ...(name === "room" ? {} : {"data-inside": ""})});   // a room is no page of the app's
  if (name === "present") made.onclick = (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) fullScreen(true); };
  return made;
}

/** The trainer's second window: place, clock, what comes next, and the note below, drawn by the server. @param {HTMLElement} home @returns {Mounted} */
function notes(home) {
  const alive = new AbortController();
  const told = station();
  /** @type {Told} */ let data;
  let here = {at: 1, since: Date.now()};
  const place = make("output"), gone = make("bdi", {dir: "ltr"}), time = make("bdi", {dir: "ltr"});
  const now = make("b"), next = make("span");
  const channel = new BroadcastChannel("two-funnels");
  /** @param {string} act */
  const send = (act) => channel.postMessage({slug: data.slug, act});
  const tools = make("span", {class: "tf-doors"}, ...["back", "next", "black"].map((name) => button(name, () => send(name))));
  home.append(make("div", {class: "tf-station"},
    make("p", {class: "tf-numbers"}, place, gone, time), make("p", {}, now), make("p", {class: "tf-quiet"}, next), tools));
  const draw = () => {
    place.textContent = told.place(here.at);
    [gone.textContent, time.textContent] = told.clock(here.since);
    now.textContent = data.titles[here.at - 1] ?? "";
    next.textContent = here.at < data.titles.length ? data.words.then.replace("%(title)s", data.titles[here.at]) : data.words.over;
  };
  channel.onmessage = ({data: said}) => {
    if (!data || said.slug !== data.slug || !said.at) return;
    if (said.query !== data.query) return location.replace(`${location.pathname}?${said.query}`);   // another language over there
    here = said;
    draw();
  };
  addEventListener("keydown", (event) => {
    const what = {ArrowDown: "next", ArrowUp: "back"}[event.key] ?? meaning(event);
    if (!["next", "back", "first", "last", "black"].includes(what)) return;
    event.preventDefault();
    send(what);
  }, {signal: alive.signal});
  const timer = setInterval(() => data && draw(), 1000);
  return {
    update(part) {
      data = part.data;
      told.take(data);
      label(tools, data.words);
      draw();
      channel.postMessage({slug: data.slug, ask: true});
    },
    end() {
      alive.abort();
      channel.close();
      clearInterval(timer);
      home.remove();
    },
  };
}
