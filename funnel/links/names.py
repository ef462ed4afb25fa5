"""A learner's own words in a link: short in any script, and never mistaken for an id or for two."""

SEPARATOR = "_"  # stands between the values of a list
_LONGEST_CODED = 400  # a name of 40 characters from all over Unicode needs fewer


def write_name(name: str) -> str:
    """Write a name after "~". One with other letters than Latin goes after "~~" in Punycode (RFC 3492).

    A browser writes each of them as six signs, %D8%A8, and a QR code of those is too dense to be read across a room.

    >>> write_name("a_b"), write_name("خرید"), read_name("~~tgbcf43d")
    ('~a~1b', '~~tgbcf43d', 'خرید')
    """
    coded = name if name.isascii() else name.encode("punycode").decode("ascii")
    return ("~" if name.isascii() else "~~") + coded.replace("~", "~0").replace(SEPARATOR, "~1")


def read_name(part: str) -> str:
    """Read what `write_name` wrote, now or before it knew Punycode; "" for what nobody has written."""
    coded = part.startswith("~~")
    name = part.removeprefix("~~" if coded else "~").replace("~1", SEPARATOR).replace("~0", "~")
    if not coded:
        return name
    try:
        return name[:_LONGEST_CODED].encode("ascii").decode("punycode")
    except UnicodeError:
        return ""
