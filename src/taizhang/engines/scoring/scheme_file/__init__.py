"""Scheme files: their format, the draft that is read from one, and what is wrong with it."""

from taizhang.engines.scoring.scheme_file.draft import SchemeDraft, SchemeReading, row_numbers
from taizhang.engines.scoring.scheme_file.format import documented_keys
from taizhang.engines.scoring.scheme_file.problems import Problems, SchemeProblem, Severity
from taizhang.engines.scoring.scheme_file.reading import read_scheme

__all__ = [
    "Problems",
    "SchemeDraft",
    "SchemeProblem",
    "SchemeReading",
    "Severity",
    "documented_keys",
    "read_scheme",
    "row_numbers",
]
