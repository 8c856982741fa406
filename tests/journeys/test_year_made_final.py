"""After the term of appeal: the year is made final in the browser, its public page says so, what is unmet goes on in the next."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import look
from tests.journeys.running_site import Site
from tests.journeys.small_year import small_year

pytestmark = pytest.mark.usefixtures("either_database")
AtDesk = Callable[..., Page]
ENDED, PUBLIC = "/desk/years/responsibility-2025/", "/assessment/responsibility-2025/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A published year with a problem that is still open."""
    database = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "")
    with small_year(tmp_path_factory.mktemp("final"), database, is_published=True) as running:
        yield running


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """Who logged in here is not who logged in at the demo."""
    return {}


def test_a_year_is_made_final_and_what_is_unmet_is_carried_over(at_desk: AtDesk) -> None:
    unit, group, office = at_desk("juzhang"), at_desk("fuzhang"), at_desk("kaohe")
    unit.goto(f"{ENDED}follow-up/")
    expect(unit.locator("main")).to_contain_text("天前申诉期满")
    expect(unit.get_by_role("button", name="提交申诉")).to_have_count(0)
    office.goto(f"{ENDED}follow-up/")
    expect(office.get_by_role("button", name="转入下一年")).to_have_count(0)

    make_final(group)
    group.goto(PUBLIC)
    expect(group.locator("main")).to_contain_text("已定案")
    look(group)

    office.reload()
    expect(office.locator("main")).to_contain_text("学位少建320个")
    look(office)
    office.get_by_label("转入").select_option(index=0)
    office.get_by_role("button", name="转入下一年").click()
    expect(office.locator("main")).to_contain_text("已转入下一年")
    office.goto(f"{PUBLIC}rectifications/")
    expect(office.locator("main")).to_contain_text("转入下年")
    goes_on(unit)


def make_final(group: Page) -> None:
    """The day says it waits; whoever decides signs once, and nothing is left to sign."""
    group.get_by_role("link", name="定案").click()
    expect(group.locator("main")).to_contain_text("申诉都决定、申诉期满以后，由领导小组定案")
    look(group)
    group.get_by_label("说明（选填）").fill("申诉期内没有单位申诉")
    group.get_by_role("button", name="定案", exact=True).click()
    expect(group.locator("main")).to_contain_text("年度已定案")
    expect(group.get_by_role("button", name="定案", exact=True)).to_have_count(0)
    look(group)


def goes_on(unit: Page) -> None:
    """The unit has the problem on its day again, in the year that runs."""
    unit.goto("/desk/")
    unit.get_by_role("link", name="报整改方案").click()
    expect(unit.locator("h1")).to_contain_text("申诉·整改")
    expect(unit.locator("main")).to_contain_text("学位少建320个")
    expect(unit.locator("main")).to_contain_text("上一年转来的")
    look(unit)
    unit.goto("/desk/targets/")
    look(unit)
