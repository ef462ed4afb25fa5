// The line to the server: one stream down that comes back by itself, small posts up.

/** Post JSON. @param {string} url @param {unknown} body @returns {Promise<{status: number, data: any}>} status 0: no connection */
export async function post(url, body) {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), 8000);
  try {
    const answer = await fetch(url, {
      method: "POST", body: JSON.stringify(body), headers: {"Content-Type": "application/json"}, signal: ends.signal, credentials: "same-origin",
    });
    return {status: answer.status, data: await answer.json().catch(() => ({}))};
  } catch {
    return {status: 0, data: {}};
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Keep a stream open. A phone that wakes up has a dead one that looks open, so it is always opened anew then; the server sends
 * the whole state first.
 * @param {string} url
 * @param {Record<string, (data: any) => void>} kinds what to do with each kind of event
 * @param {(online: boolean) => void} tell
 * @param {() => void} lost called when the server does not take us any more (the seat or the room is gone)
 */
export function line(url, kinds, tell, lost) {
  /** @type {EventSource | null} */ let source = null;
  let timer = 0, stopped = false, failures = 0;
  const open = () => {
    if (stopped) return;
    source?.close();
    clearTimeout(timer);
    const mine = source = new EventSource(url);
    mine.onopen = () => { failures = 0; tell(true); };
    mine.onerror = () => {
      if (mine !== source || stopped) return;
      tell(false);
      if (mine.readyState === EventSource.CLOSED) {               // refused: the browser does not try again by itself
        failures += 1;
        if (failures > 2) lost();
        clearTimeout(timer);
        timer = setTimeout(open, Math.min(1000 * failures, 8000));
      }
    };
    for (const [kind, act] of Object.entries(kinds)) {
      mine.addEventListener(kind, (event) => { if (mine === source) act(JSON.parse(/** @type {MessageEvent} */ (event).data)); });
    }
  };
  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hidden = Date.now();
    else if (Date.now() - hidden > 1000) open();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  addEventListener("online", open);
  addEventListener("offline", () => tell(false));
  addEventListener("pagehide", () => source?.close());
  open();
  return {open, stop() { stopped = true; source?.close(); }};
}

/** Keep and read a small thing; a browser may keep nothing. */
export const kept = {
  /** @param {string} key @returns {any} */
  get(key) { try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; } },
  /** @param {string} key @param {unknown} value */
  set(key, value) { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value)); } catch { /* nothing */ } },
};
