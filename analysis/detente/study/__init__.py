"""A configured question with its data: found, run, started anew."""

from detente.study.config import About, ColumnNames, Files, Period, Study
from detente.study.diff import diff_studies
from detente.study.init import init_study
from detente.study.load import bundled_studies, load_study
from detente.study.read import check_study, read_study
from detente.study.result import Progress, StudyData, StudyResult
from detente.study.run import PARTS, compute_study, run_study

__all__ = [
    "PARTS",
    "About",
    "ColumnNames",
    "Files",
    "Period",
    "Progress",
    "Study",
    "StudyData",
    "StudyResult",
    "bundled_studies",
    "check_study",
    "compute_study",
    "diff_studies",
    "init_study",
    "load_study",
    "read_study",
    "run_study",
]
