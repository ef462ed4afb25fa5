"""What Streamlit and uvicorn do at every run, done once or looking further back."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from uvicorn.protocols.websockets import websockets_sansio_impl as protocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from serving import sessions, sockets

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


@pytest.fixture
def own(monkeypatch):
    monkeypatch.setattr(protocol, "ServerPerMessageDeflateFactory", ServerPerMessageDeflateFactory)
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)


def test_a_socket_looks_back_as_far_as_a_whole_change(own):
    sockets.remember_more()
    sockets.remember_more()
    made = protocol.ServerPerMessageDeflateFactory(
        server_max_window_bits=12, client_max_window_bits=12, compress_settings={"memLevel": 5}
    )
    assert isinstance(made, ServerPerMessageDeflateFactory)
    assert (made.server_max_window_bits, made.client_max_window_bits) == (15, 12)


def test_a_uvicorn_that_compresses_elsewhere_is_left_alone(own, monkeypatch, caplog):
    monkeypatch.delattr(protocol, "ServerPerMessageDeflateFactory")
    sockets.remember_more()
    assert "elsewhere" in caplog.text


@pytest.mark.parametrize("section", SECTIONS)
def test_the_theme_is_the_one_that_streamlit_writes(own, section):
    theirs, ours = CustomThemeConfig(), CustomThemeConfig()
    app_session._populate_theme_msg(theirs, section)
    sessions.theme_once()
    for _again in range(2):
        ours.Clear()
        app_session._populate_theme_msg(ours, section)
        assert ours == theirs
