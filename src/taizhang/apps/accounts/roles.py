"""Roles of the design and the permissions each carries. One place; the generated permission test walks it."""

from dataclasses import dataclass

ENTER = "desk.enter"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: stable code, Chinese name, what it may do. `is_bound` roles act for one body only; they enter like others."""

    code: str
    name: str
    permissions: frozenset[str]
    is_bound: bool = False


EDITOR = Role(
    "editor",
    "公报编辑",
    frozenset({"gazettes.propose", "gazettes.correct", "gazettes.dispose", "organisations.propose", ENTER}),
)
REVIEWER = Role(
    "reviewer",
    "公报审核",
    frozenset({"gazettes.correct", "gazettes.dispose", "gazettes.adopt", "gazettes.refuse", "organisations.confirm", ENTER}),
)
ASSESSMENT_OFFICE = Role(
    "assessment_office", "考核办", frozenset({"targets.decide", "gazettes.dispose", "organisations.confirm", ENTER})
)
LEADING_GROUP = Role("leading_group", "领导小组", frozenset({ENTER}))
REPORTER = Role("reporter", "填报人", frozenset({ENTER}), is_bound=True)
SIGNER = Role("signer", "签发人", frozenset({ENTER}), is_bound=True)
VERIFIER = Role("verifier", "核验人", frozenset({ENTER}), is_bound=True)
AUDITOR = Role("auditor", "审计", frozenset({"ledger.read", ENTER}))
ADMINISTRATOR = Role("administrator", "系统管理员", frozenset({"accounts.manage", "ledger.read", ENTER}))

ROLES: dict[str, Role] = {
    role.code: role
    for role in (EDITOR, REVIEWER, ASSESSMENT_OFFICE, LEADING_GROUP, REPORTER, SIGNER, VERIFIER, AUDITOR, ADMINISTRATOR)
}
