"""Pages as packages for a learning platform: SCORM 1.2, a manifest and one file for each lesson.

The calls to the platform are in ``ui/figures/web/scorm.js``. Source: ADL, SCORM 1.2 Content Aggregation Model, 2.3 (manifest), and
Run-Time Environment, 3.4 (data model). The same question gives the same bytes: no clock, no random identifier.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from course import library
from documents.asking import Ask
from statements.reader import reading
from ui import navigation
from ui.still import file, web
from ui.text import _

PASSED = 60  # of a hundred, as in scorm.js
_DAY = (2026, 1, 1, 0, 0, 0)  # of every part: a package of the same lesson is the same package

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={identifier} version="1.2" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom><imsmd:general>
      <imsmd:title><imsmd:langstring xml:lang={code}>{title}</imsmd:langstring></imsmd:title>
      <imsmd:language>{language}</imsmd:language>
      <imsmd:description><imsmd:langstring xml:lang={code}>{about}</imsmd:langstring></imsmd:description>
    </imsmd:general></imsmd:lom>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{title}</title>
{items}
    </organization>
  </organizations>
  <resources>
{resources}
  </resources>
</manifest>
"""
_ITEM = """      <item identifier={item} identifierref={resource}>
        <title>{title}</title>
        <adlcp:masteryscore>{passed}</adlcp:masteryscore>
      </item>"""
_RESOURCE = """    <resource identifier={resource} type="webcontent" adlcp:scormtype="sco" href={href}>
      <file href={href}/>
    </resource>"""


def lesson_package(ask: Ask) -> bytes:
    """Return a lesson as a package."""
    with reading(ask.code, ask.digits):
        title, about = navigation.title(ask.lesson), web.named(ask.lesson)[1]
    return _package(ask, [ask.lesson], title, about)


def course_package(ask: Ask) -> bytes:
    """Return the course as one package with an item for each lesson."""
    with reading(ask.code, ask.digits):
        title, about = _("Two Funnels"), web.named("course")[1]
    return _package(ask, [one.slug for one in library.lessons()], title, about)


def _package(ask: Ask, slugs: Iterable[str], title: str, about: str) -> bytes:
    made = {slug: file.lesson_file(replace(ask, lesson=slug, link="")) for slug in slugs}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        _add(package, "imsmanifest.xml", manifest(ask, list(made), title, about).encode())
        for slug, data in made.items():
            _add(package, f"{slug}.html", data)
    return out.getvalue()


def manifest(ask: Ask, slugs: list[str], title: str, about: str) -> str:
    """Return imsmanifest.xml for these lessons."""
    with reading(ask.code, ask.digits):
        names = {slug: navigation.title(slug) for slug in slugs}
    items = [
        _ITEM.format(
            item=quoteattr(f"item-{slug}"), resource=quoteattr(f"page-{slug}"), title=escape(name), passed=PASSED
        )
        for slug, name in names.items()
    ]
    resources = [_RESOURCE.format(resource=quoteattr(f"page-{slug}"), href=quoteattr(f"{slug}.html")) for slug in slugs]
    whole = slugs[0] if len(slugs) == 1 else "course"
    return _MANIFEST.format(
        identifier=quoteattr(f"two-funnels-{ask.code}-{whole}"), code=quoteattr(ask.code), language=escape(ask.code),
        title=escape(title), about=escape(about), items="\n".join(items), resources="\n".join(resources),
    )  # fmt: skip


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED, 9)
