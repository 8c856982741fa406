"""The base of every error Taizhang raises on purpose: a stable code, a Chinese template and named facts.

It knows nothing of HTTP, Django or exit codes; the doors map a code to those in one table.
"""

from typing import ClassVar


class TaizhangError(Exception):
    """An expected failure, told in words a clerk can act on.

    Subclasses set `code` (stable, dotted, lower-kebab) and `template`: what is wrong with which value, why
    (the rule), and what to do next. Facts fill the template by name.

    >>> class ShelfIsFullError(TaizhangError):
    ...     code = "doctest.shelf-is-full"
    ...     template = "书架{shelf}已满，换一个书架"
    >>> str(ShelfIsFullError(shelf="甲"))
    '书架甲已满，换一个书架'
    """

    code: ClassVar[str] = "taizhang.error"
    template: ClassVar[str] = "出错：{reason}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template.format(**facts))
