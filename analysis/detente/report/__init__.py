"""An index, its statements and its figures as a PDF report."""

from detente.report.about import About, ReportFigure, ReportResult
from detente.report.write import write_report

__all__ = ["About", "ReportFigure", "ReportResult", "write_report"]
