"""My funnel: the fields that a lesson adds to the learner's own record, and the page on which all of it stands.

The record lies on one desk for the whole session (``figure-mine``). The address of each page that shows it carries it, a file takes
it along, and the learner's browser keeps it (``web/keep.js``): nothing of it stays on the server.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from course import library
from documents import catalogue, mine_file
from funnel.figures import mine as model
from funnel.figures.mine import Mine
from funnel.links import scenario
from ui import navigation, state
from ui.figures.parts import newer, sending
from ui.files.buttons import ask, document_button, file_button
from ui.inputs import number_field
from ui.text import _, escape, label, page_text, typed

NAME = "mine"
_LONGEST = 8000  # characters that are taken from a browser


def words() -> dict[str, Any]:
    """Return what is said around the record, in the reader's language."""
    return library.mine_words(state.reader().language.code)


def record() -> Mine:
    """Return the record, filled from the link or from what the browser keeps."""
    desk = state.figure(NAME, Mine())
    number = newer(state.sent(f"{NAME}-keep", "sent"), state.noted(f"{NAME}-kept", 0))
    if number is not None:
        state.note(f"{NAME}-kept", number)
        text = state.sent(f"{NAME}-keep", "sent").get("text")
        if isinstance(text, str) and len(text) < _LONGEST and desk.inputs == Mine():
            desk.inputs = scenario.decode(Mine, dict(parse_qsl(text, max_num_fields=9))).inputs
    return desk.inputs


def keep() -> None:
    """Draw the part that lets the browser keep the record; once on a page, after everything that may change it."""
    desk = state.open_desk(f"figure-{NAME}")
    text = urlencode(scenario.encode(desk.inputs)) if desk.inputs != Mine() else ""
    forget = bool(state.noted(f"{NAME}-forget"))
    sending(
        "keep", f"{NAME}-keep", {"name": "two-funnels-mine", "text": text, "changed": bool(desk.past), "forget": forget}
    )


def _change(make) -> None:
    state.note(f"{NAME}-forget", False)
    state.change(f"figure-{NAME}", make)


@st.fragment
def part(slug: str) -> None:
    """Draw what a lesson adds: why, the fields, what follows from the numbers, and the sheet that fits."""
    said = words()
    with st.container(border=True, key=f"yours-{slug}"):
        mine = record()
        idea = f'<div class="tf-prose"><div class="tf-p">{_html(said["parts"][slug]["idea"])}</div></div>'
        st.html(f"<h3>{_html(said['title'])}</h3>{idea}")
        _fields(slug, mine)
        mine = record()
        st.html(
            f'<div class="tf-reply" role="status">{sum_told(mine, slug) or _html(said["empty"])}</div>'
            f'<p class="tf-quiet">{_sofar(mine)}</p>{state.address()}'
        )
        if library.lesson(slug).workbook:
            st.html(f'<p class="tf-quiet">{_html(said["sheet"])}</p>')
            _workbook(library.lesson(slug).workbook, mine, slug)
        keep()


def _html(text: str, **facts: str) -> str:
    """Return a sentence as safe HTML in the reader's digits; facts are HTML."""
    return (
        escape(state.reader().numbers.text(text)).format_map(facts)
        if facts
        else escape(state.reader().numbers.text(text))
    )


def _sofar(mine: Mine) -> str:
    count = state.reader().numbers.count
    done = sum(model.filled(mine, slug) for slug in model.PARTS)
    page = navigation.link(NAME, navigation.title(NAME))
    return _html(words()["sofar"], n=count(done), all=count(len(model.PARTS)), page=page)


def _fields(slug: str, mine: Mine) -> None:
    said = words()
    if not mine.steps and any(one in ("known", "counts-top", "counts-end", "counts") for one in model.PARTS[slug]):
        st.html(f'<p class="tf-note">{_html(said["no_stages"])}</p>')
    for one in model.PARTS[slug]:
        if one == "stages":
            _stages(slug, mine)
        elif one == "known":
            for i, step in enumerate(mine.steps):
                _known(slug, i, step)
        elif one in model.TEXTS:
            _text(slug, one, mine)
        elif one in model.NUMBERS:
            _number(slug, one, mine)
        else:
            for i in model.asked(mine, one):
                _count(slug, i, mine.steps[i])


