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


# What an office does with the results of a year, and what only those who decide about them do. A body that runs a tier of its own
# does both there, as different persons.
RESULTS = frozenset(
    {
        "assessments.record_daily",
        "assessments.judge",
        "assessments.score",
        "assessments.take_step",
        "assessments.decide_missing",
        "assessments.propose_results",
        "assessments.review_results",
        "assessments.publish",
        "assessments.notice",
        "assessments.issue_notice",
        "assessments.follow_up",
        "assessments.name_verifier",
    }
)
DECIDING = frozenset({"assessments.approve_results", "assessments.decide_appeal", "assessments.decide_amendment"})
ANSWERING = frozenset({"assessments.request_amendment", "assessments.rectify"})

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
    "assessment_office",
    "考核办",
    frozenset(
        {
            "targets.decide",
            "gazettes.dispose",
            "organisations.confirm",
            "assessments.propose",
            "assessments.open",
            "assessments.hand_over",
            ENTER,
        }
    )
    | RESULTS,
)
LEADING_GROUP = Role(
    "leading_group", "领导小组", frozenset({"assessments.approve", "assessments.issue_notice", ENTER}) | DECIDING
)
TIER_OFFICE = Role("tier_office", "本级考核机构", frozenset({"assessments.open_tier", ENTER}) | RESULTS | DECIDING, is_bound=True)
REPORTER = Role("reporter", "填报人", frozenset({"assessments.report", ENTER}) | ANSWERING, is_bound=True)
SIGNER = Role(
    "signer",
    "签发人",
    frozenset({"assessments.sign", "assessments.contest", "assessments.self_check", ENTER}) | ANSWERING,
    is_bound=True,
)
VERIFIER = Role("verifier", "核验人", frozenset({"assessments.verify", ENTER}), is_bound=True)
AUDITOR = Role("auditor", "审计", frozenset({"ledger.read", ENTER}))
ADMINISTRATOR = Role(
    "administrator",
    "系统管理员",
    frozenset({"accounts.manage", "ledger.read", "assessments.remind", "assessments.release", ENTER}),
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        EDITOR,
        REVIEWER,
        ASSESSMENT_OFFICE,
        LEADING_GROUP,
        TIER_OFFICE,
        REPORTER,
        SIGNER,
        VERIFIER,
        AUDITOR,
        ADMINISTRATOR,
    )
}
