// What a room thinks, drawn: bars by choice, dots on an axis with median and middle half, the funnel of the medians, an order, texts.
// Rounds lie over each other: the newest in colour, those before it pale.
import { make } from "./dom.js";

/** @typedef {import("./dom.js").Item} Item */
/** @typedef {import("./dom.js").Reader} Reader */
/** @typedef {import("./dom.js").Reveal} Reveal */
/** @typedef {{n: number, median?: number, low?: number, high?: number, dots?: number[]}} Spread */
/** @typedef {Spread & {right?: number, counts?: Record<string, number>, places?: Record<string, number>, steps?: Spread[], people?: number[], texts?: string[], wait?: number}} Tally */
/** @typedef {{at: number, round: number, n: number, by?: Record<string, Tally>, wait?: number, texts?: {round: number, seat: number, text: string, shown: boolean}[]}} Results */

/** Draw the results of an item. @param {Item} item @param {Results} results @param {Reveal | undefined} reveal @param {boolean} truth whether the truth of rates is shown @param {Reader} write */
export function chart(item, results, reveal, truth, write) {
  const rounds = Object.entries(results.by ?? {}).map(([number, tally]) => ({number: Number(number), tally})).filter(({tally}) => tally.n);
  const made = make("div", {class: `chart chart-${item.kind}`});
  if (!rounds.length) {
    made.append(make("p", {class: "quiet"}, write.say("nothing")));
    return made;
  }
  const drawn = {choice, number, estimate: number, order, rates, text}[item.kind](item, rounds, reveal, write, truth);
  made.append(...drawn);
  const alone = ["number", "estimate", "rates"].includes(item.kind) && few(rounds);
  if (alone) made.append(make("p", {class: "quiet"}, write.say("few")));
  return made;
}

/** @typedef {{number: number, tally: Tally}} Round */

/** Whether so few have answered that nobody's answer is shown by itself. @param {Round[]} rounds */
const few = (rounds) => rounds.every(({tally}) => tally.n < 5);

/** @param {Round[]} rounds @param {Reader} write */
function key(rounds, write) {
  if (rounds.length < 2) return [];
  return [make("p", {class: "key"}, ...rounds.map(({number, tally}, i) =>
    make("span", {class: i === rounds.length - 1 ? "new" : "old"}, `${write.say("roundN", {n: number})} (${write.count(tally.n)})`)))];
}

/** @param {Item} item @param {Round[]} rounds @param {Reveal | undefined} reveal @param {Reader} write */
function choice(item, rounds, reveal, write) {
  const rows = (item.options ?? []).map((one) => {
    const right = !!reveal?.right.includes(one.id);
    const bars = rounds.map(({tally}, i) => {
      const share = (tally.counts?.[one.id] ?? 0) / tally.n;
      const bar = make("span", {class: `bar ${i === rounds.length - 1 ? "new" : "old"}`});
      bar.style.inlineSize = `${100 * share}%`;
      const count = tally.counts?.[one.id] ?? 0;
      return make("div", {class: "track"}, bar, make("span", {class: "share"},
        `${write.share(Math.round(100 * share) / 100)} (${write.count(count)})`));
    });
    return make("li", {class: right ? "is-right" : ""}, make("p", {}, right ? make("b", {class: "tick", role: "img", "aria-label": write.say("rightN")}, "✓ ") : null, one.text), make("div", {}, ...bars));
  });
  return [...key(rounds, write), make("ul", {class: "bars"}, ...rows), ...lessons(item, rounds, reveal, write)];
}

/** The misconceptions that most have met, with what the course says to them. @param {Item} item @param {Round[]} rounds @param {Reveal | undefined} reveal @param {Reader} write */
function lessons(item, rounds, reveal, write) {
  if (!reveal) return [];
  const last = rounds[rounds.length - 1].tally;
  const met = (item.options ?? []).filter((one) => !reveal.right.includes(one.id) && reveal.replies?.[one.id] && (last.counts?.[one.id] ?? 0) > 0)
    .sort((a, b) => (last.counts?.[b.id] ?? 0) - (last.counts?.[a.id] ?? 0)).slice(0, 2);
  const out = met.map((one) => make("li", {}, make("b", {}, `${one.text}: `), reveal.replies?.[one.id] ?? ""));
  return [out.length ? make("ul", {class: "met"}, ...out) : null, reveal.solution ? make("p", {class: "solution"}, reveal.solution) : null].filter((one) => one !== null);
}

const NS = "http://www.w3.org/2000/svg";
/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function svg(tag, attributes, text) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The ends of an axis on which the middle ninety in a hundred lie, and the truth. @param {number[]} values @param {number[]} must */
function ends(values, must) {
  const ordered = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => ordered[Math.min(ordered.length - 1, Math.max(0, Math.round(share * (ordered.length - 1))))];
  let low = Math.min(at(0.05), ...must), high = Math.max(at(0.95), ...must);
  if (low === high) { low -= Math.abs(low) * 0.1 || 1; high += Math.abs(high) * 0.1 || 1; }
  const room = (high - low) * 0.06;
  const step = nice((high - low + 2 * room) / 4);
  const down = Math.floor((low - room) / step) * step;
  return [low >= 0 ? Math.max(0, down) : down, Math.ceil((high + room) / step) * step];
}

