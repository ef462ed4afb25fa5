"""What Streamlit would ask of foreign hosts, and does not get."""

from streamlit import net_util


def ask_nobody() -> None:
    """Keep the server from asking a foreign host for its own public address.

    Streamlit does so at start, only to print it, and again for each WebSocket from an unknown origin. Where foreign hosts
    are blocked, that is a wait; anywhere, it tells a stranger that this server has started.
    """
    net_util.get_external_ip = lambda: None
