"""Which encoding a client gets, also when it writes nonsense."""

import pytest

from serving.negotiation import choose_encoding, matches, with_vary

OFFERED = ("br", "gzip")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0.2, identity", ""),
        ("gzip;q=0.000", ""),
        ("identity", ""),
        ("", ""),
        ("zstd", ""),
        # Hostile or broken: never an error, at worst no compression.
        ("br;q=nan", ""),
        ("br;q=-1", ""),
        ("br;q=2", ""),
        ("br;q=", ""),
        ("br;level=1", ""),
        (";;;,,,=;q", ""),
        ("\x00br", ""),
        ("brotli, gzipped", ""),
        ("a," * 100_000 + "br", ""),
        ("br; q=1", "br"),
    ],
)
def test_choice(accept, chosen):
    assert choose_encoding(accept, OFFERED) == chosen


def test_nothing_offered():
    assert choose_encoding("br, gzip", ()) == ""


@pytest.mark.parametrize("header", ['W/"a"', '"a"', '"b", W/"a"', "*"])
def test_entity_tag_matches(header):
    assert matches(header, 'W/"a"')


@pytest.mark.parametrize("header", ["", '"b"', '"ab"', 'a"'])
def test_entity_tag_differs(header):
    assert not matches(header, 'W/"a"')


def test_vary_is_one_line_and_without_repetition():
    raw = [(b"Vary", b"Cookie"), (b"etag", b"x"), (b"vary", b"accept-encoding")]
    assert with_vary(raw, "Accept-Encoding") == [(b"etag", b"x"), (b"vary", b"Cookie, accept-encoding")]
    assert with_vary([(b"vary", b"*")], "Accept-Encoding") == [(b"vary", b"*")]
    assert with_vary([], "Accept-Encoding") == [(b"vary", b"Accept-Encoding")]
