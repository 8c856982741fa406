"""A draft and a source to a scheme with everything filled in, or to what keeps one from coming of them."""

from taizhang.engines.scoring.expanding.expansion import Expansion, expand
from taizhang.engines.scoring.expanding.retyped import retyped
from taizhang.engines.scoring.expanding.sharing import SharedProposal

__all__ = ["Expansion", "SharedProposal", "expand", "retyped"]
