// The show on the projector: the screens, drawn by the server all at once, are shown one after the other. The server is told the
// place a moment later, so that it rides in the address.
import { button, fullScreen, label, make, meaning, station } from "./presentparts.js";

/** @typedef {import("./presentparts.js").Mounted} Mounted */
/** @typedef {import("./presentparts.js").Part} Part */
/** @typedef {import("./presentparts.js").Told} Told */

const SMALLEST = {"--tf-zoom": 12.5, "--tf-zoom-bars": 13.5};
/** A live figure's smallest size, as a share of the show's letters, and the step in which it is sought. */
const LEAST = 0.4, STEP = 0.05;

/** What outlives a rerun and a change of language: where each lesson stands. @type {Map<string, {at: number, since: number}>} */
const places = new Map();
/** The show on the projector. @param {HTMLElement} home @returns {Mounted} */
export function show(home) {
  const alive = new AbortController(), {signal} = alive;
  const told = station();
  /** @type {Part} */ let part;
  /** @type {{at: number, since: number}} */ let here;
  let black = false, noted = false, all = false, typed = "", saved = 0, asked = 0, quiet = 0, opening = 0, forget = 0;
  const rule = make("style");
  const cover = make("div", {class: "tf-black", role: "status"});
  const place = make("output", {class: "tf-place", "aria-live": "polite"});
  const clocks = make("span", {class: "tf-clock"});
  const gone = make("bdi", {dir: "ltr"}), time = make("bdi", {dir: "ltr"});
  clocks.append(gone, " · ", time);
  const gauge = make("span"), line = make("span", {class: "tf-line"}, gauge);
  /** @type {Record<string, () => void>} */
  const acts = {
    back: () => go(here.at - 1), next: () => go(here.at + 1), first: () => go(1), last: () => go(part.data.titles.length),
    note: () => turn({noted: !noted}), black: () => turn({black: !black}), full: () => fullScreen(!document.fullscreenElement),
    window: () => ((opening = Date.now()), open(notesAddress(), "tf-notes", "popup,width=900,height=700")),
    room: () => ((opening = Date.now()), open(part.data.room, "tf-room")),
    all: () => turn({all: !all}),
    leave: () => (black || noted || all ? turn({black: false, noted: false, all: false}) : leave()),
    free: () => /** @type {HTMLElement} */ (document.activeElement)?.blur(),
  };
  const tools = make("span", {class: "tf-tools"},
    ...["back", "next", "all", "note", "black", "window", "room", "full", "leave"].map((name) => button(name, acts[name])));
  const bar = make("div", {class: "tf-show", role: "toolbar"}, line, place, tools, clocks);
  const grid = make("nav", {class: "tf-all"});
  home.append(rule, bar, grid, cover);

  const screen = (at = here.at) => /** @type {HTMLElement|null} */ (document.querySelector(`.st-key-screen-${at}`));
  const notesAddress = () => `${location.pathname}?${part.data.query}`;
  const channel = new BroadcastChannel("two-funnels");
  const tell = () => channel.postMessage({slug: part.data.slug, ...here, black, lang: part.data.lang, query: part.data.query});
  channel.onmessage = ({data}) => {
    if (data.slug !== part.data.slug) return;
    if (data.ask) tell();
    else if (data.act && acts[data.act]) acts[data.act]();
  };

  /** @param {{black?: boolean, noted?: boolean, all?: boolean}} to */
  const turn = (to) => {
    black = to.black ?? black;
    noted = to.noted ?? noted;
    all = to.all ?? all;
    draw();
    if (to.all) /** @type {HTMLElement | null} */ (grid.querySelector("[aria-current]"))?.focus();
  };
  let left = false;                                              // the end of full screen says so again
  const leave = () => {
    if (left) return;
    left = true;
    fullScreen(false);
    if (here.at === part.data.titles.length) {                     // the show is over; else a slip of the key goes on where it was
      places.delete(part.data.slug);
      try { sessionStorage.removeItem(`since-${part.data.slug}`); } catch { /* a browser that keeps nothing */ }
    }
    if (history.state?.from === location.pathname) history.back();   // by the door: the way out is the way back
    else part.setTriggerValue("view", "lesson");
  };
  /** @param {number} at */
  const go = (at) => {
    at = Math.min(Math.max(at, 1), part.data.titles.length);
    black = noted = all = false;
    typed = "";
    if (at !== here.at) {
      here.at = at;
      const free = /** @type {HTMLElement} */ (document.activeElement);
      if (free?.closest(".st-key-screens")) free.blur();          // what is hidden must not keep the keys
      screen()?.scrollTo(0, 0);
      save();
    }
    draw();
  };
  /** Tell the server the place when it rests, and only after the last time was answered: a run that is cut short by the next
   * one would take this part off the page and put it back. */
  const save = () => {
    clearTimeout(saved);
    saved = setTimeout(() => {
      if (here.at === part.data.at || (asked && Date.now() - asked < 5000)) return void (asked && save());
      asked = Date.now();
      part.setStateValue("at", here.at);
    }, 350);
  };
  /** Every screen by number and title, and what the keys do. */
  const list = () => {
    const {titles, words} = part.data;
    grid.setAttribute("aria-label", words.all);
    const items = titles.map((title, i) => {
      const one = make("button", {type: "button", ...(i + 1 === here.at ? {"aria-current": "true"} : {})},
        make("b", {}, told.number(i + 1)), " ", title);
      one.onclick = () => go(i + 1);
      return one;
    });
    grid.replaceChildren(make("p", {}, words.keys), make("div", {}, ...items));
  };
  const draw = () => {
    const {at} = here, off = black ? "hidden" : "visible";
    rule.textContent = `.stApp .st-key-screen-${at} { visibility: ${off}; }`
      + (noted ? ".stApp .st-key-present-note { visibility: visible; }" : "");
    cover.hidden = !black;
    grid.hidden = !all;
    document.documentElement.toggleAttribute("data-all", all);
    if (all) list();
    place.textContent = told.place(at);
    gauge.style.inlineSize = `${(100 * at) / part.data.titles.length}%`;
    fit(at);
    more();
    tick();
    tell();
  };
  /** Make a live figure as large as the screen allows, its parts below one another or in columns. It shrinks at once where it grew
   * under a hand, and grows again only when it is shown anew. @param {HTMLElement} one @param {HTMLElement} live @param {boolean} anew */
  const fitLive = (one, live, anew) => {
    const over = () => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
    /** @param {number} columns @param {number} zoom */
    const put = (columns, zoom) => {
      live.toggleAttribute("data-columns", columns > 1);
      live.style.setProperty("--tf-columns", String(columns));
      live.style.setProperty("--tf-shrink", zoom.toFixed(2));
    };
    const seen = `${one.clientWidth} ${one.clientHeight} ${one.scrollHeight}`;
    if (live.dataset.fitted === seen || (!anew && !over())) return;
    let best = [1, 0];
    for (const columns of live.querySelector("[class*=st-key-figure-]") ? [1, 2, 3] : [1]) {
      let least = best[1] || LEAST - STEP, most = 1 + STEP;   // the largest size that fits, by halves
      while (most - least > STEP * 1.1) {
        const size = Math.round((least + most) / 2 / STEP) * STEP;
        put(columns, size);
        if (over()) most = size; else least = size;
      }
      if (least > best[1] && least >= LEAST - STEP / 2) best = [columns, least];
    }
    put(best[0], best[1] || LEAST);
    live.dataset.fitted = `${one.clientWidth} ${one.clientHeight} ${one.scrollHeight}`;
  };
  /** Make the text as large as the screen allows. @param {number} at @param {boolean} anew */
  const fit = (at, anew = true) => {
    const one = screen(at), root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    // a chart's letters are drawn in pixels: the smallest of a plane are 12.5, of bars 13.5
    for (const [name, least] of Object.entries(SMALLEST)) document.documentElement.style.setProperty(name, String(root / least));
    const live = /** @type {HTMLElement | null | undefined} */ (one?.querySelector("[class*=st-key-live-]"));
    if (one && live) fitLive(one, live, anew);
    if (!one || live) return;
    let size = 1.7;
    const wide = () => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
    one.removeAttribute("data-tight");
    do one.style.setProperty("--tf-fit", size.toFixed(2)); while (wide() && (size -= 0.05) > 0.98);
    one.toggleAttribute("data-tight", wide());
  };
  const more = () => {
    const one = screen();
    bar.toggleAttribute("data-more", !!one && one.scrollTop + one.clientHeight < one.scrollHeight - 4);
  };
  const tick = () => [gone.textContent, time.textContent] = told.clock(here.since);
  const wake = () => {
    bar.setAttribute("data-awake", "");
    document.documentElement.setAttribute("data-awake", "");
    clearTimeout(quiet);
    quiet = setTimeout(sleep, 2500);
  };
  const sleep = () => {
    bar.removeAttribute("data-awake");
    document.documentElement.removeAttribute("data-awake");
  };

  addEventListener("keydown", (event) => {
    let what = meaning(event);
    // a number and Enter: to that screen
    const digit = what ? -1 : told.digit(event);
    if (digit >= 0) {
      typed = (typed + digit).slice(-3);
      place.textContent = `${told.place(here.at)} → ${told.number(Number(typed))}`;
      clearTimeout(forget);
      forget = setTimeout(() => ((typed = ""), draw()), 4000);
      return event.preventDefault();
    }
    if (typed && event.key === "Enter") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return go(Number(typed));
    }
    const one = screen();
    if (what.startsWith("Arrow")) {                                 // down and up read on in a figure that is taller than the screen
      const down = what === "ArrowDown", room = one ? (down ? one.scrollHeight - one.clientHeight - one.scrollTop : one.scrollTop) : 0;
      if (room > 4 && !black) one?.scrollBy({top: (down ? 0.7 : -0.7) * one.clientHeight});
      what = room > 4 && !black ? "stay" : down ? "next" : "back";
    }
    if (!what) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[what]?.();
  }, {capture: true, signal});
  /** @type {{x: number, y: number}|null} */ let from = null;
  addEventListener("pointermove", wake, {signal});
  addEventListener("pointerdown", (event) => {
    wake();
    const own = /** @type {HTMLElement} */ (event.target).closest?.("button, a, input, textarea, select, summary, label, [role], canvas, svg");
    from = event.pointerType === "touch" && !own ? {x: event.clientX, y: event.clientY} : null;
  }, {signal, capture: true});
  addEventListener("pointerup", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (Math.abs(dx) < 60 || Math.abs(dy) > 50) return;
    acts[(dx < 0) === (document.documentElement.dir !== "rtl") ? "next" : "back"]();
  }, {signal, capture: true});
  // what was pressed by mouse or finger lets the keys go again, or the next arrow would turn it and not the page
  addEventListener("click", (event) => setTimeout(() => {
    const free = /** @type {HTMLElement} */ (document.activeElement);
    if (event.detail && free?.matches("button, a, summary, [role=radio], [role=button], input[type=radio], input[type=checkbox]")) free.blur();
  }, 60), {signal, capture: true});
  addEventListener("popstate", () => ((left = true), fullScreen(false)), {signal});
  addEventListener("resize", () => part && draw(), {signal});
  addEventListener("scroll", more, {signal, capture: true, passive: true});
  // Esc leaves full screen before we hear of it: it then does what Esc does. Opening a window may end full screen too.
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && Date.now() - opening > 2000 && document.visibilityState === "visible") acts.leave();
  }, {signal});
  const timer = setInterval(() => part && tick(), 1000);
  let waiting = 0;
  const watch = new MutationObserver((changes) => {
    if (!changes.some(({target}) => /** @type {Element} */ (target.nodeType === 1 ? target : target.parentElement)?.closest(".st-key-screens"))) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => part && (fit(here.at, false), more()));
  });
  watch.observe(document.body, {subtree: true, childList: true, characterData: true});
  document.fonts?.ready.then(() => part && draw());

  return {
    update(now) {
      part = now;
      asked = 0;
      told.take(now.data);
      const {slug, words, titles} = now.data;
      here = places.get(slug) ?? {at: Math.min(now.data.at ?? 1, titles.length), since: began(slug)};
      places.set(slug, here);
      bar.setAttribute("aria-label", words.bar);
      label(tools, words);
      draw();
      if (now.data.at !== here.at) save();                         // it goes on where it was: the address says so too
    },
    end() {
      alive.abort();
      watch.disconnect();
      channel.close();
      clearInterval(timer);
      clearTimeout(saved);
      clearTimeout(quiet);
      clearTimeout(forget);
      document.documentElement.removeAttribute("data-all");
      sleep();
      for (const name of Object.keys(SMALLEST)) document.documentElement.style.removeProperty(name);
      home.remove();
    },
  };
}

/** When this presentation began, also after a reload. @param {string} slug */
function began(slug) {
  const key = `since-${slug}`;
  try {
    const kept = Number(sessionStorage.getItem(key));
    if (kept) return kept;
    sessionStorage.setItem(key, String(Date.now()));
  } catch { /* a browser that keeps nothing: the clock begins anew after a reload */ }
  return Date.now();
}
