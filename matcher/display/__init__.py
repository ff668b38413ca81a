"""What a person sees in the terminal: panels and tables, as rich renderables. Nothing here prints."""

from matcher.display.common import TYPE_WORDS, plain
from matcher.display.evaluation import evaluation_tables
from matcher.display.models import models_table
from matcher.display.profile import profile_table
from matcher.display.results import classify_summary, postings_table
from matcher.display.score import score_panel
from matcher.display.training import comparison_report, proposal_report

__all__ = [
    "TYPE_WORDS",
    "classify_summary",
    "comparison_report",
    "evaluation_tables",
    "models_table",
    "plain",
    "postings_table",
    "profile_table",
    "proposal_report",
    "score_panel",
]
