// What is seen of the hand's figure, and what hand, finger, pen and keyboard do to it.
import { icon, make, put } from "./handparts.js";
import { Row } from "./handrow.js";

/** @typedef {import("./hand.js").Hand} Hand */

export class View {
  /** @type {HTMLElement} */ stages;
  /** @type {HTMLElement} */ totals;
  /** @type {HTMLElement} */ outCount;
  /** @type {HTMLElement} */ outRate;
  /** @type {HTMLElement | null} */ outMoney;
  /** @type {HTMLElement | undefined} */ scale;
  /** @type {HTMLButtonElement | undefined} */ showButton;

  /** @param {HTMLElement} place @param {Hand} hand */
  constructor(place, hand) {
    this.hand = hand;
    // data-rtl-skip: all words here are the reader's already (see rtl/boot.js), and many change in every frame
    this.root = make("div", "tf-hand", place, { "data-rtl-skip": "true" });
    this.tools = make("div", "tf-hand-tools", this.root);
    this.said = make("p", "tf-hand-said", this.root, place.closest(".st-key-lab") ? { "data-rtl-begin": "" } : {});
    this.stuck = make("div", "tf-hand-stuck", this.root);
    this.list = make("div", "tf-hand-funnels", this.root);
    this.stages = make("ol", "tf-hand-stages", this.list);
    this.foot = make("div", "tf-hand-foot", this.root);
    this.live = make("p", "tf-hand-live", this.root, { role: "status" });
    /** @type {Row[]} */ this.rows = [];
    /** @type {{i: number, of: number} | null} which rate answers "of whom?" */ this.asked = null;
    this.editing = hand.data.unnamed && hand.data.tools.includes("stages"); // a funnel of one's own begins with its names
    /** @type {string | undefined} what gets the focus when the stages have been made anew */ this.wanted = "";
    this.width = 1; // px of a bar's track, while it is held
    this.frame = 0;
    this.turn = 0;
    this.left = 0;
    this.held = false;
    this.made = "";
    this.root.addEventListener("keydown", (event) => this.shortcut(event));
    // on a phone the figure stands first, and what is chosen once below it
    this.narrow = matchMedia("(max-width: 640px)");
    this.arrange = () => this.narrow.matches ? this.list.after(this.tools) : this.root.prepend(this.tools);
    this.narrow.addEventListener("change", this.arrange);
    this.arrange();
  }

  /** Make the elements anew where their number or words changed, then paint. */
  draw() {
    const { data } = this.hand;
    const due = JSON.stringify([
      data.names, data.basis, data.lang, data.signs.digits, data.tools, data.words, data.rtl, this.editing,
      this.hand.predict, data.ghost !== null, data.errors, data.canUndo, data.canRedo, this.asked, data.stuck,
      this.hand.scale,
    ]);
    if (due !== this.made) {
      this.made = due;
      const held = this.focused();
      this.build();
      this.refocus(held);
    }
    this.paintNow();
  }

