"""A link to pass on: copied, sent, shown to a room as a QR code (``ui/figures/web/share.js``)."""

from __future__ import annotations

from documents.outgoing.qr import qr_uri
from ui.figures.parts import part
from ui.text import _


def draw_share(key: str, link: str, title: str) -> None:
    """Draw the link, the ways to pass it on, and its QR code; ``title`` is what stands beside the code for a room."""
    words = {
        "link": _("The link to this page"), "copy": _("Copy the link"), "copied": _("Copied."),
        "marked": _("This browser does not let a page copy. The link is marked: copy it with Ctrl+C or a long press."),
        "send": _("Send"), "room": _("Show it to the room"), "close": _("Close"), "code": _("QR code of the link"),
        "scan": _("Point your phone’s camera at the code: the page opens as it is here."),
        "local": _("This address is known on this machine only: a phone cannot open it."),
        "long": _("The link is too long for a QR code that a phone can read; shorter stage names make it shorter."),
    }  # fmt: skip
    part("share")(
        key=f"share-part-{key}", data=[{"link": link, "qr": qr_uri(link) or "", "title": title, "words": words}]
    )
