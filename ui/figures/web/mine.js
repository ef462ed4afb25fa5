// What was changed here before: boot.js keeps the last address of each page in this browser, and this offers to go on from it.
import { mounts } from "./mounts.js";

/** @typedef {{page: string, untouched: boolean, titles: Record<string, string>, words: Record<string, string>}} Told  page "" is the home page: the newest of all */

/** @param {string} query */
const facts = (query) => [...new URLSearchParams(query)].filter(([name]) => !["lang", "digits", "view", "at", "v", "basis"].includes(name));

/** @returns {Record<string, [string, number]>} by page: the query, and when */
function kept() {
  try {
    return JSON.parse(localStorage.getItem("rtl-last") ?? "{}");
  } catch {
    return {}; // a browser that keeps nothing
  }
}

/** @param {HTMLElement} place @param {Told} data */
function draw(place, data) {
  const all = Object.entries(kept()).filter(([page, [query]]) => Object.hasOwn(data.titles, page) && facts(query).length);
  const mine = data.page ? all.filter(([page]) => page === data.page) : all;
  const [newest] = mine.sort(([, [, one]], [, [, other]]) => other - one);
  const untouched = data.untouched && (!data.page || !facts(location.search).length);
  let link = place.querySelector("a.tf-last");
  if (!newest || !untouched) return void link?.remove();
  const [page, [query]] = newest;
  if (!link) place.append((link = document.createElement("a")));
  link.className = "tf-last";
  const own = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(location.search)) if (["lang", "digits"].includes(name)) own.set(name, value);
  link.setAttribute("href", `${page}?${own}`);
  link.setAttribute("data-rtl-skip", "true");
  link.textContent = data.words.go.replace("%(page)s", data.titles[page]);
}

export default mounts((place, _send, /** @type {Told} */ data) => {
  draw(place, data);
  return { update: (/** @type {Told} */ told) => draw(place, told), gone: () => place.querySelector("a.tf-last")?.remove() };
});
