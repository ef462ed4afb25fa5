"""When a script fails: the traceback goes to the log under a short id, the learner gets a sentence with that id.

Streamlit calls the handler for an exception in the script, in a page run by `st.navigation` (a syntax error in a page
included: it is compiled while the frame runs), in a fragment and in a widget callback. It does not call it for a syntax
error in the frame itself, which shows Streamlit's own English dialog; every page is a test, so that one cannot ship.

Streamlit has logged the traceback once already when it calls us. It stands in the log twice, because only ours carries
the id, and with many learners the line before is not surely the same learner's.
"""

import logging
import secrets
from collections.abc import Callable

from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 1 i l o: a learner reads the id out to a trainer

log = logging.getLogger(__name__)


def on_script_error(show: Callable[[str], None]) -> Callable[[Exception], bool]:
    """Make the handler for `st.App`: log under a new id, then let `show(id)` draw what the learner reads.

    The handler returns True (Streamlit draws nothing of its own) unless `show` fails; it raises nothing itself.
    KeyboardInterrupt and SystemExit pass through.
    """

    def handle(error: Exception) -> bool:
        incident = "".join(secrets.choice(_LETTERS) for _ in range(6))
        try:
            log.error("incident %s: %s", incident, type(error).__name__, exc_info=error)
            show(incident)
        except (StopException, RerunException):
            return True  # st.stop() after the sentence: there is nothing left to stop
        except Exception:
            log.exception("incident %s: the message to the learner failed too", incident)
            return False
        return True

    return handle
