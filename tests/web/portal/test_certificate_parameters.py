"""Parameters on a certificate's page stand as people write them."""

import re

import pytest
from django.utils.translation import override

from taizhang.engines.scoring import STRATEGIES
from taizhang.web.portal.assessment_views import meanings
from taizhang.web.wording import worded


@pytest.mark.parametrize(
    ("strategy", "parameters", "shown"),
    [
        ("rank", {"of": {"number": "18"}}, ["18"]),
        ("judged", {"stages": ["完成", "没有完成"], "rates": [{"number": "1"}, {"number": "0"}]}, ["完成、没有完成", "1、0"]),
    ],
)
def test_figures_are_figures_and_rows_are_told_apart(strategy: str, parameters: dict, shown: list[str]) -> None:
    assert [value for value, _ in meanings({"strategy": {"name": strategy}, "parameters": parameters})] == shown


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_what_a_parameter_means_is_said_in_english_on_english_pages(strategy: str) -> None:
    with override("en"):
        for parameter in STRATEGIES[strategy].parameters:
            assert re.search("[\u3400-\u9fff]", worded(parameter.meaning)) is None, parameter.name
