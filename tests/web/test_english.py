"""English of the portal: complete, and of the same facts as the Chinese."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from taizhang.web.context import pack

pytestmark = pytest.mark.any_database

LOCALE = Path(__file__).resolve().parents[2] / "src" / "taizhang" / "web" / "locale"


def test_every_text_of_the_portal_has_english() -> None:
    ran = subprocess.run([sys.executable, str(LOCALE / "catalogue.py"), "--check"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"run python {LOCALE / 'catalogue.py'} and fill in django.po\n{ran.stdout}{ran.stderr}"


def test_an_english_text_tells_the_same_facts() -> None:
    with (LOCALE / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        for message in read_po(file, locale="en"):
            for chinese, english in zip(_forms(message.id), _forms(message.string), strict=False):
                assert set(re.findall(r"%\(\w+\)", chinese)) == set(re.findall(r"%\(\w+\)", english)), (chinese, english)


def _forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/en/", "/en/gazette/2025-3/", "/en/gazette/2025-3/proof/", "/en/errata/", "/en/interpretations/"]
)
def test_an_english_page_says_nothing_chinese_that_is_not_marked_as_gazette_text(
    client: Client, adopted_specimen: Any, path: str
) -> None:
    html = client.get(path).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    without = _without_chinese_parts(main)
    without = without.replace(pack().place.name, "")  # the city has no other name
    assert re.findall(r">([^<>]*[\u4e00-\u9fff][^<>]*)<", without) == []


def test_an_english_report_tells_findings_in_english_and_quotes_in_chinese(client: Client, adopted_specimen: Any) -> None:
    finding = adopted_specimen.findings.get(rule="points.group-sum", message__startswith="市教育局")
    html = client.get("/en/gazette/2025-3/proof/").content.decode()
    card = html[html.index(f'id="f{finding.ordinal}"') :].partition("</article>")[0]
    assert "<h3>Sum of points</h3>" in card
    assert '<span lang="zh-CN">市教育局</span>' in card
    assert "600 points are stated, the items add up to 590" in card
    assert "Correct the wrong points" in card
    assert finding.message in client.get("/gazette/2025-3/proof/").content.decode()


def test_a_finding_kept_before_its_wording_was_stays_chinese(client: Client, adopted_specimen: Any) -> None:
    finding = adopted_specimen.findings.filter(severity="error").first()
    adopted_specimen.findings.filter(pk=finding.pk).update(wording={})
    html = client.get("/en/gazette/2025-3/proof/").content.decode()
    assert f'<span lang="zh-CN">{finding.message}</span>' in html


_VOID = {"input", "br", "wbr", "hr", "img", "meta", "link", "path", "rect", "use", "circle", "line"}


def _without_chinese_parts(html: str) -> str:
    """The page without the elements that say their language is Chinese."""
    out, depth = [], 0
    for token in re.findall(r"<[^>]+>|[^<]+", html):
        tag = re.match(r"<(/?)([a-z0-9]+)", token)
        name = tag[2] if tag else ""
        if depth:
            if tag and name not in _VOID and not token.endswith("/>"):
                depth += -1 if tag[1] else 1
            continue
        if tag and 'lang="zh-CN"' in token and name not in _VOID:
            depth = 1
            continue
        out.append(token)
    return "".join(out)
