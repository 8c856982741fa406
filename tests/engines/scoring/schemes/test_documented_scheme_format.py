"""The part of docs/packs.md on schemes and the checker say the same."""

import re
from pathlib import Path

from taizhang.engines.scoring import STRATEGIES
from taizhang.engines.scoring.figures import FIGURE_COLUMNS, RECORD_COLUMNS
from taizhang.engines.scoring.scheme_file import documented_keys
from taizhang.engines.scoring.scheme_file.format import TOP

PAGE = (Path(__file__).parents[4] / "docs/packs.md").read_text("utf-8")
SCHEMES = PAGE[PAGE.index("\n## 考核方案\n") :]
HEADING = re.compile(r"^### 方案：(?:`\[+(?P<table>[a-z_.]+)\]+`|第一行)$", re.M)
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<what>.*) \| (?P<needed>.*?) ?\|$", re.M)


def documented() -> dict[tuple[str, str], tuple[str, str]]:
    heads = list(HEADING.finditer(SCHEMES))
    ends = [*(h.start() for h in heads[1:]), SCHEMES.index("### 计分方法")]
    found = {}
    for head, end in zip(heads, ends, strict=True):
        for row in ROW.finditer(SCHEMES[head.end() : end]):
            found[head["table"] or "", row["key"]] = (row["what"], row["needed"])
    return found


def test_every_key_the_checker_knows_is_documented_and_the_other_way_round() -> None:
    assert set(documented()) == documented_keys()


def test_the_page_marks_exactly_the_required_keys_as_required() -> None:
    marked = {place for place, (_, needed) in documented().items() if needed.startswith("必填")}
    assert marked == {(path, key.name) for path, table in TOP.by_path().items() for key in table.keys if key.required}


def test_every_choice_is_explained() -> None:
    rows = documented()
    missing = [
        (path, key.name, choice)
        for path, table in TOP.by_path().items()
        for key in table.keys
        for choice in key.choices
        if f"`{choice}`" not in rows[path, key.name][0]
    ]
    assert missing == []


def test_every_strategy_is_told_with_its_parameters() -> None:
    section = SCHEMES[SCHEMES.index("### 计分方法") : SCHEMES.index("### 手算的例子")]
    for strategy in STRATEGIES.values():
        row = next(line for line in section.splitlines() if line.startswith(f"| `{strategy.name}` |"))
        assert [parameter.name for parameter in strategy.parameters if f"`{parameter.name}`" not in row] == []


def test_every_column_of_figures_and_records_is_told() -> None:
    section = SCHEMES[SCHEMES.index("### 填报数据") :]
    for columns in (FIGURE_COLUMNS, RECORD_COLUMNS):
        assert [title for title, key in columns.items() if f"{title}（`{key}`）" not in section] == []
