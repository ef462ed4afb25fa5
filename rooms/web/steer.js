// What the projector and the trainer's page have in common: the trainer's line, what comes next, the commands.
import { kept, line, post } from "./line.js";

/** @typedef {import("./dom.js").State} State */
/** @typedef {import("./charts.js").Results} Results */
/** @typedef {{here: number, seats: number, names: string[]}} Here */
/** @typedef {{do: string, at?: number}} Command */

/** What comes next, as the trainer's one key has it; null at the end. @param {State} state @returns {(Command & {word: string}) | null} */
export function next(state) {
  switch (state.phase) {
    case "lobby": return state.of ? {do: "open", at: 0, word: "open"} : null;
    case "open": return {do: "close", word: "close"};
    case "closed": return {do: "reveal", word: "reveal"};
    case "revealed": return state.at + 1 < state.of ? {do: "open", at: state.at + 1, word: "next"} : {do: "end", word: "end"};
    default: return null;
  }
}

/** What else may be done now. @param {State} state @returns {(Command & {word: string})[]} */
export function others(state) {
  const {phase, at, of} = state;
  const out = [];
  if (phase === "closed") out.push({do: "open", at, word: "again"}, {do: "reopen", word: "reopen"});
  if (phase === "revealed") out.push({do: "open", at, word: "again"}, {do: "hide", word: "hide"});
  if (phase === "closed" && at + 1 < of) out.push({do: "open", at: at + 1, word: "next"});
  if (phase === "ended") out.push({do: "resume", word: "resume"});
  else if (!(phase === "revealed" && at + 1 >= of) && at >= 0) out.push({do: "end", word: "end"});
  return out;
}

/** Join the room as its trainer. @param {{room: string, root: string, query: string}} told @param {"screen"|"desk"} view
 * @param {{state: (state: State) => void, tally: (results: Results) => void, here: (here: Here) => void, gone: () => void}} kinds
 * @param {(online: boolean) => void} tell @param {() => void} stranger who has no secret */
export async function steer(told, view, kinds, tell, stranger) {
  const url = (/** @type {string} */ path) => `${told.root}room/${told.room}/${path}?${told.query}`;
  const secret = location.hash.slice(1);
  if (secret) {
    history.replaceState(null, "", location.pathname + location.search);   // not to stay in sight, nor in the history
    const {status} = await post(url("enter"), {secret});
    if (status === 200) kept.set(`room-${told.room}-key`, secret);
  }
  /** @type {State | null} */ let state = null;
  let lines = line(`${url("events")}&view=${view}`, {...kinds, state(now) { state = now; kinds.state(now); }}, tell, stranger);
  return {
    url,
    secret: () => kept.get(`room-${told.room}-key`),
    /** Do a step on the state that is seen. @param {Command & {draft?: object}} command @returns {Promise<{status: number, data: any}>} */
    async step(command) {
      if (!state) return {status: 0, data: {}};
      const {do: what, at, draft} = command;
      return post(url("step"), {do: what, version: state.v, ...(at === undefined ? {} : {at}), ...(draft ? {draft} : {})});
    },
    post: (/** @type {string} */ path, /** @type {object} */ body) => post(url(path), body),
    stop: () => lines.stop(),
  };
}
