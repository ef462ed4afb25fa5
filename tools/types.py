"""Check the types of our browser code (ui/figures/web, rtl/boot.js): `python -m tools.types`.

They are plain JavaScript with JSDoc; TypeScript only reads them. It is fetched by npm into tools/web/node_modules, once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

WEB = Path(__file__).parent / "web"
COMPILER = WEB / "node_modules" / "typescript" / "bin" / "tsc"


def fetched(path: str) -> Path:
    """Return a file of a package from npm, which is fetched where it is missing. Raises FileNotFoundError without npm."""
    file = WEB / "node_modules" / path
    if not file.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("npm")
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True)
    return file


def main() -> int:
    """Fetch the checker where it is missing, and run it."""
    try:
        fetched("typescript/bin/tsc")
    except FileNotFoundError:
        print("npm is needed to fetch TypeScript, which checks the types of our browser code", file=sys.stderr)
        return 2
    node, *_ = compute_driver_executable()  # the one that Playwright brings
    return subprocess.run([str(node), str(COMPILER), "-p", str(WEB)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
