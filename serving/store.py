"""Compressed copies of files: made once, kept in memory and on disk, made better in the background.

A copy is asked for twice. The first visitor after a fresh install must not wait two seconds for brotli's best, so he
gets a quick one; one low-priority thread then makes the best, and everybody after him gets that. The best copies lie on
disk, so a restart has them at once.
"""

import gzip
import hashlib
import logging
import os
import queue
import stat
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

try:
    import brotli
except ImportError:  # the wheel does not exist for every platform; gzip is then all we offer
    brotli = None

ENCODINGS = ("br", "gzip") if brotli else ("gzip",)
QUICK = {"br": 4, "gzip": 6}  # 860 KB of JavaScript in about 20 ms
BEST = {"br": 11, "gzip": 9}  # the same in about 2 s (brotli), but only once per Streamlit version
MEMORY_BYTES = 16 * 2**20  # all of Streamlit's 26 MB is 13 MB as brotli and gzip; an app uses a tenth

log = logging.getLogger(__name__)


def compress(data: bytes, encoding: str, level: int) -> bytes:
    """Compress at brotli quality 0-11 or gzip level 0-9; the same bytes in give the same bytes out."""
    if encoding == "br":
        return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=level))
    return gzip.compress(data, compresslevel=level, mtime=0)


def decompress(data: bytes, encoding: str) -> bytes:
    """Undo `compress`; raise OSError, EOFError or ValueError for what is not whole."""
    if encoding == "gzip":
        return gzip.decompress(data)
    try:
        return bytes(brotli.decompress(data))
    except brotli.error as error:
        raise ValueError("not brotli") from error


@dataclass(frozen=True)
class Packed:
    """A file as it goes over the wire."""

    body: bytes
    etag: str  # weak: the quick and the best copy are different bytes of the same text
    signature: tuple[int, int]  # of the file when read: mtime in ns, size in bytes
    final: bool  # nothing better will come


class Store:
    """Compressed copies by file and encoding. Thread-safe."""

    def __init__(self, folder: Path | None, memory_bytes: int = MEMORY_BYTES) -> None:
        self._folder = folder
        self._limit = memory_bytes
        self._held = 0
        self._copies: OrderedDict[tuple[Path, str], Packed] = OrderedDict()  # least recently used first
        self._lock = threading.Lock()
        self._wanted: queue.SimpleQueue[tuple[Path, str]] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None

    def ready(self, file: Path, encoding: str) -> Packed | None:
        """Return the copy held in memory if the file is still the one it was made of. Never slow."""
        with self._lock:
            packed = self._copies.get((file, encoding))
            if packed:
                self._copies.move_to_end((file, encoding))
        return packed if packed and packed.signature == signature(file) else None

    def pack(self, file: Path, encoding: str, best: bool = False) -> Packed:
        """Return a copy, from disk or made now; slow, so call it in a thread. Raises OSError if the file is gone.

        Without `best` it is made quickly and the best one is left to the background.
        """
        packed = self.ready(file, encoding)
        if packed and (packed.final or not best):
            return packed
        now = signature(file)
        if now is None:
            raise FileNotFoundError(file)
        data = file.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        body = self._from_disk(digest, encoding)
        final = body is not None or best
        if body is None:
            body = compress(data, encoding, (BEST if best else QUICK)[encoding])
            if best:
                self._to_disk(digest, encoding, body)
        packed = Packed(body, f'W/"{digest[:20]}"', now, final)
        self._remember(file, encoding, packed)
        if not final:
            self.improve([(file, encoding)])
        return packed

    def improve(self, wanted: Iterable[tuple[Path, str]]) -> None:
        """Have the best copies made in the background, in this order; returns at once."""
        for item in wanted:
            self._wanted.put(item)
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, name="precompress", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        lower_priority()
        while True:
            try:
                file, encoding = self._wanted.get(timeout=5)
            except queue.Empty:
                return  # a thread for nothing would only be one more to explain in a debugger
            try:
                self.pack(file, encoding, best=True)
            except Exception:  # whatever is wrong with one file, the next one may be fine
                log.warning("could not compress %s", file, exc_info=True)

    def _remember(self, file: Path, encoding: str, packed: Packed) -> None:
        with self._lock:
            old = self._copies.pop((file, encoding), None)
            self._held += len(packed.body) - (len(old.body) if old else 0)
            self._copies[file, encoding] = packed
            while self._held > self._limit and len(self._copies) > 1:
                _, dropped = self._copies.popitem(last=False)
                self._held -= len(dropped.body)

    def _from_disk(self, digest: str, encoding: str) -> bytes | None:
        """Read a copy and check that it is one of this very text: a cache must not be a way to change our scripts."""
        folder = self._folder
        if folder is None:
            return None
        try:
            body = _path(folder, digest, encoding).read_bytes()
            return body if hashlib.sha256(decompress(body, encoding)).hexdigest() == digest else None
        except (OSError, EOFError, ValueError):
            return None

    def _to_disk(self, digest: str, encoding: str, body: bytes) -> None:
        """Write beside and rename, so that another process sees all of it or nothing; give up silently."""
        folder = self._folder  # read once: another thread may give the folder up meanwhile
        if folder is None:
            return
        handle, name = None, ""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(name, _path(folder, digest, encoding))
        except OSError as error:
            log.warning("compressed copies stay in memory only, and are made anew after a restart: %s", error)
            self._folder = None  # so this is said once
            if name:
                Path(name).unlink(missing_ok=True)


def _path(folder: Path, digest: str, encoding: str) -> Path:
    return folder / f"{digest}.{encoding}{BEST[encoding]}"


def signature(file: Path) -> tuple[int, int] | None:
    """Return the time of change (ns) and size (bytes) of a file, None if there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def cache_folder(name: str, version: str) -> Path | None:
    """Find a folder that only this user can write: in the user's cache, else in the temporary folder, else None."""
    home = Path.home() if os.environ.get("HOME") or os.name == "nt" else None
    candidates = []
    if os.environ.get("XDG_CACHE_HOME"):
        candidates.append(Path(os.environ["XDG_CACHE_HOME"]))
    elif os.name == "nt" and os.environ.get("LOCALAPPDATA"):
        candidates.append(Path(os.environ["LOCALAPPDATA"]))
    elif home:
        candidates.append(home / ("Library/Caches" if sys.platform == "darwin" else ".cache"))
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    candidates = [base / name for base in candidates] + [Path(tempfile.gettempdir()) / f"{name}-{user}"]
    for folder in candidates:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _only_mine(folder):
                continue
            (folder / version).mkdir(exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=folder / version):
                return folder / version
        except OSError:
            continue
    log.warning("no folder can be written: compressed copies stay in memory only, and are made anew after a restart")
    return None


def _only_mine(folder: Path) -> bool:
    """Say whether the folder is a real one of this user that nobody else can write into (/tmp belongs to everybody)."""
    found = os.lstat(folder)
    if not hasattr(os, "getuid"):
        return stat.S_ISDIR(found.st_mode)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def lower_priority() -> None:
    """Give way to everything else on the machine: Linux keeps a nice value per thread; elsewhere do nothing."""
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        except OSError:
            log.debug("cannot lower the priority of the compressing thread")
