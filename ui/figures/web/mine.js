// What was changed here before: boot.js keeps the last address of each page in this browser, and this offers to go on from it.

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

/** @param {{data: [Told], parentElement: HTMLElement}} component */
export default function mount({ data: [data], parentElement }) {
  parentElement.dataset.mounted = ""; // even where there is nothing to draw: boot.js waits for what is not there yet
  const all = Object.entries(kept()).filter(([page, [query]]) => Object.hasOwn(data.titles, page) && facts(query).length);
  const mine = data.page ? all.filter(([page]) => page === data.page) : all;
  const [newest] = mine.sort(([, [, one]], [, [, other]]) => other - one);
  const untouched = data.untouched && (!data.page || !facts(location.search).length);
  // always there, also empty: the page that stands still waits for every part that it has not seen drawn (rtl/boot.js)
  let room = parentElement.querySelector(".tf-last-room");
  if (!room) parentElement.append((room = Object.assign(document.createElement("div"), { className: "tf-last-room" })));
  room.replaceChildren();
  if (!newest || !untouched) return;
  const [page, [query]] = newest;
  const link = document.createElement("a");
  const own = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(location.search)) if (["lang", "digits"].includes(name)) own.set(name, value);
  link.className = "tf-last";
  link.setAttribute("href", `${page}?${own}`);
  link.setAttribute("data-rtl-skip", "true");
  link.textContent = data.words.go.replace("%(page)s", data.titles[page]);
  room.append(link);
}
