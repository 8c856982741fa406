"""Pages of a running year: finding it by its address, acting for the office that owns it, coming back to the page one left."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle, Subject
from taizhang.apps.assessments.results.steps import cycle_of
from taizhang.web.desk.doors import Problem, act
from taizhang.web.desk.own_bodies import bodies_of, forbidden

_DIGITS = 30


def closed(request: HttpRequest, cycle: Cycle, permission: str) -> HttpResponse | None:
    """Told whom to ask, where somebody holds the permission for other bodies' years only; None for those who may look."""
    return None if request.user.may(permission, cycle.owner) else forbidden(request, permission)


def year_of(slug: str) -> Cycle:
    """The cycle of an address. Raises `Http404`."""
    cycle = cycle_of(slug)
    if cycle is None:
        raise Http404
    return cycle


def acting_office(user: Any, cycle: Cycle) -> str | None:
    """The body for which a bound office acts (a county's or department's own year), None for the city's office."""
    return cycle.owner if cycle.owner in bodies_of(user, "tier_office") else None


def answer(
    request: HttpRequest,
    cycle: Cycle,
    operation: Callable[..., Any],
    form: str,
    said: str,
    /,
    *,
    show: Callable[..., HttpResponse],
    back: str,
    key: object = "",
    **facts: Any,
) -> HttpResponse:
    """Call an operation for the office; say what was done and go `back`, or `show` the page with why it was refused."""
    _done, problem = act(request, operation, form, key, for_body=acting_office(request.user, cycle), **facts)
    if problem:
        return show(request, cycle.slug, problem)
    messages.success(request, said)
    return redirect(back, cycle.slug)


def units_by_category(cycle: Cycle, subjects: Iterable[Subject]) -> list[tuple[str, list[Subject]]]:
    """Units under the names of their categories, in the scheme's order: a long list to choose from. No query."""
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(subject.category, []).append(subject)
    names = {category.id: category.name for category in scheme_for(cycle).categories}
    return [(name, found[key]) for key, name in names.items() if key in found]


def figure(request: HttpRequest, name: str, given: Mapping[str, str] | None = None) -> Decimal | None:
    """A number from a form (or from `given`); None where nothing is written, or no number that anybody writes out."""
    try:
        value = Decimal((request.POST if given is None else given).get(name, "").replace(",", "").strip())
    except InvalidOperation:
        return None
    is_written = value.is_finite() and int(value.as_tuple().exponent) >= -_DIGITS and value.adjusted() < _DIGITS
    return value if is_written else None


def refused(text: str, form: str, request: HttpRequest, key: object = "") -> Problem:
    """A form that can't be an act: what is wrong with it, and what had been filled in."""
    return Problem(text, form, str(key), {name: str(value) for name, value in request.POST.items()})