def _key(slug: str, part: str) -> str:
    return f"{NAME}-{slug}-{part}-{state.reader().key}"


def _label(text: str) -> str:
    return label(state.reader().numbers.text(text))


def _text(slug: str, name: str, mine: Mine) -> None:
    key = _key(slug, name)
    state.show(key, mine.text(name))
    st.text_input(
        _label(words()["fields"][name]), key=key, autocomplete="off",
        on_change=lambda: _change(lambda now: model.put_text(now, name, str(state.shown(key) or ""))),
    )  # fmt: skip


def _stages(slug: str, mine: Mine) -> None:
    key = _key(slug, "stages")
    state.show(key, "\n".join(one.name for one in mine.steps))
    st.text_area(
        _label(words()["fields"]["stages"]), key=key, height=160,
        on_change=lambda: _change(lambda now: model.put_names(now, str(state.shown(key) or ""))),
    )  # fmt: skip


def _known(slug: str, index: int, step: model.Step) -> None:
    key, names = _key(slug, f"known-{index}"), words()["known"]
    state.show(key, step.known or None)
    st.segmented_control(
        _label(words()["fields"]["known"]).format(stage=label(step.name)),
        [one for one in model.KNOWN if one], key=key, format_func=lambda one: names.get(one, one),
        on_change=lambda: _change(lambda now: model.put_step(now, index, known=state.shown(key) or "")),
    )  # fmt: skip


def _number(slug: str, name: str, mine: Mine) -> None:
    kind = {"fraction": "percent"}.get(model.NUMBERS[name].kind, "count")
    number_field(
        _label(words()["fields"][name]), mine.number(name), f"{NAME}-{slug}-{name}",
        lambda value: _change(lambda now: model.put_number(now, name, value)),
        kind=kind, high=model.NUMBERS[name].high,
    )  # fmt: skip


def _count(slug: str, index: int, step: model.Step) -> None:
    number_field(
        _label(words()["fields"]["count"]).format(stage=label(step.name)), step.count, f"{NAME}-{slug}-count-{index}",
        lambda value: _change(lambda now: model.put_step(now, index, count=value)),
    )  # fmt: skip


def sum_told(mine: Mine, slug: str) -> str:
    """Return as HTML what follows from the numbers of a lesson's part; "" where too little is known."""
    found, said, numbers = model.sums(mine, slug), words()["parts"][slug], state.reader().numbers
    if not found:
        return ""
    shares = ("share", "overall", "low")
    facts = {one: (numbers.percent if one in shares else numbers.count)(value) for one, value in found.items()}
    facts = {one: escape(value) for one, value in facts.items()}
    if "at" in found:
        facts["stage"] = typed(mine.steps[int(found["at"])].name)
    out = _html(said["sum"], **facts)
    if found.get("needed"):
        out += " " + _html(said["sum_target"], **facts)
    return out


def _workbook(key: str, mine: Mine, place: str) -> None:
    """Draw the button of a workbook, with the learner's stages in it where it takes a funnel."""
    inputs, asked = model.to_stage_conversion(mine), ask()
    if inputs is not None:
        filled = catalogue.asked_with(asked, "stage_conversion", inputs)
        asked = filled if catalogue.document(key).takes(filled) else asked
    document_button(key, asked, f"yours-{place}")


def to_write(slug: str) -> list[str]:
    """Return what a lesson's part asks for, as plain text: on paper the learner writes it there."""
    said, numbers = words()["fields"], state.reader().numbers
    names = [one for one in model.PARTS[slug] if one != "known" and one in said]
    return [numbers.text(said[one]) for one in names]


def asked_for(slug: str) -> str:
    """Return what a lesson's part asks for, as HTML without fields: why, and what to write."""
    items = "".join(f"<li>{escape(one)}</li>" for one in to_write(slug))
    said = words()
    return f"<h3>{_html(said['title'])}</h3><p>{_html(said['parts'][slug]['idea'])}</p><ul>{items}</ul>"


