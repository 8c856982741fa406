"""Figures and records as people write them down, to what scoring takes."""

from taizhang.engines.scoring.figures.finding import Finder
from taizhang.engines.scoring.figures.rows import (
    FIGURE_COLUMNS,
    RECORD_COLUMNS,
    FiguresReading,
    RowProblem,
    read_figures,
    read_records,
    unknown_columns,
)

__all__ = [
    "FIGURE_COLUMNS",
    "RECORD_COLUMNS",
    "FiguresReading",
    "Finder",
    "RowProblem",
    "read_figures",
    "read_records",
    "unknown_columns",
]
