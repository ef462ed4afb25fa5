"""Pages among the documents: to be imported by whoever offers documents, as the app and ``python -m documents`` do."""

from __future__ import annotations

from documents import catalogue
from documents.asking import Document
from ui.still.file import funnel_file, glossary_file, lesson_file
from ui.still.packages import course_package, lesson_package

PAGES = (
    Document("page-lesson", "html", lesson_file, "lesson"),
    Document("scorm-lesson", "zip", lesson_package, "lesson"),
    Document("page-funnel", "html", funnel_file, "scenario", ("stage_conversion",)),
    Document("page-glossary", "html", glossary_file),
    Document("scorm-course", "zip", course_package),
)

catalogue.offer(PAGES)
