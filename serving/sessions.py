"""Learners whose connection broke: kept for a while, so that a hiccup of the Wi-Fi costs a class nothing.

This is the one place that leans on how Streamlit keeps its sessions. Left alone it keeps 128 that are disconnected and drops
the others: of 300 learners whose sockets broke at once, 172 lost their steps back and what they had brought. It also only
forgets the ones that it drops, and never ends them: their files stay, and an event loop each, three open files. And who came
back is watched for changed files, although that is switched off: some 0.15 s of everybody's time, after every run from then on.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo, SessionStorage

MOST = 600  # two large classes; 50 KiB each where nothing was brought (`python -m benchmarks dropped`)
OPEN_FILES = 16_384  # a connected learner takes four, and many systems allow a process 1,024

log = logging.getLogger(__name__)


class Kept(SessionStorage):
    """Keep at most `most` disconnected sessions for `seconds` each, the latest first; end the others.

    Without `watch`, a session that goes on does not look at the files of the program.
    """

    def __init__(
        self, most: int, seconds: float, watch: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.seconds, self.watch, self._clock = most, seconds, watch, clock
        self._kept: OrderedDict[str, tuple[float, SessionInfo]] = OrderedDict()  # the one that waits longest first

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session from now on."""
        name = session_info.session.id
        if not self.watch:
            session_info.session.register_file_watchers = _watch_nothing  # type: ignore[method-assign]
        self._kept.pop(name, None)
        self._kept[name] = (self._clock(), session_info)
        self._end_old()

    def get(self, session_id: str) -> SessionInfo | None:
        """Return a session that is still kept."""
        self._end_old()
        found = self._kept.get(session_id)
        return found[1] if found else None

    def delete(self, session_id: str) -> None:
        """Let go of a session that lives on elsewhere; one that is not there is no mistake."""
        self._kept.pop(session_id, None)

    def list(self) -> list[SessionInfo]:
        """Return all that are kept."""
        return [info for _, info in self._kept.values()]

    def _end_old(self) -> None:
        since = self._clock() - self.seconds
        while self._kept and (len(self._kept) > self.most or next(iter(self._kept.values()))[0] <= since):
            _, (_, info) = self._kept.popitem(last=False)
            try:
                info.session.shutdown()
            except Exception:  # it is gone either way
                log.exception("a session that nobody came back to could not be ended")


def _watch_nothing() -> None:
    """Stand where a session would begin to watch files."""


def keep_disconnected(most: int = MOST) -> None:
    """Keep so many disconnected sessions of the running server; call it before the first learner."""
    _allow_open_files()
    seconds = config.get_option("server.disconnectedSessionTTL")
    try:
        manager: Any = Runtime.instance()._session_mgr  # what it keeps its sessions in is private
        if not isinstance(manager._session_storage, MemorySessionStorage):
            raise AttributeError("_session_storage")
        watch = config.get_option("server.fileWatcherType") != "none"
        manager._session_storage = Kept(most, seconds, watch)
    except (AttributeError, RuntimeError):
        log.warning("this Streamlit keeps its sessions elsewhere: of a large class, not all come back after a hiccup")


def _allow_open_files() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            log.warning("only %d open files are allowed: some 200 learners at once", soft)


def theme_once() -> None:
    """Write the theme into the first message of each run from a copy: Streamlit gathers six sections of its settings anew.

    They cannot change while the server runs, and gathering them is a seventh of what a run on an empty page costs.
    """
    written: dict[str, CustomThemeConfig] = {}
    write = getattr(app_session, "_populate_theme_msg", None)
    if write is None or hasattr(write, "once"):
        return

    def copy(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in written:
            fresh = CustomThemeConfig()
            write(fresh, section)
            written[section] = fresh
        if written[section].ByteSize():
            msg.MergeFrom(written[section])

    vars(copy)["once"] = True
    vars(app_session)["_populate_theme_msg"] = copy
