// Sharing a page: its link whole, copied over http too, sent by the system's own sheet, and shown to a room as a large QR code.
import { mounts } from "./mounts.js";

/**
 * @typedef {object} Told  what the server says; all words are the reader's already
 * @property {string} link
 * @property {string} qr  the code as a data URI, "" for a link that is too long
 * @property {string} title  what the page is called
 * @property {Record<string, string>} words
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} facts @param {(Node | string)[]} inside @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

class Share {
  /** @param {HTMLElement} place @param {Told} data */
  constructor(place, data) {
    this.root = make("div", { class: "tf-share", "data-rtl-skip": "true" });
    place.append(this.root);
    this.update(data);
  }

  /** @param {Told} data */
  update(data) {
    if (JSON.stringify(data) === JSON.stringify(this.data)) return;
    this.data = data;
    const { words } = data;
    this.field = make("textarea", { class: "tf-share-link", readonly: "", dir: "ltr", translate: "no", rows: "2", "aria-label": words.link });
    this.field.value = data.link;
    this.field.addEventListener("focus", () => this.field?.select());
    this.said = make("p", { role: "status" });
    const acts = make("div", { class: "tf-share-acts" }, this.button(words.copy, () => this.copy(), "tf-share-main"));
    if ("share" in navigator) acts.append(this.button(words.send, () => this.send()));
    if (data.qr) acts.append(this.button(words.room, () => this.show()));
    const local = /^(localhost|127\.|\[::1\])/.test(location.hostname);
    this.root.replaceChildren(acts, this.said, this.field, ...(local ? [make("p", { class: "tf-share-local" }, words.local)] : []));
    this.root.append(data.qr ? make("img", { class: "tf-qr", src: data.qr, alt: words.code }) : make("p", {}, words.long));
  }

  /** @param {string} word @param {() => void} act @param {string} [kind] */
  button(word, act, kind = "") {
    const button = make("button", { type: "button", class: `tf-share-act ${kind}` }, word);
    button.addEventListener("click", act);
    return button;
  }

  async copy() {
    const { field, said, data } = this;
    if (!field || !said || !data) return;
    let done = false;
    try {
      await navigator.clipboard.writeText(data.link); // only over https
      done = true;
    } catch {
      field.select();
      done = document.execCommand("copy"); // else as long as browsers still know it
    }
    said.textContent = done ? data.words.copied : data.words.marked;
    if (!done) field.select();
  }

  send() {
    if (this.data) navigator.share({ title: this.data.title, url: this.data.link }).catch(() => {}); // she thought better of it
  }

  /** Fill the screen with the code, so that it is read from the last row; Esc closes it. */
  show() {
    const { data } = this;
    if (!data) return;
    const close = this.button("✕", () => box.close(), "tf-share-close");
    close.setAttribute("aria-label", data.words.close);
    const host = make("bdi", { dir: "ltr" }, location.host);
    const words = make("div", {}, make("h2", {}, data.title), make("p", {}, data.words.scan), make("p", {}, host));
    const box = make("dialog", { class: "tf-share-room", "aria-label": data.words.room, "data-rtl-skip": "true" },
      make("img", { src: data.qr, alt: data.words.code }), words, close);
    const open = new AbortController();
    box.addEventListener("close", () => {
      open.abort();
      box.remove();
    });
    // Before anybody else hears of it: Streamlit's own box below holds on to the focus and takes Esc for itself.
    addEventListener("keydown", (event) => {
      event.stopImmediatePropagation();
      if (event.key === "Escape") box.close();
      if (event.code === "KeyF") document.fullscreenElement ? document.exitFullscreen() : box.requestFullscreen?.();
    }, { capture: true, signal: open.signal });
    document.body.append(box); // beside the box with the link, which closes when somebody presses elsewhere
    box.showModal();
  }

  gone() {
    this.root.remove();
  }
}

export default mounts((place, _send, /** @type {Told} */ data) => new Share(place, data));