/** The step of an axis: 1, 2 or 5 times a power of ten. @param {number} x */
function nice(x) {
  const power = 10 ** Math.floor(Math.log10(x));
  return (x <= power ? 1 : x <= 2 * power ? 2 : x <= 5 * power ? 5 : 10) * power;
}

/** Where an axis has ticks. @param {number} low @param {number} high */
function ticks(low, high) {
  const step = nice((high - low) / 5);
  const out = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) out.push(Number((i * step).toPrecision(12)));
  return out;
}

/** Dots stacked on an axis, middle half and median of each round. @param {Round[]} rounds @param {(tally: Tally) => Spread} pick @param {number} low @param {number} high @param {number | undefined} truth @param {(x: number) => string} shown @param {Reader} write @param {number} height @param {number} foot room for the ticks; 0 for none */
function strip(rounds, pick, low, high, truth, shown, write, height, foot = 34) {
  const wide = 1000, edge = 50, room = rounds.length, lane = (height - foot) / room;
  const picture = svg("svg", {viewBox: `0 0 ${wide} ${height}`, class: "strip", role: "img"});
  const x = (/** @type {number} */ value) => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return edge + (wide - 2 * edge) * (write.rtl ? 1 - share : share);
  };
  const words = [];
  rounds.forEach(({number, tally}, i) => {
    const spread = pick(tally), newest = i === rounds.length - 1, base = (i + 1) * lane - 4;
    const group = svg("g", {class: newest ? "new" : "old"});
    if (spread.low !== undefined && spread.high !== undefined) {
      const [a, b] = [x(spread.low), x(spread.high)];
      group.append(svg("rect", {class: "half", x: Math.min(a, b), width: Math.max(3, Math.abs(a - b)), y: base - lane + 10, height: lane - 8, rx: 6}));
    }
    const most = Math.max(1, ...stack(spread.dots ?? [], x).map((one) => one.level));
    const size = Math.max(1.5, Math.min(8, (lane - 16) / (2 * most)));
    for (const one of stack(spread.dots ?? [], x)) group.append(svg("circle", {cx: one.x, cy: base - size - (one.level - 1) * 2 * size, r: size * 0.92}));
    if (spread.median !== undefined) {
      group.append(svg("line", {class: "median", x1: x(spread.median), x2: x(spread.median), y1: base - lane + 8, y2: base + 2}));
      words.push(`${room > 1 ? `${write.say("roundN", {n: number})}${write.rtl ? "،" : ","} ` : ""}${write.say("median")}: ${shown(spread.median)}`);
    }
    picture.append(group);
  });
  picture.append(svg("line", {class: "axis", x1: edge, x2: wide - edge, y1: height - foot, y2: height - foot}));
  for (const value of foot ? ticks(low, high) : []) {
    picture.append(svg("text", {x: x(value), y: height - 8, "text-anchor": "middle"}, shown(value)));
  }
  if (truth !== undefined) {
    picture.append(svg("line", {class: "truth", x1: x(truth), x2: x(truth), y1: 2, y2: height - foot}));
    words.push(`${write.say("truth")}: ${shown(truth)}`);
  }
  picture.setAttribute("aria-label", words.join("; "));
  return make("figure", {class: "spread"}, picture, make("figcaption", {}, ...words.map((one, i) => make("span", {class: truth !== undefined && i === words.length - 1 ? "truth" : ""}, one))));
}

/** Where each dot lies: those that would cover each other stand on each other. @param {number[]} dots @param {(value: number) => number} x */
function stack(dots, x) {
  /** @type {Map<number, number>} */ const levels = new Map();
  return dots.map((value) => {
    const at = Math.round(x(value) / 16) * 16;
    const level = (levels.get(at) ?? 0) + 1;
    levels.set(at, level);
    return {x: at, level};
  });
}

/** @param {Item} item @param {Round[]} rounds @param {Reveal | undefined} reveal @param {Reader} write */
function number(item, rounds, reveal, write) {
  const values = rounds.flatMap(({tally}) => tally.dots ?? (tally.median === undefined ? [] : [tally.median]));
  const truth = reveal?.answer;
  const [low, high] = item.kind === "estimate" ? [item.low ?? 0, item.high ?? 100] : ends(values, truth === undefined ? [] : [truth]);
  const out = [...key(rounds, write), strip(rounds, (tally) => tally, low, high, truth, (value) => write.number(value, item.form), write, 80 + (few(rounds) ? 40 : 120) * rounds.length)];
  for (const {number: n, tally} of rounds) {
    if (reveal && tally.right !== undefined) out.push(make("p", {class: "count"}, `${rounds.length > 1 ? `${write.say("roundN", {n})} · ` : ""}${write.say("rightN")}: ${write.share(tally.right / tally.n)} (${write.count(tally.right)})`));
  }
  if (reveal?.solution) out.push(make("p", {class: "solution"}, reveal.solution));
  return out;
}

