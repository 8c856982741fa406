"""The named strategies a scheme may use. Each is a file with its formula, rounding and source; a new one is added here."""

from taizhang.engines.scoring.strategies.bonus_capped import BONUS_CAPPED
from taizhang.engines.scoring.strategies.control import CONTROL
from taizhang.engines.scoring.strategies.deduct import DEDUCT
from taizhang.engines.scoring.strategies.efficacy import EFFICACY
from taizhang.engines.scoring.strategies.gate import GATE
from taizhang.engines.scoring.strategies.judged import JUDGED
from taizhang.engines.scoring.strategies.phased import PHASED
from taizhang.engines.scoring.strategies.proportional import PROPORTIONAL
from taizhang.engines.scoring.strategies.rank import RANK
from taizhang.engines.scoring.strategies.strategy import Parameter, Strategy, Terms
from taizhang.engines.scoring.strategies.threshold import THRESHOLD

STRATEGIES = {s.name: s for s in (PROPORTIONAL, CONTROL, THRESHOLD, BONUS_CAPPED, RANK, EFFICACY, PHASED, DEDUCT, JUDGED, GATE)}

__all__ = ["STRATEGIES", "Parameter", "Strategy", "Terms"]
