"""What the office's page of judgements shows: a unit's judged items with their voices and files, decisions that stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.apps.assessments.models import Cycle, Decision, Evidence, Judgement, Owing, Subject
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.judging import about, stages_to_judge
from taizhang.engines.scoring.model import Criterion, Scheme


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """A judged criterion of a unit: its stages (none where points are given), what scorers said, the files behind it."""

    owing: int
    criterion: Criterion
    stages: tuple[str, ...]
    voices: tuple[Judgement, ...]
    files: tuple[Evidence, ...]

    @property
    def is_settled(self) -> bool:
        """True once two scorers agree or somebody decided between them."""
        decided = any(voice.is_decision for voice in self.voices)
        return decided or (len(self.voices) > 1 and len({voice.stage for voice in self.voices}) == 1)


def judged_items(cycle: Cycle, scheme: Scheme, subject: Subject) -> list[JudgedItem]:
    """A unit's judged items in the order of its tree. Three queries."""
    owings = dict(Owing.objects.filter(subject=subject).values_list("criterion", "pk"))
    voices: dict[str, list[Judgement]] = {}
    for row in Judgement.objects.filter(subject=subject):
        voices.setdefault(row.criterion, []).append(row)
    files: dict[str, list[Evidence]] = {}
    for file in Evidence.objects.filter(cycle=cycle, about__in=[about(pk) for pk in owings.values()]):
        files.setdefault(file.about, []).append(file)
    return [
        JudgedItem(
            owings[node.id],
            node,
            stages_to_judge(node),
            tuple(voices.get(node.id, ())),
            tuple(files.get(about(owings[node.id]), ())),
        )
        for node in walk(scheme.trees[subject.tree])
        if node.rule is not None and node.rule.strategy == "judged" and node.rule.result_of is None and node.id in owings
    ]


def labels_of(scheme: Scheme, subjects: Iterable[Subject]) -> dict[str, str]:
    """What criteria of the subjects' trees are called, by id. No query."""
    trees = {subject.tree for subject in subjects if subject.tree}
    return {node.id: node.label for tree in sorted(trees) for node in walk(scheme.trees[tree])}


def standing_decisions(cycle: Cycle) -> list[Decision]:
    """Decisions that count, newest first. One query."""
    return list(Decision.objects.filter(subject__cycle=cycle, state="standing").select_related("subject").order_by("-pk"))
