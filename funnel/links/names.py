"""A learner's own words in a link: short in any script, and never mistaken for an id or for two."""

SEPARATOR = "_"  # stands between the values of a list
_LONGEST_CODED = 400  # a name of 40 characters from all over Unicode needs fewer


def write_name(name: str) -> str:
    """Write a name after "~". One with other letters than Latin goes after "~~" in Punycode (RFC 3492).

    A browser writes each of them as six signs, %D8%A8, and a QR code of those is too dense to be read across a room. A name
    that begins with "~" or "_" is written so too: its first sign would be taken for the second of the "~~".

    >>> write_name("a_b"), write_name("خرید"), read_name("~~tgbcf43d")
    ('~a~1b', '~~tgbcf43d', 'خرید')
    >>> write_name("_a"), read_name(write_name("_a")), read_name(write_name("~"))
    ('~~~1a-', '_a', '~')
    """
    plain = name.isascii() and not name.startswith(("~", SEPARATOR))
    coded = name if plain else name.encode("punycode").decode("ascii")
    return ("~" if plain else "~~") + coded.replace("~", "~0").replace(SEPARATOR, "~1")


def read_name(part: str) -> str:
    """Read what `write_name` wrote, now or before it knew Punycode; "" for what nobody has written.

    >>> read_name("~~1x0041~1"), read_name("~~!")
    ('_x0041_', '')
    """
    if not part.startswith("~~"):
        return _plain(part.removeprefix("~"))
    try:
        return _plain(part[2:])[:_LONGEST_CODED].encode("ascii").decode("punycode")
    except UnicodeError:  # a name that began with "~" or "_" was once written without Punycode
        return _plain(part[1:]) if part.startswith(("~~0", "~~1")) else ""


def _plain(coded: str) -> str:
    return coded.replace("~1", SEPARATOR).replace("~0", "~")
