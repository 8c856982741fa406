"""What the desk's page of amended targets shows: requests with their words, and which targets of a unit may be amended."""

from dataclasses import dataclass

from taizhang.apps.assessments.models import Amendment, Cycle, Subject
from taizhang.apps.assessments.schemes.stored import labels_of, walk
from taizhang.engines.scoring.model import Scheme


@dataclass(frozen=True, slots=True)
class Amended:
    """A request with the label of its criterion."""

    row: Amendment
    label: str


def amendments_of(cycle: Cycle, scheme: Scheme) -> list[Amended]:
    """All requests of a cycle, the undecided first. One query."""
    rows = list(Amendment.objects.filter(subject__cycle=cycle).select_related("subject").order_by("-pk"))
    labels = labels_of(scheme, {(row.subject.tree, row.criterion) for row in rows})
    rows.sort(key=lambda row: row.state != "proposed")
    return [Amended(row, labels.get((row.subject.tree, row.criterion), row.criterion)) for row in rows]


def amendable(scheme: Scheme, subject: Subject) -> list[tuple[str, str]]:
    """Criteria of a unit that have a target in figures: id, and words with the target. No query."""
    if not subject.tree:
        return []
    out = []
    for node in walk(scheme.trees[subject.tree]):
        target = node.rule.targets[-1] if node.rule is not None and node.rule.targets else None
        if target is not None and target.value is not None:
            out.append((node.id, f"{node.label[:40]}（{target.value}{target.unit or ''}）"))
    return out
