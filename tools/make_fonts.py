"""Make static/material-symbols.woff2: Streamlit's own icon font, cut down to the icons that the app can show.

python -m tools.make_fonts          # deterministic: the same Streamlit and fontTools give the same bytes
python -m tools.make_fonts --check  # only say whether the file has every icon of rtl/icons.txt
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from streamlit.file_util import get_static_dir

from rtl.icons import NAMES

OUT = Path(__file__).parent.parent / "static" / "material-symbols.woff2"


def ligature_sets(font: TTFont) -> Iterator[dict]:
    """Yield the tables {first glyph: [ligature, ...]} that turn a written name into its icon."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if hasattr(table, "ligatures"):
                yield table.ligatures


def names_of(font: TTFont) -> dict[str, str]:
    """Return {icon name: glyph} of a font."""
    letter = {glyph: chr(code) for code, glyph in sorted(font.getBestCmap().items(), reverse=True) if code < 128}
    letter |= {glyph: chr(code) for code, glyph in font.getBestCmap().items() if chr(code).islower() and code < 128}
    return {
        "".join(letter[glyph] for glyph in (first, *ligature.Component)): ligature.LigGlyph
        for table in ligature_sets(font)
        for first, ligatures in table.items()
        for ligature in ligatures
    }


def source() -> Path:
    """Return the icon font that the installed Streamlit carries."""
    return next(Path(get_static_dir(), "static", "media").glob("MaterialSymbols-Rounded.*.woff2"))


def make(out: Path) -> None:
    """Write the small font."""
    font = TTFont(source(), recalcTimestamp=False)
    names = names_of(font)
    if missing := [name for name in NAMES if name not in names]:
        sys.exit(f"not in Streamlit's icon font: {' '.join(missing)}")
    wanted = {names[name] for name in NAMES}
    # The letters stay, so the subsetter would keep every name they can spell: take the other names out first.
    for table in ligature_sets(font):
        for first in list(table):
            table[first] = [each for each in table[first] if each.LigGlyph in wanted]
            if not table[first]:
                del table[first]
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(letter) for name in NAMES for letter in name}), glyphs=sorted(wanted))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(out)


def main() -> None:
    """Make the font, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    if not parser.parse_args().check:
        make(OUT)
    if missing := set(NAMES) - set(names_of(TTFont(OUT))):
        sys.exit(f"{OUT.name} lacks: {' '.join(sorted(missing))}")
    print(f"{OUT.name}: {len(NAMES)} icons, {os.path.getsize(OUT):,} bytes")


if __name__ == "__main__":
    main()
