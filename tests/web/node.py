"""Run our browser modules outside a browser, with the Node that Playwright brings: nothing has to be installed by hand."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

WEB = Path(__file__).resolve().parents[2] / "ui" / "figures" / "web"


def node(*arguments: str, given: str = "", seconds: float = 120) -> str:
    """Run Node and return what it printed. Raises AssertionError with its complaint when it fails."""
    executable = compute_driver_executable()
    executable = executable[0] if isinstance(executable, tuple) else executable
    done = subprocess.run(
        [str(executable), *arguments], input=given, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def ask(module: str, expression: str, cases: list[Any], also: dict[str, str] | None = None) -> list[Any]:
    """Return the expression's value for each case: it sees the module's exports as ``m`` and the case as ``x``.

    ``also`` names further modules.
    """
    more = "".join(
        f"import * as {name} from {json.dumps((WEB / file).as_uri())};" for name, file in (also or {}).items()
    )
    script = (
        f"{more}"
        f"import * as m from {json.dumps((WEB / module).as_uri())}; import fs from 'node:fs';"
        "const cases = JSON.parse(fs.readFileSync(0, 'utf8'));"
        f"const answer = (x) => ({expression}); console.log(JSON.stringify(cases.map(answer)));"
    )
    return json.loads(
        node("--no-warnings", "--input-type=module", "-e", script, given=json.dumps(cases)), parse_int=float
    )
