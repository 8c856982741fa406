"""What the desk's page of appeals and rectification shows besides the rows: names of criteria, what may be contested, origins."""

from collections.abc import Collection

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.follow_up.appealing import published_run
from taizhang.apps.assessments.models import Cell, Cycle, DailyRecord, Evidence, Notice, Run
from taizhang.apps.assessments.schemes.stored import labels_of
from taizhang.apps.assessments.wording import NOTICE_KINDS


def criterion_names(cycle: Cycle, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Labels by (body, criterion). One query."""
    trees = dict(cycle.subjects.values_list("ident", "tree"))
    places = {(body, criterion): (trees.get(body, ""), criterion) for body, criterion in wanted}
    labels = labels_of(scheme_for(cycle), places.values())
    return {key: labels[place] for key, place in places.items() if place in labels}


def contestable(cycle: Cycle, idents: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Criteria of the published results that a unit may contest, by body: (criterion, words with its score). One query."""
    run = published_run(cycle)
    out: dict[str, list[tuple[str, str]]] = {}
    if run is None:
        return out
    rows = Cell.objects.filter(score__run=run, score__subject__ident__in=idents).exclude(low=None).order_by("score_id", "ordinal")
    for ident, criterion, label, low, high in rows.values_list("score__subject__ident", "criterion", "label", "low", "high"):
        score = f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}"
        out.setdefault(ident, []).append((criterion, f"{label[:40]}（{score} 分）"))
    return out


def contested_cells(run: Run | None, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Keys of a run's certificates of (body, criterion): there stands what the decision of an appeal changed. One query."""
    if run is None or not wanted:
        return {}
    rows = Cell.objects.filter(
        score__run=run, score__subject__ident__in={ident for ident, _ in wanted}, criterion__in={name for _, name in wanted}
    )
    found = rows.values_list("score__subject__ident", "criterion", "pk")
    return {(ident, criterion): pk for ident, criterion, pk in found if (ident, criterion) in wanted}


def evidence_behind(cycle: Cycle) -> dict[str, list[Evidence]]:
    """Files of appeals and rectifications by what they are about. One query."""
    out: dict[str, list[Evidence]] = {}
    for kind in ("appeal:", "rectification:"):
        for file in Evidence.objects.filter(cycle=cycle, about__startswith=kind):
            out.setdefault(file.about, []).append(file)
    return out


def origins_of(cycle: Cycle) -> list[tuple[str, str]]:
    """What a problem may come from: issued notices and confirmed daily records, newest first. Two queries."""
    notices = Notice.objects.filter(cycle=cycle, state="issued").values_list("pk", "kind", "number")
    records = (
        DailyRecord.objects.filter(cycle=cycle, state="confirmed").order_by("-pk").values_list("pk", "subject__name", "note")
    )
    return [(f"notice:{pk}", f"{NOTICE_KINDS[kind]} {number}") for pk, kind, number in notices] + [
        (f"record:{pk}", f"日常记录 {pk}：{name} {note[:20]}") for pk, name, note in records[:100]
    ]
