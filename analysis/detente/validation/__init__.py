"""Whether tone measures what readers see: codings, agreement, scorers against codings."""

from detente.validation.agreement import METRICS, CoderAgreementResult, coder_agreement
from detente.validation.codings import (
    CODER_TYPES,
    COLUMNS,
    check_codings,
    describe_coders,
    gold_tone,
    read_codings,
)
from detente.validation.compare import ComparisonResult, compare_scorers
from detente.validation.known import KnownGroupsResult, known_groups
from detente.validation.newsmtsc import NewsmtscResult, read_newsmtsc, validate_newsmtsc
from detente.validation.paired import paired_differences
from detente.validation.result import MIN_GROUP, ValidationResult
from detente.validation.scores import CLASS_EDGE, CLASSES, MEASURES, tone_classes
from detente.validation.standing import few_told
from detente.validation.validate import (
    BASELINE,
    is_in_sample,
    is_trained,
    validate_scorer,
    written_with,
)

__all__ = [
    "BASELINE",
    "CLASSES",
    "CLASS_EDGE",
    "CODER_TYPES",
    "COLUMNS",
    "MEASURES",
    "METRICS",
    "MIN_GROUP",
    "CoderAgreementResult",
    "ComparisonResult",
    "KnownGroupsResult",
    "NewsmtscResult",
    "ValidationResult",
    "check_codings",
    "coder_agreement",
    "compare_scorers",
    "describe_coders",
    "few_told",
    "gold_tone",
    "is_in_sample",
    "is_trained",
    "known_groups",
    "paired_differences",
    "read_codings",
    "read_newsmtsc",
    "tone_classes",
    "validate_newsmtsc",
    "validate_scorer",
    "written_with",
]
