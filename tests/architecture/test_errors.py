"""Every error has a code of its own, a template its facts fill, and a line in docs/errors.md."""

import ast
import re
from collections import Counter
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from taizhang.kernel.errors import TaizhangError
from taizhang.web.problems import status_of
from tests.architecture.errors_page import error_classes, rendered

CODE = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+\Z")
HAN = re.compile(r"[\u4e00-\u9fff]")


def facts_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def class_problems(cls: type[TaizhangError]) -> list[str]:
    problems = []
    if not cls.__name__.endswith("Error"):
        problems.append(f"{cls.__name__} does not end in Error")
    if not CODE.match(cls.code):
        problems.append(f"{cls.code} is not dotted lower-kebab")
    if cls.code.split(".")[0] not in cls.__module__.split("."):
        problems.append(f"{cls.code} does not begin with a package that {cls.__module__} lies in")
    if not HAN.search(cls.template) or cls.template == TaizhangError.template:
        problems.append(f"{cls.__name__} has no Chinese template of its own")
    problems += [f"{cls.__name__}: fact {name!r} is not a name" for name in facts_of(cls.template) if not name.isidentifier()]
    cls.template.format(**dict.fromkeys(facts_of(cls.template), "值"))
    return problems


def raising_problems(code: str, facts: dict[str, set[str]]) -> list[str]:
    """Places that make an error without the facts its template names."""
    problems = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in facts:
            continue
        name = node.func.id
        given = {keyword.arg for keyword in node.keywords}
        if node.args:
            problems.append(f"line {node.lineno}: {name} takes keyword facts only")
        elif None not in given and facts[name] - given:
            problems.append(f"line {node.lineno}: {name} lacks {sorted(facts[name] - given)}")
    return problems


def test_every_error_has_a_well_formed_code_and_a_chinese_template(modules: list[ModuleType]) -> None:
    classes = error_classes(modules)
    assert len(classes) >= 3
    assert [problem for cls in classes for problem in class_problems(cls)] == []


def test_no_two_errors_share_a_code(modules: list[ModuleType]) -> None:
    codes = Counter(cls.code for cls in error_classes(modules))
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_error_has_a_status_for_the_web(modules: list[ModuleType]) -> None:
    assert [cls.code for cls in error_classes(modules) if status_of(cls.code) is None] == []


def test_every_place_that_raises_gives_the_facts_the_template_names(root: Path, modules: list[ModuleType]) -> None:
    facts = {cls.__name__: facts_of(cls.template) for cls in error_classes(modules) if cls.__init__ is TaizhangError.__init__}
    files = (root / "src").rglob("*.py")
    assert {f.name: found for f in files if (found := raising_problems(f.read_text("utf-8"), facts))} == {}


def test_the_page_of_errors_is_that_of_the_code(root: Path, modules: list[ModuleType]) -> None:
    assert (root / "docs/errors.md").read_text("utf-8") == rendered(error_classes(modules)), "run ./dev docs"


class ShoeIsMissingError(TaizhangError):
    code = "Shoe missing"
    template = "no shoe {0}"


def test_a_badly_made_error_is_seen() -> None:
    with pytest.raises(IndexError):
        class_problems(ShoeIsMissingError)


@pytest.mark.parametrize("code", ["raise E(value=1)", "raise E('x')", "x = E(hint=2)"])
def test_a_raise_without_its_facts_is_seen(code: str) -> None:
    assert raising_problems(code, {"E": {"value", "hint"}})


def test_a_raise_with_its_facts_is_let_through() -> None:
    assert raising_problems("raise E(value=1, hint=2, more=3)\nraise E(**facts)", {"E": {"value", "hint"}}) == []
