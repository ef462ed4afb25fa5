"""What once failed stays mended; `make fuzz` tries far more."""

import pytest

from statements.reader import current, made
from tests import fuzz


@pytest.fixture(autouse=True)
def somebody_reads():
    token = current.set(made("fa", None))
    yield
    current.reset(token)


@pytest.mark.parametrize(("reader", "given"), fuzz.CORPUS)
def test_a_mended_fault_stays_mended(reader, given):
    assert fuzz.fault(reader, given) == ""


def test_a_fault_is_found(monkeypatch, capsys):
    def broken(given: str) -> str:
        return {"": ""}[given]

    monkeypatch.setitem(fuzz.READERS, "a count", broken)
    assert fuzz.main(200) == 1
    assert "KeyError" in capsys.readouterr().out
