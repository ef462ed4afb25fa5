"""What is handed out on paper or shown on a wall: PDF, tagged and in the reader's language, set by Typst."""

from __future__ import annotations

from documents.asking import Document
from documents.outgoing.handouts.certificate import certificate
from documents.outgoing.handouts.exercises import exercises, key
from documents.outgoing.handouts.lesson import handout, runsheet, slides
from documents.outgoing.handouts.report import FITS, report

HANDOUTS: tuple[Document, ...] = (
    Document("handout-lesson", "pdf", handout, "lesson"),
    Document("slides-lesson", "pdf", slides, "lesson"),
    Document("exercises", "pdf", exercises, "lesson"),
    Document("exercises-key", "pdf", key, "lesson"),
    Document("runsheet", "pdf", runsheet, "lesson"),
    Document("report", "pdf", report, "scenario", FITS, any_calculator=True),
    Document("certificate", "pdf", certificate),
)
