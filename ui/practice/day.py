"""Which day it is where the learner is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from course.memory import day_of


def today() -> int:
    """Return today's day, as ``course.memory`` counts, where the learner is: by the server's clock and her browser's time zone."""
    offset = st.context.timezone_offset  # minutes, behind UTC positive
    minutes = offset if isinstance(offset, int) and abs(offset) <= 16 * 60 else 0
    return day_of((datetime.now(UTC) - timedelta(minutes=minutes)).date())
