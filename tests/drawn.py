"""What a browser draws, read from the left by the glyphs' rectangles, and what of a sum should be drawn."""

from __future__ import annotations

import re

# Everything in an element that can be seen, from the left. A fraction's parts are read by themselves, each where it begins.
READ = """(root) => {
  const groups = new Map(), walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.parentElement.closest('.tf-over')) continue;
    const group = node.parentElement.closest('.tf-frac > span') ?? root;
    if (!groups.has(group)) groups.set(group, []);
    for (let i = 0; i < node.length; i++) {
      const sign = node.data[i];
      if (/[\\s\\u061c\\u200c-\\u200f\\u2066-\\u2069]/.test(sign)) continue;
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      groups.get(group).push([sign, box.x + box.width / 2]);
    }
  }
  return [...groups.values()].map(all => all.sort((a, b) => a[1] - b[1]).map(one => one[0]).join(''));
}"""

TOKEN = re.compile(r"[−+-]?\d[\d,.]*\d%?|[−+-]?\d%?|[A-Za-z]+|…|\S")
SETS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def in_digits(text: str, digits: str) -> str:
    """Return text that is written with 123 in a digit set."""
    if digits == "latn":
        return text
    return text.translate(str.maketrans("0123456789,.%", SETS[digits] + "٬٫٪"))


def expected(said: str, digits: str) -> str:
    """Return a sum, written with 123, as it is to be seen from the left in a right-to-left language.

    Arabic-Indic digits make mathematics that runs from right to left, sign and number and "٪"; the others from left to right.
    """
    tokens = [one for part in said.split() for one in TOKEN.findall(part)]
    if digits != "arab":
        return in_digits("".join(tokens), digits)
    out = []
    for one in reversed(tokens):
        sign = one[0] if len(one) > 1 and one[0] in "−+-" else ""
        number = one.removeprefix(sign)
        out.append(in_digits("%" * number.endswith("%") + number.rstrip("%") + sign, digits))
    return "".join(out)
