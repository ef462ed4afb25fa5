// Runs in <head>, before Streamlit boots. What it must know comes from the JSON in #rtl-facts, so that these bytes are
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
  /** @param {string} lang @param {string} digits */
  const setAppLang = (lang, digits) => {
    if (!facts[lang]?.digits.includes(digits)) return;
    now = {lang, digits};
    root.dataset.digits = digits;
    root.dir = facts[lang].dir;
    root.lang = lang;
    Reflect.set(window, ariaLocale, tag());
    dispatchEvent(new Event("languagechange"));                                // React Aria reads its locale again
    for (const [name, value] of [["lang", lang], ["digits", digits]])
      document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
  };
  setAppLang(now.lang, now.digits);

  // 2. The address bar follows the app, without history entries. Browsers refuse more than some 100 changes in 30 s,
  // so a dragged slider writes at once and then every 400 ms.
  /** @type {{query: string, page: string | undefined} | null} */
  let wanted = null;
  let timer = 0;
  const embedding = () => [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("embed"));
  const setAddress = () => {
    timer = 0;
    if (!wanted || wanted.page !== location.pathname.split("/").pop()) return; // the visitor has gone elsewhere
    const query = [wanted.query, new URLSearchParams(embedding()).toString()].filter(Boolean).join("&");
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
    if (rtlLang !== now.lang || rtlDigits !== now.digits) setAppLang(rtlLang ?? "", rtlDigits ?? "");
    arrive(rtlPage ?? "");
    if (/^[\w.-]{1,400}$/.test(rtlKeep ?? "")) document.cookie = `keep=${rtlKeep};path=/;max-age=31536000;samesite=lax`;
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
  /** @param {string} text */
  const say = (text) => {
    const {words} = facts[now.lang];
    if (Object.hasOwn(words, text)) return words[text];
    const [, word, rest] = /^([^:]+)(: .+)$/s.exec(text) ?? [];                // "Show data: title of the chart"
    if (word && Object.hasOwn(words, word)) return words[word] + rest;
    for (const [pattern, target] of patternsOf(now.lang)) {
      const found = pattern.exec(text)?.groups;
      if (found) return target.replace(/%\((\w)\)s/g, (all, name) => found[name] ?? all);
    }
    return text;
  };
  /** @param {Node} node @param {string} slot @param {string} value @param {(shown: string) => void} write */
  const translate = (node, slot, value, write) => {
    const known = english.get(node)?.[slot];
    const source = known && known[1] === value ? known[0] : value;
    const core = source.trim();
    const shown = core && source.replace(core, () => say(core));
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
    if (!link || event.button) return;
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
      const target = anchor ? document.getElementById(anchor) : page?.querySelector("h1");
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

  // 7. <input type=number> refuses ۱۲۳ and ١٢٣: type them as 123.
  document.addEventListener("beforeinput", (event) => {
    const typed = event.data ?? "";
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "number" || !/[٠-٩۰-۹٫]/.test(typed)) return;
    event.preventDefault();
    document.execCommand("insertText", false,
      typed.replace(/٫/g, ".").replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)));
  }, true);
})();
