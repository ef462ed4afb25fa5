"""What was learned, on one page to put a name on by hand."""

from __future__ import annotations

from course import library
from documents.asking import Ask
from documents.outgoing.handouts.paper import Writer, pdf


def certificate(ask: Ask) -> bytes:
    """Return the certificate of the whole course, or of one lesson and its aims where one is asked for."""
    writer = Writer(ask, "certificate")
    written = [one for one in library.lessons() if ask.lesson in ("", one.slug)]
    heads = [library.lesson_text(ask.code, one.slug).head for one in written]
    learned = heads[0].objectives if ask.lesson else [one.title for one in heads]
    base = writer.base()
    base["words"] |= writer.table("certificate")
    subject = heads[0].title if ask.lesson else base["words"]["course"]
    data = base | {"subject": writer.prose.text(subject), "learned": [writer.prose.text(one) for one in learned]}
    return pdf("certificate.typ", data)
