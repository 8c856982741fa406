"""Who has which role, and where roles of one person get in each other's way. Nothing here writes."""

from dataclasses import dataclass

from taizhang.apps.accounts.models import Membership, User
from taizhang.apps.accounts.roles import ROLES

# Permissions that four eyes keep apart: who holds both cannot use the second on what they did with the first.
APART = (
    ("gazettes.propose", "gazettes.adopt"),
    ("accounts.manage", "gazettes.adopt"),
    ("assessments.report", "assessments.sign"),
    ("assessments.sign", "assessments.verify"),
    ("assessments.report", "assessments.verify"),
    ("assessments.propose", "assessments.approve"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """An account with its roles; `conflicts` are pairs of names of roles that four eyes keep apart."""

    user: User
    memberships: tuple[Membership, ...]
    conflicts: tuple[tuple[str, str], ...]


def people() -> list[Person]:
    """All accounts by name. Two queries."""
    users = User.objects.prefetch_related("memberships").order_by("-is_active", "username")
    return [Person(user, tuple(user.memberships.all()), _conflicts(user)) for user in users]


def _conflicts(user: User) -> tuple[tuple[str, str], ...]:
    roles = [ROLES[membership.role] for membership in user.memberships.all() if membership.role in ROLES]
    found = {
        (one.name, other.name)
        for first, second in APART
        for one in roles
        for other in roles
        if first in one.permissions and second in other.permissions
    }
    return tuple(sorted(found))


def names_of_people() -> dict[str, str]:
    """What colleagues read, by account; accounts without a name are left out. One query."""
    return dict(User.objects.exclude(display_name="").values_list("username", "display_name"))


def holders(permission: str) -> list[str]:
    """Names of the roles that carry a permission."""
    return [role.name for role in ROLES.values() if permission in role.permissions]
