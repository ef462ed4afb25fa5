// Runs in a page: what lies over what, or beside the screen. Boxes are those of lines of text and of controls; of two that are
// the same element, or one inside the other, or of which one alone is fixed over a page that scrolls, nothing is said.
() => {
  const main = document.querySelector("[data-testid=stMain]"), found = [], boxes = [];
  const named = (e) => `${e.tagName}.${[...e.classList].filter((c) => !/^(st-emotion|e[a-z0-9]{6,}$)/.test(c)).slice(0, 2).join(".")}`;
  const put = (r, e, said) => {
    let [left, top, right, bottom] = [r.left, r.top, r.right, r.bottom], over = null;
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (up !== main && up !== e && (style.overflowX !== "visible" || style.overflowY !== "visible")) {
        const q = up.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, q.left), Math.max(top, q.top), Math.min(right, q.right), Math.min(bottom, q.bottom)];
      }
      if (/fixed|sticky/.test(style.position)) { over = up; break; }
    }
    if (right - left > 3 && bottom - top > 3) boxes.push({left, top, right, bottom, e, said, over});
  };
  // for ears only: clipped away; Streamlit's link past the menu is seen while it has the focus
  const spoken = (e) => { for (let up = e; up; up = up.parentElement) { const {clip, clipPath} = getComputedStyle(up); if (/^inset\(/.test(clipPath) || clip !== "auto") return true; } return false; };
  const seen = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest("[data-testid=stSkipToContent]") && !spoken(e);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.nodeValue.trim(), e = walk.currentNode.parentElement;
    if (!text || !e || e.closest("script, style, noscript, option, svg") || !seen(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    for (const r of range.getClientRects()) {                      // a line's letters, without the room above and below them
      const air = r.height * 0.22;
      put({left: r.left + 1, right: r.right - 1, top: r.top + air, bottom: r.bottom - air}, e, text.slice(0, 30));
    }
  }
  for (const e of document.querySelectorAll("button, input:not([type=hidden]), textarea, select, img, canvas, [role=slider], [role=combobox]")) {
    const r = e.getBoundingClientRect();
    if (seen(e)) put({left: r.left + 1, right: r.right - 1, top: r.top + 1, bottom: r.bottom - 1}, e, named(e));
  }
  boxes.sort((a, b) => a.top - b.top);
  const known = new Set();
  for (const [i, a] of boxes.entries())
    for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
      const b = boxes[j], pair = `${named(a.e)} / ${named(b.e)}`;
      if (a.e.contains(b.e) || b.e.contains(a.e) || a.over !== b.over || known.has(pair)) continue;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) < 2 || Math.min(a.bottom, b.bottom) - b.top < 2) continue;
      known.add(pair);
      found.push(`"${a.said}" (${named(a.e)}) lies over "${b.said}" (${named(b.e)})`);
    }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  const out = boxes.find((b) => b.right > innerWidth + 1 || b.left < -1);
  if (out) found.push(`"${out.said}" (${named(out.e)}) stands beside the screen`);
  return found;
}
