"""An index, its statements and its figures as a PDF report or a web page."""

from detente.report.about import About, ReportFigure, ReportResult
from detente.report.write import FORMATS, SECTIONS, check_sections, needs_findings, write_report

__all__ = [
    "FORMATS",
    "SECTIONS",
    "About",
    "ReportFigure",
    "ReportResult",
    "check_sections",
    "needs_findings",
    "write_report",
]
