"""Make static/documents/paper/*.ttf: Vazirmatn for PDF, in which every letter has a glyph of its own.

python -m tools.make_paper_fonts    # deterministic: the same fontTools gives the same bytes

A reader of a PDF (poppler, pdfium, MuPDF) turns right-to-left glyphs back into text one by one. A glyph that stands for two
letters comes out back to front («لا» as «ال»), and ZWNJ, which the shaper drops, is hung on the wrong letter. So here

- lam-alef is two glyphs side by side: the lam has the drawing of both, the alef is empty, and each has half of the width;
- ZWNJ is kept as an empty glyph, a hair wide;
- a vowel mark is drawn where it stands, one glyph for each place, and not moved there: what a shaper lifts becomes a line
  of its own in a PDF, and what it moves leaves a gap;
- ligatures that only save a glyph (الله, ه with hamza, fi) are left to the letters themselves.

What is seen stays the same to a hundredth of the letter's size.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.otlLib import builder
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables as ot

STATIC = Path(__file__).parent.parent / "static" / "documents"
OUT = STATIC / "paper"
FAMILY = "Vazirmatn Paper"
FEATURES = ["ccmp", "calt", "init", "medi", "fina", "rlig", "kern", "mark", "mkmk"]
HAIR = 12  # of 2048 units: wide enough to be sorted into its place, too narrow to be seen
ZWNJ = 0x200C
STEP = 48  # of 2048 units: a mark stands at most half of it, a hundredth of the letter's size, off its place
MARK = 3  # the class of marks in the table GDEF
MARKS = frozenset(
    [f"uni{code:04X}" for code in (*range(0x064B, 0x0653), 0x0654, 0x0670)]
    + ["uni0651064B", "uni0651064C", "uni064B0651", "uni0651064E", "uni0651064F", "uni064E0651"]
)
LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژکگیۀ")


def small(path: Path) -> TTFont:
    """Return the font without features that documents do not use; its other ligatures go with `liga`."""
    font = TTFont(path, recalcTimestamp=False)
    # lam with a hamza'd alef is not `liga` for us: without it the two letters would not join rightly
    _require_lam_alef(font)
    options = subset.Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, glyph_names=True, name_IDs=["*"]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    return font


def _tables(font: TTFont, tag: str) -> Iterator[tuple[int, Any]]:
    """Yield each table of "GSUB" or "GPOS", unwrapped, with the number of its lookup."""
    for i, lookup in enumerate(font[tag].table.LookupList.Lookup):
        for table in lookup.SubTable:
            yield i, getattr(table, "ExtSubTable", table)


def _require_lam_alef(font: TTFont) -> None:
    """Put every lam-alef into one lookup of the feature `rlig`."""
    features = font["GSUB"].table.FeatureList.FeatureRecord
    required = next(one.Feature for one in features if one.FeatureTag == "rlig").LookupListIndex
    home = next(table for i, table in _tables(font, "GSUB") if i in required)
    for i, table in _tables(font, "GSUB"):
        if i in required or not hasattr(table, "ligatures"):
            continue
        for lam in ("uniFEDF", "uniFEE0"):
            home.ligatures.setdefault(lam, []).extend(table.ligatures.pop(lam, []))


def split(font: TTFont) -> None:
    """Turn each lam-alef from one glyph into two that are drawn as it was."""
    place, table = next(pair for pair in _tables(font, "GSUB") if "uniFEDF" in getattr(pair[1], "ligatures", ()))
    pairs = [
        (first, each.Component[0], each.LigGlyph)
        for first, ligatures in sorted(table.ligatures.items())
        for each in ligatures
        if len(each.Component) == 1
    ]
    lookups, rules = font["GSUB"].table.LookupList.Lookup, []
    lookup = lookups[place]
    for _first, _second, glyph in pairs:
        _half(font, glyph, ".lam")
        _half(font, glyph, ".alef")
    order = font.getReverseGlyphMap(rebuild=True)
    for first, second, glyph in pairs:
        rules.append(_chain(order, [], [first], [[second]], len(lookups)))
        lookups.append(_single({first: f"{glyph}.lam"}))
        rules.append(_chain(order, [[f"{glyph}.lam"]], [second], [], len(lookups)))
        lookups.append(_single({second: f"{glyph}.alef"}))
    lookup.LookupType, lookup.SubTable, lookup.LookupFlag = 6, rules, 9  # marks between the two are passed over
    lookup.SubTableCount = len(rules)
    _anchor(font, {glyph for _first, _second, glyph in pairs})


def _half(font: TTFont, glyph: str, half: str) -> None:
    width = font["hmtx"][glyph][0]
    alef = width // 2
    pen = TTGlyphPen(font.getGlyphSet())
    if half == ".lam":
        font.getGlyphSet()[glyph].draw(TransformPen(pen, (1, 0, 0, 1, -alef, 0)))
    made = pen.glyph()
    name = glyph + half
    font["glyf"][name] = made
    font["hmtx"][name] = (width - alef, font["hmtx"][glyph][1] - alef) if half == ".lam" else (alef, 0)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def _single(mapping: dict[str, str], flags: int = 9) -> ot.Lookup:
    table = ot.SingleSubst()
    table.mapping = mapping
    return builder.buildLookup([table], flags=flags)


def _chain(
    order: dict[str, int], before: list[list[str]], here: list[str], after: list[list[str]], lookup: int
) -> ot.ChainContextSubst:
    """Return the rule: a glyph of `here` between these neighbours is substituted by another lookup."""
    rule = ot.ChainContextSubst()
    rule.Format = 3
    rule.BacktrackCoverage = [builder.buildCoverage(one, order) for one in before]
    rule.InputCoverage = [builder.buildCoverage(here, order)]
    rule.LookAheadCoverage = [builder.buildCoverage(one, order) for one in after]
    rule.BacktrackGlyphCount, rule.InputGlyphCount, rule.LookAheadGlyphCount = len(before), 1, len(after)
    record = ot.SubstLookupRecord()
    record.SequenceIndex, record.LookupListIndex = 0, lookup
    rule.SubstLookupRecord, rule.SubstCount = [record], 1
    return rule


def _anchor(font: TTFont, glyphs: set[str]) -> None:
    """Give the halves the places of marks that the ligature's two parts had."""
    order = font.getReverseGlyphMap(rebuild=True)
    tables = [table for _i, table in _tables(font, "GPOS")]
    for old in [table for table in tables if isinstance(table, ot.MarkLigPos)]:
        marks = set(old.MarkCoverage.glyphs)
        new = next(t for t in tables if isinstance(t, ot.MarkBasePos) and set(t.MarkCoverage.glyphs) == marks)
        records = dict(zip(new.BaseCoverage.glyphs, new.BaseArray.BaseRecord, strict=True))
        for glyph, attach in zip(old.LigatureCoverage.glyphs, old.LigatureArray.LigatureAttach, strict=True):
            if glyph not in glyphs:
                continue
            shift = font["hmtx"][glyph][0] // 2
            for component, half, dx in ((0, ".lam", shift), (1, ".alef", 0)):
                anchors = deepcopy(attach.ComponentRecord[component].LigatureAnchor)
                for anchor in filter(None, anchors):
                    anchor.XCoordinate -= dx
                record = ot.BaseRecord()
                record.BaseAnchor = anchors
                records[glyph + half] = record
        names = sorted(records, key=order.__getitem__)
        new.BaseCoverage = builder.buildCoverage(names, order)
        new.BaseArray.BaseRecord = [records[name] for name in names]
        new.BaseArray.BaseCount = len(names)


