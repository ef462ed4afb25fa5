"""Arrow columns made without pandas hold what was put in, and pandas stays out."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tests.support import ROOT
from ui.arrow import numbers, texts


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=40))
def test_texts_come_back(values):
    assert texts(values).to_pylist() == values


@given(st.lists(st.none() | st.floats(allow_nan=False, width=32), max_size=40))
def test_numbers_come_back(values):
    made = numbers(values)
    made.validate(full=True)
    assert made.to_pylist() == values


def test_a_chart_row_does_not_bring_pandas():
    code = "import sys; from ui.kit.pictures import chart_table; chart_table([dict(line=0, kind='now', text='', value=1.0, until=None)]); sys.exit('pandas' in sys.modules)"  # fmt: skip # noqa: E501
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
