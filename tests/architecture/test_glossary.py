"""Every public value type of kernel and engines stands in the glossary, and every type the glossary names exists.

Public is what the kernel defines, what stands in a model module, and what a package shows at its door (`__init__`).
"""

import dataclasses
import inspect
import re
from enum import Enum
from pathlib import Path
from types import ModuleType

ROW = re.compile(r"^\| (.+) \|$", re.M)
TYPE = re.compile(r"`([A-Z]\w+)`")


def is_value_type(cls: type) -> bool:
    return dataclasses.is_dataclass(cls) or issubclass(cls, Enum) or (issubclass(cls, tuple) and hasattr(cls, "_fields"))


def is_public(module: ModuleType) -> bool:
    within = module.__name__.startswith("taizhang.engines") and (
        hasattr(module, "__path__") or module.__name__.endswith(".model")
    )
    return within or module.__name__.startswith("taizhang.kernel")


def value_types(modules: list[ModuleType]) -> set[str]:
    """Names of the dataclasses, enums and named tuples of ours that the modules show."""
    return {
        name
        for module in modules
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__.startswith("taizhang.") and not name.startswith("_") and is_value_type(cls)
    }


def glossary_rows(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in row.split(" | ")] for row in ROW.findall(text)]
    return [row for row in rows if row[0] != "term" and not set("".join(row)) <= set("-|")]


def named_types(rows: list[list[str]]) -> set[str]:
    return {name for row in rows for name in TYPE.findall(row[0])}


def incomplete(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows if len(row) != 5 or not all(row)]


def glossary(root: Path) -> list[list[str]]:
    """The rows of the tables of terms; the table of sources stands above the first of them."""
    text = (root / "docs/glossary.md").read_text("utf-8")
    return glossary_rows(text[text.index("| term |") :])


def test_every_public_type_of_kernel_and_engines_is_in_the_glossary(root: Path, modules: list[ModuleType]) -> None:
    types = value_types([module for module in modules if is_public(module)])
    assert {"Measure", "Issue", "Finding"} <= types
    assert sorted(types - named_types(glossary(root))) == []


def test_the_glossary_names_no_type_that_is_gone(root: Path, modules: list[ModuleType]) -> None:
    known = {name for module in modules for name, _ in inspect.getmembers(module, inspect.isclass)}
    assert sorted(named_types(glossary(root)) - known) == []


def test_every_term_has_its_chinese_its_source_and_what_it_is_not(root: Path) -> None:
    assert incomplete(glossary(root)) == []


def test_a_missing_cell_is_seen() -> None:
    table = "| term | 中文 | source | is | is not |\n|---|---|---|---|---|\n| a `Span` | 区间 | ours | x |  |\n"
    assert incomplete(glossary_rows(table)) == ["a `Span`"]


def test_a_missing_type_is_seen() -> None:
    assert named_types(glossary_rows("| a `Span` | 区间 | ours | x | `Other` |")) == {"Span"}
