"""The licences of everything that runs, from the lock file: `python -m tools.licences` writes docs/licences.md."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, TABLE = ROOT / "requirements.lock", ROOT / "docs" / "licences.md"
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)

#: All of them let the app be run, changed and handed on; MPL-2.0 (certifi's list of authorities) asks so only of its own files.
ALLOWED = frozenset(
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib"]
)
#: What a package says in words of its own, and what is not installed everywhere.
READ = {
    "fsrs": "MIT",
    "altair": "BSD-3-Clause", "colorama": "BSD-3-Clause", "itsdangerous": "BSD-3-Clause", "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT", "mdurl": "MIT", "protobuf": "BSD-3-Clause", "pydeck": "Apache-2.0", "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause", "tzdata": "Apache-2.0", "uvloop": "Apache-2.0 OR MIT",
}  # fmt: skip


def pins() -> dict[str, str]:
    """Return the version of every package in the lock file."""
    return {hit["name"]: hit["version"] for hit in PINNED.finditer(LOCK.read_text("utf-8"))}


def licence(name: str) -> str:
    """Return a package's licence as SPDX writes it; "" where neither the package nor `READ` says it."""
    if name in READ:
        return READ[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    return told.get("License-Expression") or told.get("License") or ""


def parts(expression: str) -> set[str]:
    """Return the licences that an expression names.

    >>> sorted(parts("BSD-3-Clause AND (MIT OR Zlib)"))
    ['BSD-3-Clause', 'MIT', 'Zlib']
    """
    return set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", expression)) - {""}


def table() -> str:
    """Return the page with all licences."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(pins().items())]
    head = [
        "# Licences of what runs",
        "",
        "Made by `make lock` from `requirements.lock`; a test allows these licences only.",
        "",
    ]
    return "\n".join([*head, "| package | version | licence |", "|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    sys.exit(0)
