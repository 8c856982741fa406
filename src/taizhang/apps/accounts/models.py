"""Users and the roles they hold."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from taizhang.apps.accounts.roles import ENTER, ROLES


class User(AbstractUser):
    """A person with an account. `display_name` is what colleagues read."""

    display_name = models.CharField(max_length=60, blank=True)

    @property
    def ident(self) -> str:
        """Stable id in the ledger."""
        return self.username

    def may(self, permission: str, body: str | None = None) -> bool:
        """True if one of the user's current roles carries `permission`, for `body` where the role is bound to one."""
        if not self.is_active:
            return False
        for membership in self.memberships.all():
            role = ROLES.get(membership.role)
            acts = role is not None and (not role.is_bound or permission == ENTER or membership.body == (body or ""))
            if role is not None and acts and permission in role.permissions:
                return True
        return False

    def is_bound(self, permission: str, body: str) -> bool:
        """True if one of the user's current roles is bound to `body` and carries `permission`."""
        if not self.is_active:
            return False
        mine = (ROLES.get(membership.role) for membership in self.memberships.all() if membership.body == body)
        return any(role is not None and role.is_bound and permission in role.permissions for role in mine)


def role_choices() -> list[tuple[str, str]]:
    """Codes and names of all roles. A function, so that a new role needs no migration."""
    return [(role.code, role.name) for role in ROLES.values()]


class Membership(models.Model):
    """A role somebody holds; `body` is the id of the body a bound role acts for, else empty."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40, choices=role_choices)
    body = models.CharField(max_length=100, blank=True)

    class Meta:
        """A role once for a body."""

        constraints = (models.UniqueConstraint(fields=["user", "role", "body"], name="accounts_membership_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.body}".strip()
