#!/usr/bin/env bash
# Streamlit 1.67: with server.fileWatcherType = "none", a session that reconnects is given a file watcher all the same.
#
# A session is made without one (app_session.py asks for the setting), but `_resume_stored_session` calls
# `register_file_watchers()` without asking. From then on every run of that session walks all of sys.modules on the event loop: in an
# app with pandas and Altair some 0.15 s in which no other learner is served. After a hiccup of a class's Wi-Fi that is everybody.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check streamlit==1.67.0 websockets==17.4
cd "$work"
cat > app.py <<'PY'
import streamlit as st
st.write("hello")
PY
cat > look.py <<'PY'
import asyncio, sys
import streamlit
from streamlit import config

config.set_option("server.fileWatcherType", "none")
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from unittest.mock import MagicMock

async def main():
    manager = WebsocketSessionManager(MemorySessionStorage(), MemoryUploadedFileManager("/upload"), ScriptCache(), lambda: None)
    name = manager.connect_session(client=MagicMock(), script_data=ScriptData("app.py", False), user_info={})
    before = manager.get_active_session_info(name).session._local_sources_watcher
    manager.disconnect_session(name)
    again = manager.connect_session(
        client=MagicMock(), script_data=ScriptData("app.py", False), user_info={}, existing_session_id=name
    )
    after = manager.get_active_session_info(again).session._local_sources_watcher
    print("Streamlit", streamlit.__version__, "watcher when new:", before, "after coming back:", type(after).__name__)
    return again == name and before is None and after is not None

sys.exit(0 if asyncio.run(main()) else 1)
PY
"$work/venv/bin/python" look.py 2>/dev/null
