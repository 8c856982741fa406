"""docs/errors.md, written from the error classes. `./dev docs` runs it."""

import importlib
import inspect
import os
import pkgutil
from pathlib import Path
from types import ModuleType

import django

import taizhang
from taizhang.kernel.errors import TaizhangError

PAGE = Path(__file__).resolve().parents[2] / "docs/errors.md"
HEAD = """# Errors

Every failure that Taizhang raises on purpose, with its code and what it says. A code keeps its meaning once released. The words
in braces are the facts of the case. Written by `./dev docs` from the code. Why so: [ADR 0004](adr/0004-error-codes.md).

| code | says | meaning |
|---|---|---|
"""


def error_classes(modules: list[ModuleType]) -> list[type[TaizhangError]]:
    """The errors the modules define, by code. Taken from the modules, since a doctest's class is a subclass too."""
    found = {
        cls
        for module in modules
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and issubclass(cls, TaizhangError) and cls is not TaizhangError
    }
    return sorted(found, key=lambda cls: (cls.code, cls.__qualname__))


def rendered(classes: list[type[TaizhangError]]) -> str:
    """The whole page."""
    rows = []
    for cls in classes:
        meaning = (inspect.getdoc(cls) or "").split("\n\n")[0].replace("\n", " ")
        cells = [f"`{cls.code}`", cls.template, meaning]
        rows.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n")
    return HEAD + "".join(rows)


def every_module() -> list[ModuleType]:
    """Every module of the package, imported. Left out: production settings, which ask the environment for secrets, and what starts a server."""
    names = (m.name for m in pkgutil.walk_packages(taizhang.__path__, "taizhang."))
    return [importlib.import_module(name) for name in names if not name.endswith((".__main__", ".settings.production", ".wsgi"))]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.project.settings.test")
    django.setup()
    PAGE.write_text(rendered(error_classes(every_module())), "utf-8")
