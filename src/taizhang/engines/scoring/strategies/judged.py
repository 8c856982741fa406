"""judged 评定: the stage reached, with evidence, as a share of the mark; or points that assessors gave."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ONE, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError
from taizhang.engines.scoring.strategies.strategy import Parameter, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """w · rate of the stage reached; without `stages` the value is the points that were given, from 0 to w. Not rounded.

    `stages` names them, `rates` gives each its share of the mark. Source: 按工作进展和佐证材料评定; the scheme or an
    interpretation says which stages there are. A stage that is not among them is refused.
    """
    return terms.weight * value if terms.parameters.get("stages") else value


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The stage and its share."""
    facts = {"weight": shown(terms.weight), "rate": shown(value), "score": shown(score)}
    if terms.parameters.get("stages"):
        return Message("{weight} × {rate} = {score}", facts)
    return Message("评定得{score}，满分{weight}", facts)


def rate_of(terms: Terms, stage: str) -> Decimal | None:
    """The share of the mark for a stage; None for a stage that the scheme does not have."""
    names = terms.parameters.get("stages")
    assert isinstance(names, tuple)
    return dict(zip(names, terms.numbers("rates"), strict=True)).get(stage)


def check(criterion: str, terms: Terms) -> None:
    """As many rates as stages."""
    names, rates = terms.parameters.get("stages") or (), terms.numbers("rates")
    assert isinstance(names, tuple)
    if len(names) != len(rates) or len(set(names)) != len(names):
        raise ParameterDoesNotFitError(
            criterion=criterion,
            name="rates",
            value=str(len(rates)),
            wanted=f"要与 stages 一一对应，stages 有 {len(set(names))} 个不同的",
        )


JUDGED = Strategy(
    name="judged",
    version=1,
    formula=Message("满分 × 所到阶段的比例；没有阶段的，为评定的分数"),
    points=points,
    working=working,
    parameters=(
        Parameter("stages", "texts", "有哪些阶段"),
        Parameter("rates", "shares", "各阶段得满分的几成"),
    ),
    full_at=lambda terms: ONE if terms.parameters.get("stages") else terms.weight,
    check=check,
    target="none",
    reads="stage",
    direction=1,
)
