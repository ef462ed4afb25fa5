"""What Streamlit's index page lacks for a slow link: it says at once where the server is, and which chunks follow.

Left alone, the page loads its scripts, then asks `_stcore/health` and `_stcore/host-config` (on a page's own address in
vain first, then once more at the root), and only then opens the WebSocket: one or two round trips of nothing. Told the
address and the part of the host's configuration that it waits for, it opens the WebSocket first and asks beside it.
"""

import base64
import hashlib
from collections.abc import Sequence

from serving import assets

# Pages of an app are one level deep, so "." is the app's root on each, also under server.baseUrlPath or a proxy's
# prefix. allowedOrigins says which sites may steer the page when they frame it; Streamlit's default is its own cloud.
CONNECT = (
    "window.__streamlit={BACKEND_BASE_URL:new URL('.',location.href).href,"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}"
)
_FIRST_SCRIPT = '<script type="module"'


def connect_hash() -> str:
    """Return the Content-Security-Policy hash of the inline script that `hasten` writes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(CONNECT.encode()).digest()).decode()


def preload_links(*chunks: str) -> list[str]:
    """Return the relative URLs of chunks ("Slider") and of their imports, without those that the index page names."""
    named = set(assets.index_assets())
    return ["." + url for url in assets.chunks(*chunks) if url not in named]


def hasten(page: str, preload: Sequence[str] = ()) -> str:
    """Return an index page of Streamlit with the script and the preloads; any other page as it is."""
    if _FIRST_SCRIPT not in page or 'id="root"' not in page or "window.__streamlit=" in page:
        return page
    links = "".join(f'<link rel="modulepreload" crossorigin href="{url}">' for url in preload)
    page = page.replace(_FIRST_SCRIPT, f"<script>{CONNECT}</script>{_FIRST_SCRIPT}", 1)
    return page.replace("</head>", f"{links}</head>", 1)  # last: what the first text needs has the right of way
