"""A link as a QR code."""

from __future__ import annotations

import base64
import io

import segno

MOST_BYTES = 1_200  # beyond it the squares are too small for a phone at arm's length or a projector


def qr_svg(link: str) -> bytes | None:
    """Return the QR code of a link as SVG, or None where the link is too long to be scanned."""
    if len(link.encode()) > MOST_BYTES:
        return None
    out = io.BytesIO()
    segno.make(link, error="l", micro=False).save(
        out, kind="svg", border=3, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue()


def qr_uri(link: str) -> str | None:
    """Return the QR code of a link as a data URI, or None where the link is too long to be scanned."""
    svg = qr_svg(link)
    return svg and "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
