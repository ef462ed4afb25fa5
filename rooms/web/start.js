// Opening a room: which questions it begins with; then the projector's page.
import { boot, make, reader } from "./dom.js";
import { kept, post } from "./line.js";

const told = boot();
const write = reader(told);
const {say} = write;
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
/** @param {{slug: string, number: number, title: string, count: number}} one */
const row = (one) => make("label", {class: "option"},
  make("input", {type: "radio", name: "lesson", value: one.slug, checked: one.slug === told.chosen}),
  make("span", {}, one.number ? `${write.count(one.number)}. ${write.shown(one.title)}` : one.title, " ", one.count ? make("small", {}, say("count", {n: one.count})) : ""));
const wrong = make("p", {class: "error", role: "alert"});
const go = make("button", {type: "submit", class: "main"}, say("open"));
const form = make("form", {class: "answer"},
  make("fieldset", {class: "options"}, make("legend", {}, say("which")), row({slug: "", number: 0, title: say("own"), count: 0}), ...told.lessons.map(row)), wrong, go,
  make("p", {class: "quiet"}, say("stored")));
if (!told.lessons.some((/** @type {{slug: string}} */ one) => one.slug === told.chosen)) /** @type {HTMLInputElement} */ (form.querySelector("input")).checked = true;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  wrong.textContent = "";
  const lesson = new FormData(/** @type {HTMLFormElement} */ (form)).get("lesson");
  const {status, data} = await post(`${told.root}room/open?${told.query}`, {lesson});
  if (status !== 201) return void (wrong.textContent = data.said ?? say("failed"));
  kept.set(`room-${data.code}-key`, data.secret);
  location.href = `${told.root}room/${data.code}/screen?${told.query}`;
});
main.append(form, make("p", {}, make("a", {href: `${told.root}course?lang=${told.lang}`}, say("back"))));
main.querySelector("input:checked")?.scrollIntoView({block: "nearest"});
