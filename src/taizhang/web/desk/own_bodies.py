"""Pages that belong to a body: who may open them, and for which of their bodies somebody acts."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from taizhang.apps.accounts.queries import holders
from taizhang.apps.assessments.models import Subject
from taizhang.apps.assessments.year.owing import acting_for
from taizhang.web.desk.doors import page


def bodies_of(user: Any, *roles: str) -> set[str]:
    """The bodies for which somebody holds one of the roles."""
    return {membership.body for membership in user.memberships.all() if membership.role in roles}


def acts_for(user: Any, subject: Subject, day: date, *roles: str) -> str:
    """The body for which the person may act on the subject's matters of that day; empty where none."""
    acting = acting_for(subject, day).ident
    return acting if acting in bodies_of(user, *roles) else ""


def forbidden(request: HttpRequest, permission: str) -> HttpResponse:
    """Told whom to ask."""
    return page(request, "desk/forbidden.html", {"permission": permission, "holders": holders(permission)}, status=403)
