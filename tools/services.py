"""Find PostgreSQL and HAProxy for the tests of several machines, or install them from Debian; start them for as long as needed.

Run as ``python -m tools.services --install``; prints where they are.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

#: What is needed, and the Debian package that brings it.
PACKAGES = {"initdb": "postgresql", "haproxy": "haproxy"}


def installed(name: str) -> str | None:
    """Return the path of a program: PostgreSQL's newest, which Debian keeps out of the PATH; None where it is missing."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(versions[-1]) if versions else shutil.which(name)


def install() -> dict[str, str]:
    """Return the path of each program, fetching what is missing; raises SystemExit with what is missing still."""
    missing = [package for name, package in PACKAGES.items() if not installed(name)]
    if missing and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
            print("trying: apt-get", *command, file=sys.stderr)
            subprocess.run([*sudo, "apt-get", *command], stdout=sys.stderr, timeout=1800, check=False, env=environment)
    found = {name: installed(name) for name in PACKAGES}
    if lacking := [PACKAGES[name] for name, path in found.items() if path is None]:
        raise SystemExit(f"Missing and not installed: {', '.join(lacking)}")
    return {name: str(path) for name, path in found.items()}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _other_user() -> dict[str, int]:
    """PostgreSQL refuses to run as root: say as whom it shall run then."""
    if os.geteuid() != 0:
        return {}
    who = next((pwd.getpwnam(name) for name in ("postgres", "nobody") if _known(name)), None)
    return {"user": who.pw_uid, "group": who.pw_gid} if who else {}


def _known(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL of our own in a folder of its own; yields its address. It forgets everything at the end."""
    programs, as_whom, port = Path(str(installed("initdb"))).parent, _other_user(), free_port()
    with tempfile.TemporaryDirectory(prefix="tf-pg-") as folder:
        if as_whom:
            os.chown(folder, as_whom["user"], as_whom["group"])
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C"}
        common = {
            "env": environment,
            "cwd": folder,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            **as_whom,
        }
        data = f"{folder}/data"
        made = [programs / "initdb", "-D", data, "-U", "rooms", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(made, check=True, timeout=120, **common)
        run = [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder]
        server = subprocess.Popen(run, **common)
        try:
            for _ in range(150):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
            while subprocess.run(ready, check=False, **common).returncode:
                time.sleep(0.1)
            yield f"postgresql://rooms@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


if __name__ == "__main__":
    paths = install() if "--install" in sys.argv else {name: installed(name) or "none" for name in PACKAGES}
    for name, path in paths.items():
        print(f"{name}: {path}")
