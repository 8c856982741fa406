"""Parameters on a certificate's page stand as people write them."""

import pytest

from taizhang.web.portal.assessment_views import meanings


@pytest.mark.parametrize(
    ("strategy", "parameters", "shown"),
    [
        ("rank", {"of": {"number": "18"}}, ["18"]),
        ("judged", {"stages": ["完成", "没有完成"], "rates": [{"number": "1"}, {"number": "0"}]}, ["完成、没有完成", "1、0"]),
    ],
)
def test_figures_are_figures_and_rows_are_told_apart(strategy: str, parameters: dict, shown: list[str]) -> None:
    assert [value for value, _ in meanings({"strategy": {"name": strategy}, "parameters": parameters})] == shown
