"""The workbooks (.xlsx): templates with live formulas, empty or filled from a calculator, that can be read back."""

from __future__ import annotations

from documents.asking import Document
from documents.outgoing.workbooks.cohorts import cohorts
from documents.outgoing.workbooks.economics import economics
from documents.outgoing.workbooks.kpi import kpi
from documents.outgoing.workbooks.lists import content, research
from documents.outgoing.workbooks.stages import joined, marketing, sales

__all__ = ["WORKBOOKS"]

WORKBOOKS: tuple[Document, ...] = (
    Document("workbook-marketing", "xlsx", marketing, fits=("stage_conversion", "money", "handover")),
    Document("workbook-sales", "xlsx", sales, fits=("stage_conversion", "money", "handover")),
    Document("workbook-joined", "xlsx", joined, fits=("stage_conversion", "money", "handover")),
    Document("workbook-kpi", "xlsx", kpi, fits=("stage_conversion", "money")),
    Document("workbook-economics", "xlsx", economics, fits=("money", "customer_value")),
    Document("workbook-content", "xlsx", content),
    Document("workbook-research", "xlsx", research),
    Document("workbook-cohorts", "xlsx", cohorts, fits=("cohorts",)),
)
