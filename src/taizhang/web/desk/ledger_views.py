"""The ledger, for auditors: searched, and the chain checked on request."""

from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.operations import REGISTRY
from taizhang.apps.ledger.queries import Wish, search, standing
from taizhang.web.desk.doors import opens, page, whole_number

_PAGE = 50
_FAULTS = 100


@opens("ledger.read")
def ledger(request: HttpRequest) -> HttpResponse:
    """Entries that match, newest first; with `verify=1` the state of the chain."""
    asked = {name: request.GET.get(name, "").strip() for name in ("operation", "subject", "by", "first", "last")}
    days = {name: _day(asked[name]) for name in ("first", "last")}
    wish = Wish(
        asked["operation"], asked["subject"], asked["by"], days["first"], days["last"], whole_number(request.GET.get("below", ""))
    )
    rows = list(search(wish, timezone.get_current_timezone())[: _PAGE + 1])
    shown = rows[:_PAGE]
    context: dict[str, Any] = {
        "asked": asked,
        "unread_days": [asked[name] for name, day in days.items() if asked[name] and day is None],
        "rows": shown,
        "older": urlencode({**asked, "below": shown[-1].pk}) if len(rows) > _PAGE else "",
        "standing": standing(),
        "operations": sorted(REGISTRY),
        "verified": request.GET.get("verify") == "1",
        "faults": list(islice(verify(), _FAULTS)) if request.GET.get("verify") == "1" else [],
    }
    return page(request, "desk/ledger.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
