"""The workshop rooms as this app serves them: their routes with our guard, our numbers' writer and the makers of results."""

from __future__ import annotations

import os
from functools import partial

from streamlit import config

from documents.outgoing import room
from rooms.routes import Rooms
from ui.figures.parts import WEB


def workshop(allowed) -> Rooms:
    """Return the rooms of this server; ``allowed`` is ``serving.origin.same_origin``."""
    public = os.environ.get("PUBLIC_ORIGIN", "")
    return Rooms(
        partial(allowed, public=public),
        more={name: WEB / name for name in ("numbers.js", "funnel.js")},
        files={
            "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", room.workbook),
            "csv": ("text/csv; charset=utf-8", room.table),
            "pdf": ("application/pdf", room.paper),
        },
        base=config.get_option("server.baseUrlPath") or "",
        public=public,
    )
