"""Takes the pictures of docs/screens again: every page of the portal, and the desk's, wide and narrow, from the specimen.

    python -m tests.journeys.screens [NAME…]

`SCREENS` also says which mock-up each was compared with; docs/screens/README.md is written from it.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from taizhang.cli.demo_accounts import PASSWORD
from tests.journeys.conftest import FLAGS, NARROW, PATIENCE, WIDE, chromium
from tests.journeys.running_site import ROOT, running_site

FOLDER = ROOT / "docs" / "screens"
# What is below is more of the same, and pictures weigh.
MOST_HIGH = {1440: 2000, 390: 2600}
YEAR = "/assessment/targets-2025/"
SHEETS = "/d/崤政〔2025〕6号!carried-2/"


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture: the page, what it shows, the mock-up it was compared with, and what to open before."""

    path: str
    shows: str
    mockup: str = ""
    opened: str = ""
    person: str = ""
    followed: str = ""  # links to follow first, one after another, parted by " → "


SCREENS = {
    "home": Screen("/", "首页", "portal-home"),
    "home-source": Screen("/", "首页，原文抽屉打开", "portal-home", "main .cite:visible"),
    "home-en": Screen("/en/", "首页，英文界面", "portal-home"),
    "gazette": Screen("/gazette/", "历年公报"),
    "issue": Screen("/gazette/2025-3/", "一期公报", "portal-home"),
    "reader": Screen("/d/崤政办〔2025〕13号!carried-1/", "文件阅读", "gazette-reader"),
    "reader-targets": Screen(SHEETS, "文件阅读：责任目标", "gazette-reader"),
    "clause": Screen(f"{SHEETS}sec_2__hd_51d4e0__hd_e708c1__subsec_1__item_5/", "条文固定页", "gazette-reader"),
    "proof": Screen("/gazette/2025-3/proof/", "校对报告", "proof-report"),
    "errata": Screen("/errata/", "勘误登记簿", "components"),
    "interpretations": Screen("/interpretations/", "解释登记簿", "components"),
    "proof-en": Screen("/en/gazette/2025-3/proof/", "校对报告，英文界面", "proof-report"),
    "board": Screen("/targets/", "目标板：全市", "portal-home"),
    "board-areas": Screen("/targets/?view=areas", "目标板：各地区", "portal-home"),
    "board-units": Screen("/targets/?view=units", "目标板：各单位", "portal-home"),
    "sheet": Screen("/targets/2025-3/市残联/", "单位责任书", "unit-sheet"),
    "sheet-source": Screen("/targets/2025-3/市残联/", "单位责任书，原文抽屉打开", "unit-sheet", "main .cite:visible"),
    "target": Screen(f"/targets{SHEETS[2:]}sec_2__hd_51d4e0__hd_e708c1__subsec_1__item_5/1/", "目标详情", "unit-sheet"),
    "assessment": Screen("/assessment/", "考核", "assessment-results"),
    "results": Screen(f"{YEAR}", "考核结果（试算）", "assessment-results"),
    "results-openness": Screen("/assessment/openness-2025/", "考核结果：政务公开", "assessment-results"),
    "unit-scores": Screen(f"{YEAR}units/education/", "单位责任书，带得分", "unit-sheet"),
    "certificate": Screen(f"{YEAR}units/education/", "得分凭证", "unit-sheet", followed="main a:has-text('单独打开')"),
    "city-board": Screen(f"{YEAR}board/", "一组数：全市", "portal-home"),
    "city-board-areas": Screen(f"{YEAR}board/?view=areas", "一组数：地区比较", "portal-home"),
    "notices": Screen("/assessment/notices/", "通报"),
    "notice": Screen("/assessment/notices/", "一份通报", "components", followed="main td a[href*='/notices/'], main th a"),
    "rectifications": Screen(f"{YEAR}rectifications/", "整改台账"),
    "appeals": Screen(f"{YEAR}appeals/", "申诉"),
    "bodies": Screen("/bodies/", "机构"),
    "body": Screen("/bodies/data/", "机构沿革"),
    "search": Screen("/search/?q=补贴", "检索"),
    "search-none": Screen("/search/?q=火星车", "检索：没有找到"),
    "ledger": Screen("/ledger/", "台账校验值"),
    "downloads": Screen("/downloads/", "批量下载"),
    "map": Screen("/map/", "网站地图"),
    "help": Screen("/help/", "使用帮助"),
    "accessibility": Screen("/accessibility/", "无障碍声明"),
    "not-found": Screen("/d/崤政〔2025〕99号/", "找不到的地址"),
    "login": Screen("/desk/account/login/", "登录"),
    "desk-today": Screen("/desk/", "工作台：今日", "desk-report-form", person="kaohe"),
    "desk-upload": Screen("/desk/editions/new/", "工作台：公报导入", "desk-report-form", person="bianji"),
    "desk-edition": Screen("/desk/editions/1/", "工作台：读本总览", "desk-report-form", person="shenhe"),
    "desk-review": Screen("/desk/editions/1/documents/2/", "工作台：审核", "desk-report-form", person="shenhe"),
    "desk-findings": Screen("/desk/editions/1/findings/?state=all", "工作台：校对台", "proof-report", person="shenhe"),
    "desk-reports": Screen("/desk/reports/", "工作台：待填报", "desk-report-form", person="tianbao"),
    "desk-targets": Screen("/desk/targets/?sheet=2", "工作台：我的目标", "unit-sheet", person="tianbao"),
    "desk-report": Screen("/desk/reports/", "工作台：填报", "desk-report-form", person="tianbao", followed="main th a"),
    "desk-workbook": Screen(
        "/desk/reports/",
        "工作台：用 Excel 填",
        "desk-report-form",
        person="tianbao",
        followed="main th a → a[href$='/workbook/']",
    ),
    "desk-verify": Screen("/desk/verify/", "工作台：核验", "desk-report-form", person="heyan"),
    "desk-year": Screen("/desk/years/targets-2025/", "工作台：考核年度", "desk-report-form", person="kaohe"),
    "desk-daily": Screen("/desk/years/targets-2025/daily/", "工作台：日常考核", "desk-report-form", person="kaohe"),
    "desk-judging": Screen("/desk/years/openness-2025/judging/", "工作台：评定和补缺", "desk-report-form", person="kaohe"),
    "desk-scores": Screen("/desk/years/openness-2025/scores/", "工作台：计分", "assessment-results", person="kaohe"),
    "desk-results": Screen("/desk/years/targets-2025/results/", "工作台：审定", "assessment-results", person="lingdao"),
    "desk-notices": Screen("/desk/years/targets-2025/notices/", "工作台：通报", "desk-report-form", person="kaohe"),
    "desk-notice": Screen(
        "/desk/years/targets-2025/notices/", "工作台：通报编辑", "components", person="kaohe", followed="main th a"
    ),
    "desk-follow-up": Screen("/desk/years/targets-2025/follow-up/", "工作台：申诉·整改", "desk-report-form", person="kaohe"),
    "desk-schemes": Screen("/desk/schemes/", "工作台：考核方案", "desk-report-form", person="lingdao"),
    "desk-scheme": Screen("/desk/schemes/", "工作台：一个方案", "desk-report-form", person="lingdao", followed="main th a"),
    "desk-people": Screen("/desk/people/", "工作台：用户与岗位", "desk-report-form", person="guanli"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCREENS)}")
    names = parser.parse_args().names or list(SCREENS)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as state, running_site(Path(state)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, "--disable-lcd-text"])
        sessions: dict[str, Any] = {}
        for name in names:
            for size in (WIDE, NARROW):
                take(browser, site.address, name, size, sessions)
        browser.close()
    if compressor := shutil.which("pngquant"):
        subprocess.run([compressor, "--force", "--ext", ".png", "--skip-if-larger", *FOLDER.glob("*.png")], check=False)
    else:
        sys.stderr.write("pngquant is not installed, so the pictures weigh three times as much: apt-get install pngquant\n")
    (FOLDER / "README.md").write_text(described(), encoding="utf-8")
    return 0


