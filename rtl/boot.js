// Runs before Streamlit boots, after the page's own text, if there is any. What it must know comes from the JSON in #rtl-facts, so that these bytes are
// the same in all languages and one hash in the Content-Security-Policy admits them.
(() => {
  /** @typedef {{dir: string, locale: string, digits: string[], words: Record<string, string>}} Facts  of a language; see rtl/page.py */
  /** @type {Record<string, Facts>} */
  const facts = JSON.parse(document.getElementById("rtl-facts")?.textContent ?? "");
  const root = document.documentElement;

  // 1. The language. React Aria (sliders, dates, menus) ignores <html dir>: it follows this symbol. Streamlit's own
  // numbers and st.context.locale follow navigator. Gregorian, because "fa" alone means the Persian calendar.
  const ariaLocale = Symbol.for("react-aria.i18n.locale");
  let now = {lang: root.lang, digits: root.dataset.digits ?? ""};                  // kept: page translators change root.lang
  const tag = () => `${facts[now.lang].locale}-u-ca-gregory-nu-${now.digits}`;
  Object.defineProperty(navigator, "language", {configurable: true, get: tag});
  Object.defineProperty(navigator, "languages", {configurable: true, get: () => [tag()]});
  /** @param {string} lang @param {string} digits @param {boolean} [chosen] by hand: only then are the digits kept, for this language */
  const setAppLang = (lang, digits, chosen = false) => {
    if (!facts[lang]?.digits.includes(digits)) return;
    now = {lang, digits};
    root.dataset.digits = digits;
    root.dir = facts[lang].dir;
    root.lang = lang;
    Reflect.set(window, ariaLocale, tag());
    dispatchEvent(new Event("languagechange"));                                // React Aria reads its locale again
    for (const [name, value] of [["lang", lang], ...(chosen ? [[`digits-${lang}`, digits]] : [])])
      document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
  };
  setAppLang(now.lang, now.digits);

  // 2. The address bar follows the app, without history entries. Browsers refuse more than some 100 changes in 30 s,
  // so a dragged slider writes at once and then every 400 ms.
  /** @type {{query: string, page: string | undefined} | null} */
  let wanted = null;
  let timer = 0;
  const embedding = () => [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("embed"));
  // What a page said last, after somebody changed something on it, stays in this browser: for who comes back at the plain address.
  /** @type {Map<string, string>} */
  const began = new Map();                                       // page -> what it said first, without language and view
  /** @param {string} page @param {string} query */
  const keepLast = (page, query) => {
    const said = query.replace(/(^|&)(lang|digits|view|at)=[^&]*/g, "");
    if (!began.has(page)) began.set(page, said);
    if (said === began.get(page) || query.length > 4000) return;
    try {
      const kept = JSON.parse(localStorage.getItem("rtl-last") ?? "{}");
      localStorage.setItem("rtl-last", JSON.stringify({...kept, [page]: [query, Date.now()]}));
    } catch { /* a browser that keeps nothing */ }
  };
  const setAddress = () => {
    timer = 0;
    if (!wanted || wanted.page !== location.pathname.split("/").pop()) return; // the visitor has gone elsewhere
    const query = [wanted.query, new URLSearchParams(embedding()).toString()].filter(Boolean).join("&");
    keepLast(wanted.page ?? "", wanted.query);
    wanted = null;
    if (query === location.search.slice(1)) return;
    history.replaceState(history.state, "", location.pathname + (query && "?" + query) + location.hash);
    timer = setTimeout(setAddress, 400);
  };
  /** @type {string | undefined} */
  let session;
  /** @param {HTMLElement} marker */
  const obey = (marker) => {
    const {rtlLang, rtlDigits, rtlQuery, rtlPage, rtlSession, rtlKeep} = marker.dataset;
    session ??= rtlSession;
    if (rtlSession !== session) return location.reload();           // the server forgot us; the address did not
    if (rtlLang !== now.lang || rtlDigits !== now.digits) setAppLang(rtlLang ?? "", rtlDigits ?? "", rtlLang === now.lang);
    arrive(rtlPage ?? "");
    if (/^[\w.-]{1,900}$/.test(rtlKeep ?? "")) document.cookie = `keep=${rtlKeep};path=/;max-age=31536000;samesite=lax`;
    if (rtlQuery === undefined) return;
    wanted = {query: rtlQuery, page: rtlPage};
    if (!timer) setAddress();
  };
  addEventListener("pagehide", setAddress);

  // 3. Streamlit (emotion) writes its CSS with insertRule: turn physical sides into logical ones.
  const V = "((?:calc\\([^;{}]*?\\)|[^\\s;{}()])+)";
  /** @type {[RegExp, string | ((all: string, v: string, h: string) => string)][]} */
  const LOGICAL = [
    [RegExp(`\\b(margin|padding)\\s*:\\s*${V}\\s+${V}\\s+${V}\\s+${V}(?=\\s*[;}])`, "g"),
      "$1-block:$2 $4;$1-inline:$5 $3"],
    [/border-(top|bottom)-(left|right)-radius/g,
      (_all, v, h) => `border-${v === "top" ? "start" : "end"}-${h === "left" ? "start" : "end"}-radius`],
    [/\b(margin|padding|border)-left\b/g, "$1-inline-start"], [/\b(margin|padding|border)-right\b/g, "$1-inline-end"],
    [/([{;\s])left\s*:/g, "$1inset-inline-start:"], [/([{;\s])right\s*:/g, "$1inset-inline-end:"],
    [/text-align\s*:\s*left/g, "text-align:start"], [/text-align\s*:\s*right/g, "text-align:end"],
  ];
  const insertRule = CSSStyleSheet.prototype.insertRule;
  /** @param {string} css @param {number} [index] */
  CSSStyleSheet.prototype.insertRule = function (css, index) {
    const centred = /translate(X|3d)?\(-?\s*50%/.test(css);                     // left:50% + translate(-50%)
    const floating = /position:\s*fixed/.test(css) && !/[{;\s]right\s*:(?!\s*auto)/.test(css);   // placed by scripts
    if (!centred && !floating) for (const [from, to] of LOGICAL) css = css.replace(from, /** @type {string} */ (to));
    return insertRule.call(this, css, index);
  };

  // 4. Streamlit's own English words. The English is kept, so that switching back works. The app's own texts, tables and
  // chart labels are left alone: a learner's stage may be called "Search".
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "alt"];
  const OURS = ["[data-rtl-skip], [translate=no], .stMarkdown, .stHeading, .stHtml, .stTable",
    "svg, pre, code, textarea, style, script"].join();
  /** @type {WeakMap<Node, Record<string, [string, string]>>} */
  const english = new WeakMap();                                               // node -> {slot: [English, shown]}
  /** @type {Record<string, [RegExp, string][]>} */
  const patterns = {};
  /** @param {string} lang */
  const patternsOf = (lang) => (patterns[lang] ??= Object.entries(facts[lang].words)
    .filter(([source]) => source.includes("%("))
    .map(([source, target]) => [RegExp(`^${source.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace(/%\\\((\w)\\\)s/g, "(?<$1>.+?)")}$`, "s"), target]));
  const ZERO = {latn: 0x30, arab: 0x660, arabext: 0x6f0};
  /** Write the size of a file, "50MB", in words and digits of the language. @param {string} text */
  const sized = (text) => text.replace(/^([\d.]+) ?([KMG]B)$/, (_all, size, unit) => {
    const zero = ZERO[/** @type {keyof typeof ZERO} */ (now.digits)];
    const digits = size.replace(/[\d.]/g, (/** @type {string} */ c) => c !== "." ? String.fromCharCode(zero + Number(c)) : zero > 99 ? "٫" : c);
    return `${digits} ${facts[now.lang].words[unit] ?? unit}`;
  });
  /** @param {string} text */
  const say = (text) => {
    const {words} = facts[now.lang];
    if (Object.hasOwn(words, text)) return words[text];
    const [, word, rest] = /^([^:]+)(: .+)$/s.exec(text) ?? [];                // "Show data: title of the chart"
    if (word && Object.hasOwn(words, word)) return words[word] + rest;
    for (const [pattern, target] of patternsOf(now.lang)) {
      const found = pattern.exec(text)?.groups;
      if (found) return target.replace(/%\((\w)\)s/g, (all, name) => sized(found[name] ?? all));
    }
    return text;
  };
  /** Spell percent for a voice: eSpeak's Arabic one passes over the sign. @param {string} slot @param {string} said */
  const spelled = (slot, said) => {
    const word = facts[now.lang].words.percent;
    if (!word || (slot !== "aria-label" && slot !== "alt")) return said;
    return said.replace(/[\u200e\u200f\u061c]*[%٪][\u200e\u200f\u061c]*/g, () => `\u00a0${word}`);
  };
  /** @param {Node} node @param {string} slot @param {string} value @param {(shown: string) => void} write */
  const translate = (node, slot, value, write) => {
    const known = english.get(node)?.[slot];
    const source = known && known[1] === value ? known[0] : value;
    const core = source.trim();
    const shown = core && source.replace(core, () => spelled(slot, say(core)));
    if (!core || shown === value) return;
    english.set(node, {...english.get(node), [slot]: [source, shown]});
    write(shown);
  };
  /** @param {CharacterData} node */
  const text = (node) => node.data.length < 300 && !node.parentElement?.closest(OURS)
    && translate(node, "text", node.data, (shown) => (node.data = shown));
  /** @param {Element} element @param {string} name */
  const attribute = (element, name) => element.hasAttribute(name) && !element.closest("[data-rtl-skip]")
    && translate(element, name, element.getAttribute(name) ?? "", (shown) => element.setAttribute(name, shown));
  /** @param {Node} node */
  const visit = (node, fresh = true) => {
    if (node instanceof Text) return text(node);
    if (!(node instanceof Element)) return;
    const markers = /** @type {HTMLElement[]} */ (fresh ? [node, ...node.querySelectorAll("[data-rtl-lang]")] : []);
    for (const marker of markers) if (marker.dataset.rtlLang) obey(marker);
    for (const element of [node, ...node.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())])
      for (const name of ATTRIBUTES) attribute(element, name);
    for (const field of fresh ? node.querySelectorAll("[class*=st-key-field-] input[type=text]") : [])
      /** @type {HTMLInputElement} */ (field).inputMode = "decimal";
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) text(/** @type {Text} */ (texts.currentNode));
  };
  new MutationObserver((changes) => {
    for (const {type, target, addedNodes, attributeName} of changes)
      if (type === "childList") addedNodes.forEach((node) => visit(node));
      else if (type === "characterData") text(/** @type {CharacterData} */ (target));
      else if (target === root) visit(document.body, false);                   // new language, maybe old markers
      else if (attributeName?.startsWith("data-rtl-")) obey(/** @type {HTMLElement} */ (target));
      else attribute(/** @type {Element} */ (target), attributeName ?? "");
  }).observe(root, {subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...ATTRIBUTES, "lang", "data-rtl-lang", "data-rtl-digits", "data-rtl-query",
      "data-rtl-keep"]});

  // 5. A link of ours to another page of the app goes without loading it anew. To Streamlit it looks like a step in the
  // browser's history, so the router that serves Back serves it, and knows the pages that are not in the menu.
  const LINKS = "a[data-inside], [data-testid=stSidebarNavLink]";
  /** @param {EventTarget | null} target @param {string} selector */
  const within = (target, selector) => target instanceof Element ? target.closest(selector) : null;
  const main = () => document.querySelector("[data-testid=stMain]");
  // Of two runs that are asked for at once, Streamlit's server keeps the values of the second alone. What was typed leaves
  // with the field's own change, a moment before the click: the link waits until the app has taken it.
  let changed = -Infinity;
  const busy = () => performance.now() - changed < 1000
    || document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-script-state") !== "notRunning";
  /** @param {() => void} act @returns {unknown} */
  const whenIdle = (act, until = performance.now() + 4000) =>
    busy() && performance.now() < until ? setTimeout(whenIdle, 20, act, until) : act();
  addEventListener("change", () => (changed = performance.now()), true);
  // st.switch_page empties the query first, and writes that as a step of its own: Back would have to be pressed twice.
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const step = state?.from || new URL(url ?? "", location.href).pathname !== location.pathname;
    return step ? push.call(this, state, title, url) : this.replaceState(this.state, title, url);
  };
  /** @param {string} address */
  const goTo = (address) => {
    const to = new URL(address);
    const here = to.pathname === location.pathname;
    if (!to.search) to.search = here ? location.search : new URLSearchParams(embedding()).toString();
    if (here && to.search === location.search && to.hash) return history.pushState({from: location.pathname}, "", to), land();
    history.pushState({from: location.pathname}, "", to);
    dispatchEvent(new PopStateEvent("popstate", {state: history.state}));
  };
  addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (within(event.target, LINKS));
    if (!link || event.button || link.closest("#rtl-still")) return;          // before the app is there, links are links
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return event.stopPropagation();                            // a new tab or window; the menu would go in this one
    if (link.matches("a[data-inside]")) {
      event.preventDefault();
      whenIdle(() => goTo(link.href));
    } else if (event.isTrusted && busy()) {
      event.preventDefault();
      event.stopPropagation();
      whenIdle(() => link.click());
    }
  }, true);

  // 6. A page begins at its top, or at what the address names; after Back, where it was left.
  /** @type {string | undefined} */
  let shown;
  let stepped = false, landing = 0;
  /** @type {Map<string, number>} */
  const left = new Map();                                        // page -> how far it was scrolled
  const leave = () => shown !== undefined && left.set(shown, main()?.scrollTop ?? 0);
  addEventListener("click", leave, true);
  addEventListener("popstate", (event) => {
    leave();
    stepped = event.isTrusted;
    if (location.pathname.split("/").pop() === shown) land();
  });
  for (const act of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(act, () => landing++, {capture: true, passive: true});
  const land = () => {
    const mine = ++landing, until = performance.now() + 10_000;
    const anchor = /^#[\w-]+$/.test(location.hash) ? location.hash.slice(1) : "";
    const down = stepped ? left.get(shown ?? "") ?? 0 : 0;
    stepped = false;
    const look = () => {
      if (mine !== landing) return;                              // somebody acts: the page is hers
      const page = main();
      const target = /** @type {HTMLElement | null | undefined} */ (page?.querySelector(anchor ? `[id="${anchor}"]` : "h1"));
      if (target && page) {
        if (document.activeElement !== target) {
          target.tabIndex = -1;
          target.focus({preventScroll: true});
        }
        if (down || !anchor) page.scrollTop = down;
        else target.scrollIntoView();
      }
      if (performance.now() < until && (!target || busy())) setTimeout(look, 30);
    };
    look();
  };
  /** @param {string} page */
  const arrive = (page) => {
    if (page === shown) return;
    const first = shown === undefined;
    shown = page;
    if (!first || location.hash) land();
  };

  // 7. The page's own text stands until the app has drawn the same; then the app takes its place: what was read stays where it
  // was, what had the focus keeps it, what was opened is open. Nobody is interrupted who scrolls, presses or marks something.
  const sheet = document.querySelector("link[data-rtl-sheet]");
  if (sheet) {
    const link = document.createElement("link");                 // put in by a script, it does not hold back the first view
    Object.assign(link, {rel: "stylesheet", href: sheet.getAttribute("href"), crossOrigin: sheet.getAttribute("crossorigin")});
    sheet.replaceWith(link);
  }
  const still = document.getElementById("rtl-still"), coming = document.getElementById("root");
  if (still && coming) {
    coming.inert = true;
    const READ = "h1, h2, h3, h4, p, li, dt, dd, td, summary, .tf-p";
    const words = (/** @type {Element} */ element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();
    let acted = -Infinity, pressed = false, calm = 0, touched = false;
    /** @param {Event} event */
    const act = (event) => (acted = performance.now(), touched ||= event.type !== "scroll");
    const press = (/** @type {Event} */ event) => (pressed = event.type === "pointerdown" || event.type === "touchstart", act(event));
    const acts = /** @type {const} */ ([["scroll", act], ["wheel", act], ["keydown", act], ["pointerdown", press], ["touchstart", press],
      ["pointerup", press], ["pointercancel", press], ["touchend", press], ["touchcancel", press]]);
    for (const [name, hear] of acts) addEventListener(name, hear, {capture: true, passive: true});
    // What Streamlit has not fetched the code of yet, and our parts that have not said that they are there (web/mounts.js).
    const LATE = "[data-testid=stSkeleton], .stVegaLiteChart:not(:has(svg, canvas)), [data-testid=stBidiComponentRegular]:not([data-mounted])";
    let since = Infinity;
    const drawn = () => {
      const page = main();
      if (!page?.querySelector("h1") || busy()) return null;
      since = Math.min(since, performance.now());
      return page.querySelector(LATE) && performance.now() - since < 8000 ? null : page;
    };
    /** @param {Element} page @param {Element} element */
    const twin = (page, element) => {
      const said = words(element), href = element.getAttribute("href");
      const same = [...page.querySelectorAll(element.tagName)].filter((one) => words(one) === said
        && (one.getAttribute("href") ?? "") === (href ?? ""));
      const before = [...still.querySelectorAll(element.tagName)].filter((one) => words(one) === said);
      return /** @type {HTMLElement | undefined} */ (same[before.indexOf(element)] ?? same[0]);
    };
    /** @param {Element} page */
    const takeOver = (page) => {
      const top = [...still.querySelectorAll(`main :is(${READ})`)].filter((one) => {
        const {top, bottom} = one.getBoundingClientRect();
        return bottom > 60 && top < innerHeight && words(one);
      });
      const focus = document.activeElement, down = scrollY;
      /** @type {[HTMLElement, number] | undefined} */
      let kept;
      for (const one of down > 8 ? top : []) {
        const other = twin(page, one);
        if (other) { kept = [other, one.getBoundingClientRect().top]; break; }
      }
      for (const one of still.querySelectorAll("details[open] > summary"))
        twin(page, one)?.parentElement?.setAttribute("open", "");
      const other = focus && focus !== document.body && still.contains(focus) ? twin(document.body, focus) : undefined;
      const heir = other && !still.contains(other) ? other : focus && still.contains(focus) ? twin(page, focus) : undefined;
      for (const [name, hear] of acts) removeEventListener(name, hear, true);
      still.remove();
      document.querySelector(".rtl-noscript")?.remove();
      coming.className = "";
      coming.inert = false;
      scrollTo(0, 0);
      if (kept) page.scrollTop += kept[0].getBoundingClientRect().top - kept[1];
      heir?.focus({preventScroll: true});
      if (location.hash && !touched) land();                     // the place that the address names; until now it was hidden
      performance.mark("rtl-taken-over");
    };
    const watch = () => {
      const page = drawn();
      calm = page ? calm + 1 : 0;
      if (page && calm > 3 && !pressed && performance.now() - acted > 200 && getSelection()?.isCollapsed !== false) return takeOver(page);
      setTimeout(watch, 50);
    };
    watch();
    setTimeout(() => still.isConnected && !drawn() && still.querySelector(".rtl-late")?.removeAttribute("hidden"), 15_000);
  }

  // 8. A text field for a number (its key begins with "field-": Streamlit's own number fields refuse native digits) asks a
  // phone for its keys of digits. <input type=number> refuses ۱۲۳ and ١٢٣: type them as 123.
  document.addEventListener("beforeinput", (event) => {
    const typed = event.data ?? "";
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "number" || !/[٠-٩۰-۹٫]/.test(typed)) return;
    event.preventDefault();
    document.execCommand("insertText", false,
      typed.replace(/٫/g, ".").replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)));
  }, true);
})();
