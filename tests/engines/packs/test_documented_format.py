"""docs/packs.md and the checker say the same."""

import re
import tomllib
from pathlib import Path

from taizhang.engines.packs import documented_keys, read_pack
from taizhang.engines.packs.schema import FILES
from taizhang.engines.registry import BodyKind

PAGE = (Path(__file__).parents[3] / "docs/packs.md").read_text("utf-8")
HEADING = re.compile(r"^### `(?P<file>\w+\.toml)`(?: `\[+(?P<table>[a-z_.]+)\]+`)?$", re.M)
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<what>.*) \| (?P<needed>.*?) ?\|$", re.M)


def sections(page: str) -> dict[tuple[str, str], str]:
    heads = list(HEADING.finditer(page))
    ends = [*(h.start() for h in heads[1:]), page.index("## 例子")]
    return {(h["file"], h["table"] or ""): page[h.end() : end] for h, end in zip(heads, ends, strict=True)}


def documented(page: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    found = {}
    for (file, table), text in sections(page).items():
        rows = text[: text.index("| `kind` | 类别 |")] if "| `kind` | 类别 |" in text else text
        found.update({(file, table, row["key"]): (row["what"], row["needed"]) for row in ROW.finditer(rows)})
    return found


def test_every_key_the_checker_knows_is_documented_and_the_other_way_round() -> None:
    assert set(documented(PAGE)) == documented_keys()


def test_the_page_marks_exactly_the_required_keys_as_required() -> None:
    marked = {key for key, (_, needed) in documented(PAGE).items() if needed.startswith("必填")}
    required = {
        (file, path, key.name)
        for file, top in FILES.items()
        for path, table in top.by_path().items()
        for key in table.keys
        if key.required
    }
    # A quote is required by the meaning, not by the form: only a practice goes without one.
    assert marked == required | {("interpretations.toml", "interpretation", "quote")}


def test_every_choice_is_explained() -> None:
    rows = documented(PAGE)
    for file, top in FILES.items():
        for path, table in top.by_path().items():
            for key in table.keys:
                text = PAGE if (path, key.name) == ("body", "kind") else rows[file, path, key.name][0]
                assert [choice for choice in key.choices if f"`{choice}`" not in text] == []


def test_kinds_of_bodies_are_told_with_their_own_words() -> None:
    assert [kind.value for kind in BodyKind if f"| `{kind.value}` | {kind.label} |" not in PAGE] == []


def test_the_example_of_the_page_is_a_usable_pack() -> None:
    blocks = re.findall(r"```toml\n# (\S+)\n(.*?)```", PAGE, re.S)
    files = dict(blocks)
    assert set(files) == {"pack.toml", "bodies.toml", "interpretations.toml"}
    assert all(tomllib.loads(text) for text in files.values())
    reading = read_pack(files)
    assert reading.problems == ()
    assert reading.pack is not None
    assert len(reading.pack.interpretations) == 2