  /** What has the focus, and what is being typed there. */
  focused() {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || !this.root.contains(at)) return null;
    const typed = at instanceof HTMLInputElement && at.type === "text" && at.value !== at.dataset.shown;
    return { id: at.dataset.id ?? "", typed: typed ? at.value : null };
  }

  /** @param {{id: string, typed: string | null} | null} held */
  refocus(held) {
    const find = (/** @type {string} */ id) => this.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const wanted = this.wanted ? find(this.wanted) : null; // it may come with a later answer
    const id = wanted ? this.wanted : held?.id;
    const element = wanted ?? (id ? find(id) : null);
    if (wanted) this.wanted = "";
    if (!(element instanceof HTMLElement)) return;
    element.focus({ preventScroll: true });
    if (held && held.id === id && held.typed !== null && element instanceof HTMLInputElement) element.value = held.typed;
  }

  build() {
    const { hand } = this;
    this.root.dir = hand.data.rtl ? "rtl" : "ltr";
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", hand.data.joint?.name ?? hand.say.word("figure"));
    this.toolbar();
    this.stuck.replaceChildren();
    this.stuck.hidden = !hand.data.stuck;
    if (hand.data.stuck) {
      make("p", "", this.stuck).textContent = hand.say.word("stuck");
      this.toggle("flow", false, () => hand.ask({ do: "flow" }), this.stuck);
    }
    this.list.replaceChildren();
    const { joint } = hand.data;
    this.half(joint?.first);
    this.rows = hand.values.map((_, i) => {
      if (joint && i === joint.at + 1) {
        make("p", "tf-handover", this.list).textContent = joint.between;
        this.half(joint.second);
      }
      return new Row(this, i);
    });
    this.scale = joint ? make("p", "tf-quiet", this.list) : undefined;
    if (!joint) this.scales();
    this.footer();
  }

  /** Say what the bars are drawn against, and offer the other scale. */
  scales() {
    const { hand } = this;
    const step = hand.scale === "step";
    const box = make("div", "tf-hand-scale", this.list);
    make("p", "", box).textContent = hand.say.word(step ? "stepScale" : "countScale");
    this.toggle(step ? "toCounts" : "toSteps", false, () => hand.ask({ do: "scale", to: step ? "count" : "step" }), box);
  }

  /** Begin a list of stages, under the name of its funnel. @param {string} [name] */
  half(name) {
    const place = name ? make("section", "tf-hand-half", this.list) : this.list;
    if (name) make("h2", "", place).textContent = name;
    this.stages = make("ol", "tf-hand-stages", place);
  }

  toolbar() {
    const { hand } = this;
    const { data, say } = hand;
    this.tools.replaceChildren();
    const has = (/** @type {string} */ tool) => data.tools.includes(tool);
    if (has("basis")) {
      const group = make("div", "tf-hand-choice", this.tools, { role: "radiogroup", "aria-label": say.word("whatStays") });
      for (const basis of ["rates", "people"]) {
        const label = make("label", "", group);
        const radio = make("input", "", label, { type: "radio", name: `basis-${data.id}`, "data-id": `basis-${basis}` });
        radio.checked = data.basis === basis;
        radio.addEventListener("change", () => hand.ask({ do: "basis", to: basis }));
        make("span", "", label).textContent = say.word(basis === "rates" ? "keepRates" : "keepPeople");
      }
    }
    if (has("undo")) {
      this.button("undo", "undo", !data.canUndo, () => hand.ask({ do: "undo" }));
      this.button("redo", "redo", !data.canRedo, () => hand.ask({ do: "redo" }));
    }
    if (has("stages")) this.toggle("editStages", this.editing, () => {
      this.editing = !this.editing;
      this.draw();
    });
    if (has("predict")) this.toggle("predict", hand.predict !== "off", () => {
      hand.ask({ do: "predict", to: hand.predict === "off" ? "ask" : "off" });
    });
  }

  /** @param {string} word @param {string} shape @param {boolean} off @param {() => void} act @param {HTMLElement} [place] */
  button(word, shape, off, act, place = this.tools, facts = {}, id = word) {
    const label = this.hand.say.word(word, facts);
    const button = make("button", "tf-hand-icon", place, { type: "button", "aria-label": label, title: label, "data-id": id });
    button.append(icon(shape));
    button.disabled = off;
    button.addEventListener("click", act);
    return button;
  }

  /** @param {string} word @param {boolean} on @param {() => void} act @param {HTMLElement} [place] */
  toggle(word, on, act, place = this.tools) {
    const button = make("button", "tf-hand-toggle", place, {
      type: "button", "aria-pressed": place === this.tools ? String(on) : "", "data-id": word,
    });
    button.textContent = this.hand.say.word(word);
    button.addEventListener("click", act);
  }

  footer() {
    const { hand } = this;
    const { data, say } = hand;
    this.foot.replaceChildren();
    this.showButton = undefined;
    if (hand.predict !== "off") this.guessing();
    this.totals = make("dl", "tf-hand-totals", this.foot);
    const last = say.name(data.names.length - 1);
    this.outCount = this.total(last);
    this.outRate = make("button", "tf-hand-of", this.total(say.word("overall")), { type: "button", "data-id": "overall" });
    this.outRate.addEventListener("click", () => this.askOf(data.names.length - 1, 0));
    this.outMoney = data.averageSale !== null || data.tools.includes("sale") ? this.total(say.word("revenue")) : null;
    if (data.tools.includes("sale")) {
      const label = make("label", "tf-hand-sale", this.foot);
      make("span", "", label).textContent = say.word("averageSale");
      this.field(label, "sale", say.word("averageSale"), data.saleField, (text) => ({ do: "sale", text }));
    }
  }

  guessing() {
    const { hand } = this;
    const { say } = hand;
    const box = make("div", "tf-hand-guess", this.foot, { role: "group", "aria-label": say.word("predict") });
    const words = make("p", "", box);
    const last = hand.values.length - 1;
    const facts = { last: say.name(last) };
    if (hand.veiled) {
      words.textContent = say.word("guessHow", facts);
      const show = make("button", "tf-hand-toggle", box, { type: "button", "data-id": "show" });
      show.textContent = say.word("show");
      show.disabled = hand.guess === null;
      show.addEventListener("click", () => hand.ask({ do: "predict", to: "shown" }));
      this.showButton = show;
      return;
    }
    const truth = hand.result.counts[last];
    const { count, change, shownChange } = say.numbers;
    if (hand.guess === null || truth === null) {
      words.textContent = say.word("noGuess", facts);
    } else {
      const off = say.plural("change", Math.abs(shownChange(hand.guess, truth)), { n: change(hand.guess, truth) });
      words.textContent = say.word("guessed", { ...facts, guess: count(hand.guess), truth: count(truth), people: off });
    }
    const again = make("button", "tf-hand-toggle", box, { type: "button", "data-id": "again" });
    again.textContent = say.word("guessAgain");
    again.addEventListener("click", () => hand.ask({ do: "predict", to: "ask" }));
  }

  /** @param {string} name */
  total(name) {
    const pair = make("div", "", this.totals);
    make("dt", "", pair).textContent = name;
    return make("dd", "", pair);
  }

  /**
   * A number or name to type. What it shows comes with `paint`; what is typed is read by the server.
   * @param {HTMLElement} place @param {string} id @param {string} label @param {string} shown
   * @param {(text: string) => {do: string, [fact: string]: unknown}} act
   */
  field(place, id, label, shown, act) {
    const field = make("input", "tf-hand-field", place, {
      type: "text", "aria-label": label, "data-id": id, autocomplete: "off", spellcheck: "false", maxlength: "200",
    });
    field.value = field.dataset.shown = shown;
    field.placeholder = this.hand.say.word("empty");
    field.addEventListener("focus", () => {
      field.dataset.shown = field.value;
      field.select();
    });
    const take = () => {
      if (field.value === field.dataset.shown) return;
      field.dataset.shown = field.value;
      this.hand.ask(act(field.value));
    };
    field.addEventListener("change", take);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") take();
      if (event.key === "Escape") field.value = field.dataset.shown ?? "";
    });
    const problem = this.hand.data.errors[id];
    if (problem) {
      field.setAttribute("aria-invalid", "true");
      const said = make("span", "tf-hand-error", place, { id: `error-${this.hand.data.id}-${id}`, role: "alert" });
      said.textContent = problem;
      field.setAttribute("aria-describedby", said.id);
    }
    return field;
  }

  /** Ask "of whom?", or stop asking. @param {number} i @param {number} of */
  askOf(i, of) {
    this.asked = this.asked?.i === i && this.asked.of === of ? null : { i, of };
    this.draw();
    if (this.asked) this.live.textContent = this.hand.say.ofWhom(this.hand, i, of);
  }

  /** @param {KeyboardEvent} event */
  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    const redo = event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey);
    if (event.code !== "KeyZ" && !redo) return;
    event.preventDefault();
    this.hand.ask({ do: redo ? "redo" : "undo" });
  }

  /** @param {number} [left] frames in which what earlier ones left is written after the hand has stopped */
  paint(left = this.rows.length) {
    this.left = left;
    this.frame ||= requestAnimationFrame(() => this.paintNow());
  }

  paintNow() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.hand.moving && this.left) this.paint(this.left - 1);
    const { hand } = this;
    hand.restep();
    const { say } = hand;
    const found = hand.result;
    const ghost = hand.ghost;
    if (!this.rows.length) return;
    this.turn += 1;
    for (const row of this.rows) row.paint(found, ghost);
    put(this.said, say.sentence(hand));
    const { joint } = hand.data;
    if (this.scale && joint) {
      const times = say.numbers.count(hand.max[0] / hand.max[hand.max.length - 1]);
      put(this.scale, say.fill(joint.scale, { times }));
    }
    const last = found.counts.length - 1;
    const hidden = say.word("hidden");
    put(this.outCount, hand.veiled ? hidden : say.numbers.count(found.counts[last]));
    put(this.outRate, hand.veiled ? hidden : say.numbers.percent(found.overall));
    if (this.outMoney) put(this.outMoney, hand.veiled ? hidden : say.money(hand.revenue));
    if (this.showButton) this.showButton.disabled = hand.guess === null;
  }

  /** While the hand pulls, every part keeps its height, so that a changed number lays out only its own part. @param {boolean} on */
  hold(on) {
    this.held = on;
    if (on) this.width = this.rows[0].track.clientWidth || 1;
    const parts = [this.said, ...this.totals.querySelectorAll("dd"), ...this.rows.map((row) => row.item)];
    const heights = parts.map((part) => (on ? `${part.offsetHeight}px` : ""));
    parts.forEach((part, i) => {
      part.style.blockSize = heights[i];
    });
    for (const row of this.rows) row.hold(on);
    if (!on) this.root.getBoundingClientRect(); // at rest where the hand left them, before they may glide again
    this.root.toggleAttribute("data-held", on); // no class: a changed class makes Streamlit's whole page look for its rules
  }

  /** Say once, politely, what the movement did. */
  announce() {
    this.live.textContent = this.hand.say.sentence(this.hand);
  }

  /** Show that the server has not answered yet: what it drew is older than what the hand shows. @param {boolean} on */
  waits(on) {
    this.root.toggleAttribute("data-waits", on);
  }

  gone() {
    cancelAnimationFrame(this.frame);
    this.narrow.removeEventListener("change", this.arrange);
    this.root.remove();
  }
}
