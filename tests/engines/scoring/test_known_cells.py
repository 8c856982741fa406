"""A cell that tells its sentences when asked is the cell it stands for."""

import copy
import pickle

from taizhang.engines.scoring import Cell, plain
from taizhang.engines.scoring.known_cells import KnownCell
from tests.engines.scoring.made_up import leaf, scored, seen


def _cell() -> Cell:
    return scored(leaf("a", 40, "proportional", "1000"), seen("a", "750"))


def test_it_tells_its_formula_and_what_more_would_do() -> None:
    cell = _cell()
    assert isinstance(cell, KnownCell)
    assert str(cell.formula) == "40 × 750 ÷ 1,000 = 30"
    assert str(cell.marginal) == "再增100件，加4分；增250件，本项满分"


def test_it_is_copied_pickled_and_written_as_a_plain_cell() -> None:
    cell = _cell()
    for other in (copy.deepcopy(cell), pickle.loads(pickle.dumps(cell))):
        assert type(other) is Cell
        assert cell == other == cell
    assert list(plain(cell)) == list(Cell.__dataclass_fields__)
    assert plain(cell) == plain(copy.copy(cell))


def test_two_cells_with_other_figures_are_not_equal() -> None:
    assert _cell() != scored(leaf("a", 40, "proportional", "1000"), seen("a", "751"))
