"""Find LibreOffice and poppler for the tests of documents, or install them: those on the machine first, then Debian's packages.

Run as ``python -m tools.office --install``; prints where they are.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

OFFICES = ("soffice", "libreoffice")
MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
#: What is needed, and the Debian package that brings it.
PACKAGES = {"soffice": "libreoffice-calc-nogui", "pdftoppm": "poppler-utils", "pdftotext": "poppler-utils"}


def installed(name: str = "soffice") -> str | None:
    """Return the path of LibreOffice, or of one of poppler's tools, on this machine; None where it is missing."""
    if name != "soffice":
        return shutil.which(name)
    named = os.environ.get("TWO_FUNNELS_SOFFICE")
    return named or next(filter(None, map(shutil.which, OFFICES)), None) or (str(MAC) if MAC.exists() else None)


def install() -> dict[str, str]:
    """Return the path of each tool, fetching what is missing; raises SystemExit with what was tried."""
    missing = sorted({package for name, package in PACKAGES.items() if not installed(name)})
    if missing and shutil.which("apt-get"):
        sudo = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo", "-n"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
            print("trying: apt-get", *command, file=sys.stderr)
            subprocess.run([*sudo, "apt-get", *command], stdout=sys.stderr, timeout=1800, check=False, env=environment)
    found = {name: installed(name) for name in PACKAGES}
    if lacking := [name for name, path in found.items() if path is None]:
        raise SystemExit(f"Missing and not installed: {', '.join(lacking)}. Install LibreOffice Calc and poppler.")
    return {name: str(path) for name, path in found.items()}


def convert(files: Sequence[Path], to: str, folder: Path) -> None:
    """Convert files with one call of LibreOffice, formulas calculated anew, into a folder. `to` is "xlsx" or "pdf".

    It gets a profile of its own, so that it disturbs no other and no other disturbs it. Raises CalledProcessError.
    """
    kinds = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf:calc_pdf_Export"}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="two-funnels-office-") as profile:
        _always_recalculate(Path(profile))
        command = [
            installed() or "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
        ]
        command += ["--convert-to", kinds[to], "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


def _always_recalculate(profile: Path) -> None:
    """Tell LibreOffice to trust no value that was saved with a formula."""
    (profile / "user").mkdir()
    setting = (
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
    )
    (profile / "user/registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{setting}</oor:items>",
        "utf-8",
    )


if __name__ == "__main__":
    paths = install() if "--install" in sys.argv else {name: installed(name) or "none" for name in PACKAGES}
    for name, path in paths.items():
        print(f"{name}: {path}")
