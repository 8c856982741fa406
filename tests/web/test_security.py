"""What attackers try at the doors: hostile files, cookies, redirects, hosts, methods. Each is refused in words or made harmless."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Clause, Edition, Source
from taizhang.web.headers import POLICY
from tests.apps_fixtures import password_of, person
from tests.engines.readers.word_files import p, word_file, zipped
from tests.proposals import SMALL

pytestmark = pytest.mark.django_db
LOGIN = "/desk/account/login/"
UPLOAD = "/desk/editions/new/"
HOSTILE_PAGE = """<!DOCTYPE html><html><head><title>通知</title><script>window.stolen = 1</script></head><body onload="steal()">
<p>岭南河市人民政府关于下达2025年责任目标的通知</p><p>岭政〔2025〕2号</p><p>各县区人民政府：</p>
<p>一、<img src="x" onerror="steal()">目标的下达</p><p>（一）全年新增学位3200个&lt;script&gt;steal()&lt;/script&gt;。</p>
<iframe src="javascript:steal()"></iframe><p>2025年3月5日</p></body></html>"""
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
)
PASSWORD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048
PASSWORD_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<41><41>]/Size 4>>\nstartxref\n0\n%%EOF"
)
REFUSED = {
    "empty": ("a.txt", b"", "没有选文件|文件是空的"),
    "only spaces": ("a.txt", " \n\u3000\n".encode(), "文件里没有文字"),
    "a picture called text": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "PNG图片"),
    "an archive called text": ("a.txt", zipped({"x.exe": b"MZ"}), "压缩包|ZIP|zip"),
    "a program called Word": ("a.docx", b"MZ\x90\0\x03" + bytes(range(256)) * 8, "编码|不能直接读取"),
    "Word with a password": ("a.docx", PASSWORD_WORD, "设了打开密码"),
    "PDF with a password": ("a.pdf", PASSWORD_PDF, "设了打开密码|已损坏"),
    "a zip bomb": ("a.docx", word_file(p("x"), extra={"word/media/a.xml": b" " * 40_000_000}), "可能是恶意文件"),
    "entities that multiply": ("a.docx", word_file("", extra={"word/document.xml": ENTITIES.encode()}), "可能是恶意文件"),
    "parts outside the package": ("a.docx", word_file(p("x"), extra={"../../etc/cron.d/x": b"x"}), "部件路径越界"),
    "a broken package": ("a.docx", word_file(p("x"))[:-40], "已损坏"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def hand_over(client: Client, name: str, data: bytes) -> Any:
    client.force_login(person("bianji", "editor"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


# --- files --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_gazette_is_refused_in_words_and_leaves_nothing(client: Client, kind: str) -> None:
    name, data, words = REFUSED[kind]
    answer = hand_over(client, name, data)
    told = " ".join(re.findall(r'class="err"[^>]*>([^<]+)<', answer.content.decode()))
    assert answer.status_code == 422
    assert re.search(words, told), told
    assert not Edition.objects.exists()
    assert not Source.objects.exists()


def test_a_file_above_the_limit_is_refused_with_the_limit(client: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 200_000
    answer = hand_over(client, "a.txt", b"x" * 400_000)
    assert answer.status_code == 422
    assert "超过上限" in answer.content.decode()
    assert not Source.objects.exists()


def test_a_hostile_page_becomes_plain_words(client: Client) -> None:
    answer = hand_over(client, "通知.html", HOSTILE_PAGE.encode())
    assert answer.status_code == 302
    edition = Edition.objects.get()
    assert "steal()" not in edition.source.text.replace("<script>steal()</script>", "")
    document = edition.documents.earliest("pk")
    html = client.get(reverse("desk:document", args=[edition.pk, document.pk])).content.decode()
    for dangerous in ("<script>steal", "onerror=", "onload=", "javascript:", "<iframe"):
        assert dangerous not in html
    assert "3200" in html


def test_a_name_that_is_a_path_or_markup_stays_a_name(client: Client) -> None:
    hand_over(client, "../../<b>x<b>&.txt", SMALL.encode())
    source = Source.objects.get()
    assert "/" not in source.name
    assert "<b>x" not in client.get(reverse("desk:editions")).content.decode()


@pytest.mark.parametrize("damage", ["\0", "\ufffe", "\u202e", "\x1b[2J", "\x0b"])
def test_control_characters_in_a_gazette_do_no_harm(client: Client, damage: str) -> None:
    answer = hand_over(client, "a.txt", SMALL.replace("新增学位", f"新增{damage}学位").encode())
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        edition = Edition.objects.get()
        for name in ("edition", "findings", "names"):
            assert client.get(reverse(f"desk:{name}", args=[edition.pk])).status_code == 200
    else:
        assert re.search(r'class="err"[^>]*>[^<]+<', answer.content.decode())


def test_markup_written_into_a_gazette_is_shown_as_it_was_written(client: Client) -> None:
    hand_over(client, "a.txt", SMALL.replace("3200个", "3200个<script>alert(1)</script>").encode())
    edition = Edition.objects.get()
    for document in edition.documents.all():
        html = client.get(reverse("desk:document", args=[edition.pk, document.pk])).content.decode()
        assert "<script>alert" not in html
    assert Clause.objects.filter(text__contains="<script>alert(1)</script>").exists()


# --- headers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/en/", "/gazette/", LOGIN, "/nothing-here/", "/api/v1/openapi.json", "/desk/"])
def test_every_answer_carries_the_headers_that_protect(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Server" not in answer
    assert "X-Powered-By" not in answer


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    rules = {rule.split()[0]: rule.split()[1:] for rule in POLICY.split(";") if rule.strip()}
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("path", ["/", "/gazette/", "/errata/", LOGIN])
def test_no_page_has_a_script_or_style_of_its_own(client: Client, adopted_specimen: Edition, path: str) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", html)


def test_an_unknown_host_is_refused(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["gongbao.example"]
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
    assert client.get("/", HTTP_HOST="gongbao.example").status_code == 200


# --- logging in ---------------------------------------------------------------------------------------------------------


def log_in(client: Client, username: str, password: str, following: str = "") -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **({"next": following} if following else {})})


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:steal()",
        "\thttps://e.example",
    ],
)
def test_after_login_nobody_is_sent_to_another_site(client: Client, editor: User, target: str) -> None:
    answer = log_in(client, editor.username, password_of(editor.username), target)
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_keeping_a_preference_sends_nobody_to_another_site(client: Client, target: str) -> None:
    for answer in (
        client.get(reverse("portal:preference"), {"size": "large", "next": target}),
        client.post(reverse("portal:preference"), {"size": "large", "next": target}),
        client.get(reverse("portal:preference"), {"size": "large"}, HTTP_REFERER=target),
    ):
        assert "evil.example" not in answer.get("Location", "")


def test_a_session_that_was_planted_before_login_is_not_the_one_after(client: Client, editor: User) -> None:
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before or ""
    assert log_in(client, editor.username, password_of(editor.username)).status_code == 302
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()


def test_cookies_cannot_be_read_by_scripts_nor_sent_from_other_sites(client: Client, editor: User) -> None:
    log_in(client, editor.username, password_of(editor.username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_after_logout_the_old_session_opens_nothing(client: Client, editor: User) -> None:
    log_in(client, editor.username, password_of(editor.username))
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/desk/").status_code == 200
    client.post("/desk/account/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/desk/")["Location"].startswith(LOGIN)


def test_after_five_wrong_passwords_the_right_one_waits_too(client: Client, editor: User) -> None:
    answers = [log_in(client, editor.username, "wrong-wrong-wrong") for _ in range(6)]
    assert "/desk/" not in [answer.get("Location") for answer in answers]
    log_in(client, editor.username, password_of(editor.username))
    assert client.get("/desk/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: Client, editor: User) -> None:
    def told(username: str) -> list[str]:
        return re.findall(r'class="err"[^>]*>([^<]+)<', log_in(client, username, "wrong-wrong-wrong").content.decode())

    assert told(editor.username) == told("nobody-at-all") != []


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/code/"])
def test_doors_that_make_accounts_or_send_mail_are_closed(client: Client, path: str) -> None:
    assert client.get(f"/desk/account/{path}").status_code == 404
    assert client.post(f"/desk/account/{path}").status_code == 404


def test_an_act_without_the_token_of_its_form_is_refused(editor: User, proposed: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("shenhe", "reviewer"))
    assert strict.post(reverse("desk:adopt", args=[proposed.pk])).status_code == 403
    assert Edition.objects.get(pk=proposed.pk).state == "proposed"


def test_an_act_is_not_done_by_following_a_link(client: Client, proposed: Edition) -> None:
    client.force_login(person("shenhe", "reviewer"))
    for act in ("adopt", "refuse", "split", "merge", "text", "measure", "duty", "withdraw", "finding", "name", "reread"):
        assert client.get(reverse(f"desk:{act}", args=[proposed.pk])).status_code == 405
    assert Edition.objects.get(pk=proposed.pk).state == "proposed"


# --- addresses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/d/..%2f..%2fetc%2fpasswd/", "/d/%00/", "/d/%F0%9F%92%A9/", "/gazette/%27%20OR%201=1--/", "/gazette/2025-3/?view=%00",
        "/search/?q=%00", "/search/?q=" + "%E8%A1%A5" * 3000, "/search/?q=%22%27%5C%28%29%2A%3A%5E~", "/search/?page=-1&q=%E8%A1%A5%E8%B4%B4",
        "/search/?page=99999999999999999999&q=%E8%A1%A5%E8%B4%B4", "/?light=%3Cscript%3E&ind=%3Cscript%3E", "/static/../settings/base.py",
        "/static/%2e%2e/templating.py", "/d/%ED%A0%80/", "/gazette/2025-3/proof/?severity=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)  # fmt: skip
def test_a_strange_address_is_answered_without_failing(client: Client, adopted_specimen: Edition, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code < 500
    if not getattr(answer, "streaming", False):
        assert b"<script>alert" not in answer.content


def test_a_zero_byte_in_a_form_is_refused(client: Client, proposed: Edition) -> None:
    client.force_login(person("shenhe", "reviewer"))
    form = b"reason=%E9%87%8D\x00%E8%AF%BB"
    for body in (form, form.replace(b"\x00", b"%00")):
        answer = client.post(reverse("desk:refuse", args=[proposed.pk]), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400
    assert Edition.objects.get(pk=proposed.pk).state == "proposed"


def test_what_was_searched_for_is_shown_as_words(client: Client, adopted_specimen: Edition) -> None:
    html = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_a_proposal_is_not_public(client: Client, proposed: Edition) -> None:
    for document in proposed.documents.all():
        assert client.get(f"/d/{document.slug}/").status_code == 404
    assert client.get(f"/gazette/{proposed.slug}/").status_code == 404
    assert "岭南河市人民政府关于下达" not in client.get("/").content.decode()