/** The steps' spreads and, beside them, the funnel that the medians make. @param {Item} item @param {Round[]} rounds @param {Reveal | undefined} reveal @param {Reader} write @param {boolean} truth */
function rates(item, rounds, reveal, write, truth) {
  const stages = item.stages ?? [], last = rounds[rounds.length - 1].tally;
  const known = truth ? reveal?.truth : undefined;
  const strips = stages.slice(1).map((name, i) => {
    const middle = rounds.map(({tally}) => tally.steps?.[i]?.median).filter((one) => one !== undefined).map((one) => write.share(/** @type {number} */ (one)));
    return make("div", {class: "one"}, make("h3", {}, `${stages[i]} ${write.rtl ? "←" : "→"} ${name}: `, make("b", {}, middle.join(write.rtl ? " ← " : " → ")),
      known ? make("b", {class: "truth"}, ` (${write.share(known[i])})`) : ""),
    strip(rounds, (tally) => tally.steps?.[i] ?? {n: 0}, 0, 1, known?.[i], write.share, write, (few(rounds) ? 26 : 44) * rounds.length + 46, 40));
  });
  /** @type {{people: number[], kind: string, label: string}[]} */
  const funnels = rounds.map(({number: n, tally}, i) => ({people: tally.people ?? [], kind: i === rounds.length - 1 ? "new" : "old",
    label: rounds.length > 1 ? write.say("roundN", {n}) : write.say("room")}));
  if (known && reveal?.people) funnels.push({people: reveal.people, kind: "truth", label: write.say("truth")});
  const bars = make("div", {class: "funnel"}, ...stages.map((name, i) => make("div", {class: "level"}, make("h3", {}, name), make("div", {}, ...funnels.map(({people, kind}) => {
      const bar = make("span", {class: `bar ${kind}`});
      bar.style.inlineSize = `${100 * Math.min(1, (people[i] ?? 0) / (item.top ?? 1))}%`;
      return make("div", {class: "track"}, bar, make("span", {class: "share"}, write.count(people[i] ?? 0)));
    })))));
  const names = funnels.length > 1 ? [make("p", {class: "key"}, ...funnels.map(({kind, label}) => make("span", {class: kind}, label)))] : [];
  const end = last.people?.[stages.length - 1] ?? 0;
  const headline = make("p", {class: "headline"}, write.say("ofTop", {top: item.top ?? 0, end: write.count(end)}),
    known && reveal?.people ? ` ${write.say("truthTop", {end: write.count(reveal.people[stages.length - 1])})}` : "");
  return [headline, ...names, make("div", {class: "beside"}, make("div", {class: "strips"}, ...strips), bars)];
}

/** @param {Item} item @param {Round[]} rounds @param {Reveal | undefined} reveal @param {Reader} write */
function order(item, rounds, reveal, write) {
  const last = rounds[rounds.length - 1].tally, before = rounds.length > 1 ? rounds[rounds.length - 2].tally : null;
  const listed = [...(item.options ?? [])].sort((a, b) => (last.places?.[a.id] ?? 0) - (last.places?.[b.id] ?? 0));
  const rows = listed.map((one, i) => {
    const due = reveal ? reveal.right.indexOf(one.id) : -1;
    return make("li", {class: due === i ? "is-right" : ""}, make("span", {}, one.text), make("span", {class: "share"},
      `${write.say("place")}: ${write.number(Math.round(10 * (last.places?.[one.id] ?? 0)) / 10)}${before ? ` (${write.number(Math.round(10 * (before.places?.[one.id] ?? 0)) / 10)})` : ""}`));
  });
  const out = [...key(rounds, write), make("ol", {class: "places"}, ...rows)];
  if (reveal) {
    const right = reveal.right.map((id) => item.options?.find((one) => one.id === id)?.text ?? "");
    out.push(make("p", {class: "solution"}, `${write.say("truth")}: `, make("b", {}, right.join(write.rtl ? " ← " : " → "))));
    if (last.right !== undefined) out.push(make("p", {class: "count"}, `${write.say("rightN")}: ${write.share(last.right / last.n)} (${write.count(last.right)})`));
    if (reveal.solution) out.push(make("p", {class: "solution"}, reveal.solution));
  }
  return out;
}

/** @param {Item} _item @param {Round[]} rounds @param {Reveal | undefined} _reveal @param {Reader} write */
function text(_item, rounds, _reveal, write) {
  const texts = rounds[rounds.length - 1].tally.texts ?? [];
  if (!texts.length) return [make("p", {class: "quiet"}, write.say("nothing"))];
  return [make("ul", {class: "wall"}, ...texts.map((one) => make("li", {dir: "auto"}, one)))];
}