def gathered(mine: Mine) -> str:
    """Return the whole record as HTML: the stages as a funnel in numbers, then what each lesson added."""
    said, numbers = words(), state.reader().numbers
    out = []
    if mine.steps:
        most = max((one.count or 0.0 for one in mine.steps), default=0.0)
        rows = "".join(_row(one, most) for one in mine.steps)
        out.append(f'<h2>{_html(said["page"]["funnel"])}</h2><ol class="tf-mine">{rows}</ol>')
        if told := sum_told(mine, "measuring-a-funnel"):
            out.append(f'<p class="tf-headline">{told}</p>')
    missing = [slug for slug in model.PARTS if not model.filled(mine, slug)]
    if missing:
        comma = _(", ")
        names = comma.join(numbers.count(library.number(slug)) for slug in missing)
        out.append(f'<p class="tf-note">{_html(said["page"]["missing"], parts=escape(names))}</p>')
    else:
        out.append(f'<p class="tf-note">{_html(said["page"]["complete"])}</p>')
    return "".join(out)


def _row(step: model.Step, most: float) -> str:
    numbers, known = state.reader().numbers, words()["known"]
    shown = numbers.count(step.count) if step.count is not None else numbers.signs()["dash"]
    share = (step.count or 0.0) / most if most else 0.0
    how = f' <span class="tf-quiet">{escape(known[step.known])}</span>' if step.known else ""
    return f'<li style="--share:{share:.4f}"><span>{typed(step.name)}{how}</span><b>{escape(shown)}</b><i></i></li>'


def page() -> None:
    """Draw the page of the whole record."""
    front, body = page_text("pages", NAME)
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    _whole()
    st.markdown(body)


@st.fragment
def _whole() -> None:
    said, numbers = words(), state.reader().numbers
    mine = record()
    above = st.container(key="mine-whole")
    for slug in model.PARTS:
        title = _label(said["page"]["lesson"]).format(
            n=numbers.count(library.number(slug)), title=label(navigation.title(slug))
        )
        box = st.expander(title, key=f"mine-part-{slug}", on_change="rerun")
        with box:
            if box.open:
                _fields(slug, record())
                if told := sum_told(record(), slug):
                    st.html(f'<div class="tf-reply">{told}</div>')
    mine = record()
    with above:
        empty = f'<p class="tf-note">{_html(said["page"]["lead_empty"])}</p>'
        st.html(f'<div role="status">{gathered(mine) if mine != Mine() else empty}</div>{state.address()}')
    _take(mine)
    keep()


def _take(mine: Mine) -> None:
    """Draw the ways to take the record along, bring one back, use it, forget it."""
    said = words()["page"]
    inputs = model.to_stage_conversion(mine)
    with st.container(horizontal=True, key="mine-take"):
        share = st.popover(_("Share"), icon=":material/share:", on_change="rerun", key=f"{NAME}-share")
        with share:
            if share.open:
                st.markdown(_label(said["share"]))
                st.code(state.link(NAME, None), language=None, wrap_lines=True)
        name = state.reader().numbers.text(said["file"])
        file_button(_("Take away"), f"{name}.json", lambda: mine_file.write(mine), f"{NAME}-file")
        if inputs is not None:
            shown = said["use"].format(page=navigation.title("stage_conversion"))
            if st.button(label(shown), key=f"{NAME}-use", icon=":material/open_in_new:"):
                state.hand_over("stage_conversion", inputs)
                st.switch_page(navigation.slugs()["stage_conversion"])
        st.button(label(said["forget"]), key=f"{NAME}-forget-it", icon=":material/delete:", on_click=_forget)
    if inputs is not None:
        _workbook("workbook-joined", mine, NAME)
    brought = st.file_uploader(
        _label(said["bring"]), type=["json"], key=f"{NAME}-bring-{state.noted(f'{NAME}-brought', 0)}"
    )
    if brought is not None:
        _bring(brought.getvalue())
    if told := state.noted(f"{NAME}-told"):
        st.html(f'<p class="tf-note" role="status">{_html(said[told])}</p>')
    st.html(f'<p class="tf-quiet">{_html(words()["kept"])}</p>')


def _bring(data: bytes) -> None:
    found = mine_file.read(data)
    state.note(f"{NAME}-told", "other" if found is None else "brought")
    state.note(f"{NAME}-brought", state.noted(f"{NAME}-brought", 0) + 1)
    if found is not None:
        _change(lambda _now: found)
    st.rerun(scope="fragment")


def _forget() -> None:
    state.put(f"figure-{NAME}", Mine())
    state.note(f"{NAME}-forget", True)
    state.note(f"{NAME}-told", "forgotten")
