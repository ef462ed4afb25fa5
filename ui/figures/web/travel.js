// What is alive in a file that travels: the hand on the funnel, guesses, the questions with their replies, print. What it knows
// stands in the page's own JSON; it asks nobody. In a learning platform (SCORM 1.2) it keeps score and answers there.
import { Alone } from "./alone.js";
import { Asked, make } from "./asked.js";
import { writer } from "./numbers.js";
import { Platform } from "./scorm.js";

const told = JSON.parse(document.getElementById("tf-told")?.textContent ?? "{}");
document.documentElement.classList.add("tf-alive");

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-hand]"))) {
  const data = told.hands[place.dataset.hand ?? ""];
  if (!data) continue;
  place.replaceChildren();
  new Alone(place, { ...told.hand, ...data });
}

for (const box of document.querySelectorAll(".tf-predict")) {
  const truth = box.querySelector("details");
  box.querySelectorAll(".tf-guesses > li").forEach((item, i, all) => {
    const button = make("button", { type: "button", class: "tf-press", "aria-pressed": "false" });
    button.append(...item.childNodes);
    button.addEventListener("click", () => {
      all.forEach((one, at) => one.firstElementChild?.setAttribute("aria-pressed", String(at === i)));
      truth?.setAttribute("open", "");
    });
    item.replaceChildren(button);
  });
}

/** @type {Record<string, {first: boolean, now: boolean}>} */
const done = {};
const platform = new Platform(window, Object.keys(told.questions ?? {}));
for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-question]"))) {
  const key = section.dataset.question ?? "";
  const question = told.questions?.[key];
  if (!question) continue;
  const asked = new Asked(section, key, question, told, (_key, right, answer) => {
    done[key] ??= { first: right, now: right };
    done[key].now = right;
    platform.answered(key, right, done[key].first, answer);
    tell();
  });
  const kept = platform.kept[key];
  if (kept) {
    done[key] = { first: kept.first, now: kept.now };
    asked.restore(kept.answer);
  }
}

/** Say how many questions were right at the first try. */
function tell() {
  const place = document.getElementById("tf-score");
  if (!place) return;
  const right = Object.values(done).filter((one) => one.first).length;
  const all = Object.keys(told.questions).length;
  const { count } = writer(told.signs);
  const forms = told.plurals.score;
  const said = forms[new Intl.PluralRules(told.lang).select(right)] ?? forms.other;
  place.textContent = said.replace("%(n)s", count(right)).replace("%(all)s", count(all));
}
if (Object.keys(told.questions ?? {}).length) tell();

for (const place of document.querySelectorAll("[data-print]")) {
  const button = make("button", { type: "button", class: "tf-press" }, told.words.print);
  button.addEventListener("click", () => window.print());
  place.replaceChildren(button);
}
