"""A year is opened once, by the office, with an approved scheme; every body knows what it owes and who measures what is shared."""

from taizhang.apps.assessments.models import Cycle, Owing, Subject
from tests.assessment_fixtures import EDUCATION, FINANCE, REVENUE


def test_every_leaf_is_owed_and_a_shared_figure_is_measured_by_one_for_all(open_cycle: Cycle) -> None:
    assert list(open_cycle.subjects.values_list("ident", "body__ident")) == [
        (ident, ident) for ident in ("education", "finance", "statistics", "hebin")
    ]
    assert Owing.objects.filter(subject__cycle=open_cycle).count() == 7
    assert open_cycle.metrics.count() == 6
    education, finance = (Subject.objects.get(cycle=open_cycle, ident=ident) for ident in (EDUCATION, FINANCE))
    measured = {owing.subject_id: owing.measured_by_id for owing in Owing.objects.filter(metric__key=REVENUE)}
    assert measured == {education.pk: finance.pk, finance.pk: None}
