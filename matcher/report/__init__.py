"""The page that shows a batch of results to a person: figures, plots, the best postings with their evidence."""

from matcher.report.page import write_report

__all__ = ["write_report"]