def take(browser: Browser, address: str, name: str, size: dict[str, int], sessions: dict[str, Any]) -> None:
    """One picture. `sessions` keeps who is logged in: the site takes so many logins a minute and no more."""
    screen = SCREENS[name]
    context = browser.new_context(base_url=address, viewport=size, locale="zh-CN", storage_state=sessions.get(screen.person))
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if screen.person and screen.person not in sessions:
        log_in(page, screen.person)
        sessions[screen.person] = context.storage_state()
    page.goto(screen.path)
    for link in filter(None, screen.followed.split(" → ")):
        page.locator(link).locator("visible=true").first.click()
        page.wait_for_load_state()
    if screen.opened:
        page.locator(screen.opened).locator("visible=true").first.click()
    high = min(page.evaluate("document.documentElement.scrollHeight"), MOST_HIGH[size["width"]])
    if not screen.opened:
        page.set_viewport_size({"width": size["width"], "height": high})
    page.screenshot(path=FOLDER / f"{name}-{size['width']}.png", animations="disabled")
    context.close()


def log_in(page: Page, person: str) -> None:
    page.goto("/desk/")
    page.locator("input[name=login]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form.sheet button[type=submit]").click()
    page.wait_for_url("**/desk/")


def described() -> str:
    """The README of the folder."""
    lines = [
        "# Screens",
        "",
        "Every page of the portal, and the desk's, at 1440 and 390 pixels, with the specimen issue of a fictional city.",
        "Taken by `./dev screens`; very long pages are cut. The mock-up a page follows is named, where there is one.",
        "",
        "| picture | page | address | mock-up |",
        "|---|---|---|---|",
    ]
    for name, screen in SCREENS.items():
        pictures = f"[1440]({name}-1440.png) · [390]({name}-390.png)"
        lines.append(f"| {name}: {pictures} | {screen.shows} | `{screen.path}` | {screen.mockup or 'none: components only'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
