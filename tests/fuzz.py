"""Hostile texts for everything that reads what people bring: `python -m tests.fuzz [how many] [seed]`, outside CI.

Each reader of `tests/test_linear.py` gets texts put together from what has hurt readers before. It may refuse in its own words; it
may not fail otherwise, and may not take long. What once failed is tried first. Exit code 1, with the text, if anything is found.
"""

from __future__ import annotations

import random
import sys
import time

from documents.incoming.decoding import Unreadable
from i18n.numbers import NumberError
from statements.reader import current, made
from tests.test_linear import READERS, UNITS
from ui.kit.lists import ListError

REFUSALS = (NumberError, ListError, Unreadable, ValueError)
SECONDS = 1.0  # of processor time for one text of at most 4 KB: a thousand times of what any needs

#: (reader, text): faults that were mended, each in the shape that it was found in.
CORPUS = [
    ("a pasted table", "Visits: 48,000\nLeads" + ":" * 40_000),
    ("a pasted table", "Leads" + " " * 40_000 + "x"),
    ("a pasted table's separators", "Visits: 48,000\nLeads" + ":" * 40_000 + "x"),
    ("single sales", "7" * 500_000),
    ("a link", "1e400"),
    ("a date", "9999999999999999-01-01"),
    ("a cohort", "100;" * 5_000),
]
PIECES = [*UNITS.values(), "48,000", "۴۸٬۰۰۰", "1,234.5", "12.5%", "٪", "NaN", "inf", "-0", "1e999", "\ud800", "\ufeff",
          "2024-02-30", "1403/12/30", "=1+1", "@x", "<script>", "&#0;", "%00", "%zz", "{place: x}", "[[", "]]", "|", "\x1b",
          "name: 5\n", "a;b;c\n", "\r\n"]  # fmt: skip


def text(chance: random.Random) -> str:
    """Put a text together: short ones mostly, with runs of one piece in some."""
    made_of = [chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 40)) for _ in range(chance.randint(1, 12))]
    whole = "".join(made_of)[:4_000]
    if chance.random() < 0.2 and whole:
        place = chance.randrange(len(whole))
        whole = whole[:place] + chr(chance.randrange(0x110000)) + whole[place + 1 :]
    return whole


def fault(reader: str, given: str) -> str:
    """Return what is wrong with how a reader takes a text; "" for nothing."""
    begun = time.thread_time()
    try:
        READERS[reader](given)
    except REFUSALS:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    spent = time.thread_time() - begun
    return f"{spent:.1f} s" if spent > SECONDS else ""


def main(many: int = 100_000, seed: int = 1) -> int:
    """Try the corpus, then so many texts; return how many faults were found, 1 at most."""
    chance, names = random.Random(seed), sorted(READERS)
    current.set(made("fa", None))
    tried = [*CORPUS, *((names[i % len(names)], text(chance)) for i in range(many))]
    found = [(reader, given, why) for reader, given in tried if (why := fault(reader, given))]
    for reader, given, why in found[:20]:
        print(f"{reader}: {why}\n    {given[:200]!r}")
    print(f"{len(tried):,} texts, {len(found)} faults")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
