"""Parts of public pages kept in memory: what a page shows of one issue is rendered once, and again when that issue changes.

An adopted issue is frozen. What may still change on a page of it comes from operations on that issue (a finding is settled, a
body confirmed), and from those that concern every issue (an adoption, interpretations, what happened to a body). The newest
ledger entries of both are part of a part's key. The office's work on proposals changes neither: it leaves parts alone, where
whole pages (`kept_pages`) are made anew. See ADR 0017.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from markupsafe import Markup

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.operations import subject
from taizhang.apps.ledger.operations import REGISTRY
from taizhang.apps.ledger.queries import stamp, stamp_of
from taizhang.web.kept import Kept, Key

# Operations whose ledger entries are about the one edition they change. Any other changes every issue's parts: an operation that
# is new and not thought of here makes pages slower, never wrong.
OF_ONE_EDITION = frozenset(
    {
        "gazettes.propose", "gazettes.reread", "gazettes.carry_review", "gazettes.split_clause", "gazettes.merge_clause",
        "gazettes.correct_text", "gazettes.dispose_finding", "gazettes.refuse", "targets.correct_measure", "targets.correct_duty",
        "targets.withdraw_correction", "targets.confirm_body",
    }
)  # fmt: skip
_SECONDS = 3600

parts: Kept[Any] = Kept(lambda: settings.KEPT_PARTS)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page. `facts` gives what its template needs, and is asked only where the part is not kept.

    Without a key it is never kept.
    """

    key: Key | None
    facts: Callable[[], dict[str, Any]]


class PartsOf:
    """Parts that show one adopted edition, as it now stands. One query for all of them."""

    def __init__(self, edition: Edition) -> None:
        hour = int(time.monotonic() // _SECONDS)
        self._stamp = (
            (edition.pk, hour, stamp_of(subject(edition), REGISTRY.keys() - OF_ONE_EDITION)) if settings.KEPT_PARTS else ()
        )

    def part(self, *place: Any, facts: Callable[[], dict[str, Any]]) -> Part:
        """The part at a `place`: its name and everything else that it is made from, such as the filters a reader chose."""
        return Part((*place, get_language(), *self._stamp), facts)

    def value(self, *place: Any, size: int, make: Callable[[], Any]) -> Any:
        """A value that takes about `size` bytes, kept like a part. It is shared between threads: nobody changes it."""
        return _kept((*place, *self._stamp), make, lambda _: size)


def kept(part: Part, caller: Callable[[Any], Markup]) -> Markup:
    """For templates: `{% call(facts) kept(part) %}…{% endcall %}`. What stands inside uses `facts` and nothing of the request."""
    out: Markup = _kept(part.key, lambda: caller(SimpleNamespace(**part.facts())), lambda text: 2 * len(text))
    return out


def as_of_ledger(*place: Any, size: int, make: Callable[[], Any]) -> Any:
    """A value that takes about `size` bytes, kept until the next entry of the ledger, whatever that is about."""
    return _kept((*place, stamp()), make, lambda _: size) if settings.KEPT_PARTS else make()


def drawn(name: str, value: Hashable, caller: Callable[[], Markup]) -> Markup:
    """For templates: `{% call drawn('name', value) %}…{% endcall %}`, where what stands inside is made from `value` alone.

    It is kept under the value itself, so that it needs no stamp: another value is another key.
    """
    out: Markup = _kept((name, get_language(), value), caller, lambda text: 2 * len(text))
    return out


def _kept(key: Key | None, make: Callable[[], Any], size: Callable[[Any], int]) -> Any:
    if key is None or not settings.KEPT_PARTS:
        return make()
    found = parts.get(key)
    if found is None:
        found = make()
        parts.put(key, found, size(found))
    return found
