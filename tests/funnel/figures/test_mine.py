"""My funnel: whatever a learner types comes back from a link, fits into one, and is reckoned with as far as it is known."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from documents import mine_file
from funnel.figures import mine as model
from funnel.figures.mine import KNOWN, NUMBERS, PARTS, TEXTS, Mine
from funnel.links import scenario

names = some.lists(some.text(max_size=60), max_size=12).map("\n".join)


@some.composite
def records(draw) -> Mine:
    made = model.put_names(Mine(), draw(names))
    for key in draw(some.lists(some.sampled_from(list(TEXTS)), max_size=6)):
        made = model.put_text(made, key, draw(some.text(max_size=400)))
    for key in draw(some.lists(some.sampled_from(list(NUMBERS)), max_size=6)):
        high = min(NUMBERS[key].high, 1e9)
        made = model.put_number(made, key, draw(some.none() | some.floats(NUMBERS[key].low, high)))
    for i in range(len(made.steps)):
        made = model.put_step(
            made, i, count=draw(some.none() | some.floats(0, 1e9)), known=draw(some.sampled_from(KNOWN))
        )
    return made


@given(records())
@settings(max_examples=60)
def test_a_record_comes_back_from_a_link_and_from_a_file(mine):
    assert scenario.decode(Mine, scenario.encode(mine)).inputs == mine
    assert mine_file.read(mine_file.write(mine)) == mine


@given(some.dictionaries(some.sampled_from("stnv"), some.text(max_size=300)))
@settings(max_examples=60)
def test_any_link_opens(link):
    found = scenario.decode(Mine, link).inputs
    assert len(found.texts) == len(TEXTS)
    assert len(found.numbers) == len(NUMBERS)


@given(some.binary(max_size=400))
@settings(max_examples=60)
def test_any_file_is_read_or_refused(data):
    assert mine_file.read(data) is None or isinstance(mine_file.read(data), Mine)


@given(records())
@settings(max_examples=40)
def test_every_part_says_what_it_can(mine):
    for slug in PARTS:
        found = model.sums(mine, slug)
        assert None not in found.values()


def test_a_link_always_has_room():
    mine = model.put_names(Mine(), "\n".join(f"{i}" + "ژ" * 39 for i in range(8)))
    for i, (key, limit) in enumerate(TEXTS.items()):
        mine = model.put_text(mine, key, "".join(chr(0x0621 + (7 * i + 13 * n) % 60) for n in range(limit)))
    assert model.fits(mine)


def test_a_renamed_stage_keeps_its_count():
    mine = model.put_step(model.put_names(Mine(), "a\nb"), 1, count=5.0, known="counted")
    assert model.put_names(mine, "a\nc").steps[1] == model.Step("c", 5.0, "counted")
    assert model.put_names(mine, "b").steps == (model.Step("b", 5.0, "counted"),)


def test_what_follows_from_the_academys_numbers():
    mine = model.put_names(Mine(), "saw\nvisited\nform\ncall\nenrolled")
    for i, count in enumerate((180_000, 9_900, 1_188, 772, 193)):
        mine = model.put_step(mine, i, count=float(count))
    found = model.sums(model.put_number(mine, "target", 386), "measuring-a-funnel")
    assert (round(found["overall"], 6), found["at"], round(found["needed"])) == (0.001072, 1.0, 360_000)
    for key, value in {"marketing": 310.0, "selling": 145.0, "sale": 6.8, "margin": 0.55}.items():
        mine = model.put_number(mine, key, value)
    money = model.sums(mine, "money-in-the-funnel")
    assert (round(money["cac"], 3), round(money["each"], 2)) == (2.358, 3.74)
    assert model.sums(mine, "after-the-sale") == {}