def level(font: TTFont) -> None:
    """Give each mark a drawing for every place on a letter where it stands, so that it begins where its letter begins.

    A mark that the shaper lifts becomes a line of its own in a PDF, one that it moves leaves a gap like a space's. Places are
    rounded to STEP; letters of other languages than ours keep their marks as they were.
    """
    gsub, letters, rules = font["GSUB"].table, _letters(font), []
    for table in _mark_tables(font):
        places: dict[tuple[int, int], list[str]] = {}
        for name, record in zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True):
            anchor = record.BaseAnchor[0]
            if anchor is not None and name in letters:
                anchor.XCoordinate, anchor.YCoordinate = (
                    STEP * round(x / STEP) for x in (anchor.XCoordinate, anchor.YCoordinate)
                )
                places.setdefault((anchor.XCoordinate, anchor.YCoordinate), []).append(name)
        marks = dict(zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True))
        used = [name for name in marks if name in MARKS]
        for place, bases in sorted(places.items()):
            mapping = {name: _moved(font, name, marks, place) for name in used}
            gsub.LookupList.Lookup.append(_single(mapping, flags=1))
            rules.append((bases, used, len(gsub.LookupList.Lookup) - 1))
        order = font.getReverseGlyphMap(rebuild=True)
        names = sorted(marks, key=order.__getitem__)
        table.MarkCoverage = builder.buildCoverage(names, order)
        table.MarkArray.MarkRecord = [marks[name] for name in names]
        table.MarkArray.MarkCount = len(names)
    order = font.getReverseGlyphMap(rebuild=True)
    lookup = builder.buildLookup([_chain(order, [bases], used, [], to) for bases, used, to in rules], flags=1)
    gsub.LookupList.Lookup.append(lookup)
    _always(font, "calt")
    for name, kind in font["GDEF"].table.GlyphClassDef.classDefs.items():
        if kind == MARK:  # a shaper gives a mark no room: the font should not say otherwise
            font["hmtx"][name] = (0, font["hmtx"][name][1])


