// A lesson in a learning platform: the calls of SCORM 1.2 that carry status, score and answers. Without a platform it is silent.

/** @typedef {{LMSInitialize(nothing: ""): string, LMSFinish(nothing: ""): string, LMSGetValue(name: string): string, LMSSetValue(name: string, value: string): string, LMSCommit(nothing: ""): string}} Api */
/** @typedef {{first: boolean, now: boolean, answer: string}} Kept  right at the first try, right now, and the last answer as asked.js wrote it */

const MOST = 4096; // characters of suspend data in SCORM 1.2
const PASSED = 60; // of a hundred

/** Find the platform: in a window around this one, or in the one that opened it (SCORM 1.2 RTE, 3.3.6.1). @param {Window} from @returns {Api | null} */
export function find(from) {
  /** @param {Window | null} at */
  const above = (at) => {
    for (let i = 0; at && i < 500; i++) {
      try {
        const found = Reflect.get(at, "API");
        if (found) return /** @type {Api} */ (found);
      } catch {
        return null; // another site's window
      }
      if (at.parent === at) break;
      at = at.parent;
    }
    return null;
  };
  return above(from) ?? (from.opener ? above(from.opener) : null);
}

export class Platform {
  /** @param {Window} from @param {string[]} questions */
  constructor(from, questions) {
    this.questions = questions;
    /** @type {Record<string, Kept>} */ this.kept = {};
    this.began = Date.now();
    this.api = find(from);
    if (!this.api || this.api.LMSInitialize("") !== "true") {
      this.api = null;
      return;
    }
    this.kept = unpacked(this.api.LMSGetValue("cmi.suspend_data"), questions);
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    if (status === "not attempted" || status === "unknown" || status === "") this.set("cmi.core.lesson_status", questions.length ? "incomplete" : "completed");
    this.api.LMSCommit("");
    from.addEventListener("pagehide", () => this.finish());
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    this.api?.LMSSetValue(name, value);
  }

  /** @param {string} key @param {boolean} right @param {boolean} first @param {string} answer */
  answered(key, right, first, answer) {
    this.kept[key] = { first, now: right, answer };
    if (!this.api) return;
    const score = Math.round((100 * this.questions.filter((one) => this.kept[one]?.first).length) / this.questions.length);
    this.set("cmi.core.score.min", "0");
    this.set("cmi.core.score.max", "100");
    this.set("cmi.core.score.raw", String(score));
    if (this.questions.every((one) => this.kept[one])) this.set("cmi.core.lesson_status", score >= PASSED ? "passed" : "failed");
    this.set("cmi.suspend_data", packed(this.kept, this.questions));
    this.api.LMSCommit("");
  }

  finish() {
    if (!this.api) return;
    const seconds = Math.round((Date.now() - this.began) / 1000);
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    this.set("cmi.core.session_time", `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
    const all = this.questions.every((one) => this.kept[one]);
    this.set("cmi.core.exit", all ? "" : "suspend");
    this.api.LMSFinish("");
    this.api = null;
  }
}

/**
 * A letter for each question in order (R right at once, F right at first and not now, r right later, w wrong, - not yet), then the
 * answers. What does not fit is left out from the end, whole answers at a time: status and score are worth more.
 * @param {Record<string, Kept>} kept @param {string[]} questions
 */
export function packed(kept, questions) {
  const letters = questions.map((key) => {
    const one = kept[key];
    return !one ? "-" : one.first ? (one.now ? "R" : "F") : one.now ? "r" : "w";
  });
  const answers = questions.map((key) => kept[key]?.answer ?? "");
  const whole = () => `1:${letters.join("")}:${answers.join(";")}`;
  for (let i = answers.length - 1; i >= 0 && whole().length > MOST; i--) answers[i] = "";
  return whole().slice(0, MOST);
}

/** @param {string} text @param {string[]} questions @returns {Record<string, Kept>} what a record says of these questions; of a broken or later one nothing */
export function unpacked(text, questions) {
  const [version, letters = "", answers = ""] = String(text ?? "").split(":");
  /** @type {Record<string, Kept>} */
  const kept = {};
  if (version !== "1") return kept;
  const each = answers.split(";");
  questions.forEach((key, i) => {
    const letter = letters[i] ?? "-";
    if ("RFrw".includes(letter))
      kept[key] = { first: "RF".includes(letter), now: "Rr".includes(letter), answer: each[i] ?? "" };
  });
  return kept;
}