def _letters(font: TTFont) -> set[str]:
    """Return the glyphs of Arabic and Persian letters in all their forms."""
    found = {glyph for code, glyph in font.getBestCmap().items() if chr(code) in LETTERS}
    found |= {name for name in font.getGlyphOrder() if name.endswith((".lam", ".alef"))}
    for _again in range(3):
        for _i, table in _tables(font, "GSUB"):
            if isinstance(table, ot.SingleSubst):
                found |= {to for one, to in table.mapping.items() if one in found}
    return found


def _mark_tables(font: TTFont) -> list[ot.MarkBasePos]:
    """Return the tables that place Arabic marks on letters."""
    tables = [table for _i, table in _tables(font, "GPOS") if isinstance(table, ot.MarkBasePos)]
    return [table for table in tables if set(table.MarkCoverage.glyphs) & MARKS]


def _moved(font: TTFont, glyph: str, marks: dict[str, ot.MarkRecord], place: tuple[int, int]) -> str:
    """Make a mark's drawing at a place; remember where it hangs."""
    anchor = marks[glyph].MarkAnchor
    name = f"{glyph}.at{place[0]}.{place[1]}"
    dx, dy = place[0] - anchor.XCoordinate, place[1] - anchor.YCoordinate
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(glyph, (1, 0, 0, 1, dx, dy))
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (0, font["hmtx"][glyph][1] + dx)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = MARK
    record = deepcopy(marks[glyph])
    record.MarkAnchor.XCoordinate, record.MarkAnchor.YCoordinate = place
    marks[name] = record
    return name


def _always(font: TTFont, feature: str) -> None:
    """Add the last lookup to a feature."""
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            record.Feature.LookupListIndex.append(len(gsub.LookupList.Lookup) - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def keep_zwnj(font: TTFont) -> None:
    """Substitute ZWNJ by an empty glyph: what was substituted is not dropped by the shaper."""
    font["glyf"]["zwnj.kept"] = TTGlyphPen(None).glyph()
    font["hmtx"]["zwnj.kept"] = (HAIR, 0)
    font["GDEF"].table.GlyphClassDef.classDefs["zwnj.kept"] = 1
    gsub = font["GSUB"].table
    table = ot.SingleSubst()
    table.mapping = {font.getBestCmap()[ZWNJ]: "zwnj.kept"}
    gsub.LookupList.Lookup.append(builder.buildLookup([table]))
    _always(font, "rlig")


def rename(font: TTFont) -> None:
    """Call the changed font by a name of its own."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            spaceless = record.nameID == 6
            new = FAMILY.replace(" ", "") if spaceless else FAMILY
            record.string = record.toUnicode().replace("Vazirmatn", new)


def make(weight: str) -> Path:
    """Write one weight."""
    font = small(STATIC / f"Vazirmatn-{weight}.ttf")
    split(font)
    keep_zwnj(font)
    level(font)
    rename(font)
    font.getReverseGlyphMap(rebuild=True)
    gsub = font["GSUB"].table
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    OUT.mkdir(exist_ok=True)
    path = OUT / f"VazirmatnPaper-{weight}.ttf"
    font["post"].formatType = 3  # no names of glyphs
    font.save(path)
    return path


def main() -> None:
    """Make both weights."""
    for weight in ("Regular", "Bold"):
        path = make(weight)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
