"""Commands over rows: accounts, ingest, search, ledger. They call the operations, so what an operation refuses is refused here."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.accounts.operations import close_user
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.ledger.chain import seal_pending
from taizhang.apps.ledger.models import Entry, Seal
from taizhang.apps.targets.models import Item
from taizhang.cli import language
from taizhang.cli.ledger import anchor_of
from taizhang.cli.main import main
from taizhang.cli.site_errors import AnchorIsMalformedError
from tests.apps_fixtures import NOW, person
from tests.proposals import SMALL

pytestmark = pytest.mark.django_db
PASSWORD = "lian-hua-shan-2049"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*words: str, typed: str = "") -> tuple[int, str, str]:
        language.use("zh")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        code = main(list(words))
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def issue(tmp_path: Path) -> str:
    path = tmp_path / "2025-01.txt"
    path.write_text(SMALL, "utf-8")
    return str(path)


@pytest.fixture
def two_people() -> None:
    person("bianji", "editor")
    person("shenhe", "reviewer")


def test_an_account_is_made_with_its_roles_and_its_password_from_standard_input(run: Run) -> None:
    code, out, _ = run("user", "add", "zhangsan", "--name", "张三", "--role", "editor", typed=f"{PASSWORD}\n")
    assert (code, out) == (0, "zhangsan\t张三\teditor\n")
    assert User.objects.get(username="zhangsan").check_password(PASSWORD)


def test_what_the_console_does_is_in_the_ledger_and_no_password_with_it(run: Run) -> None:
    run("user", "add", "zhangsan", "--role", "editor", typed=f"{PASSWORD}\n")
    entries = list(Entry.objects.order_by("id"))
    assert [(e.operation, e.subject) for e in entries] == [
        ("accounts.add_user", "user:zhangsan"),
        ("accounts.grant_role", "user:zhangsan"),
    ]
    assert all(e.by.startswith("console:") for e in entries)
    assert PASSWORD not in "".join(str(e.after) for e in entries)


def test_an_account_whose_role_is_refused_is_not_made_either(run: Run) -> None:
    code, _, err = run("user", "add", "zhangsan", "--role", "king", typed=f"{PASSWORD}\n")
    assert code == 2
    assert "没有“king”这个岗位" in err
    assert not User.objects.filter(username="zhangsan").exists()


@pytest.mark.parametrize("typed", ["", "short\n"])
def test_a_weak_password_is_refused_with_the_reason(run: Run, typed: str) -> None:
    code, _, err = run("user", "add", "zhangsan", typed=typed)
    assert code == 2
    assert "密码不合规" in err


def test_roles_are_given_and_taken(run: Run) -> None:
    person("lisi")
    assert run("user", "grant", "lisi", "editor", "reporter:cn-1/jiaoyuju")[1] == "lisi\tlisi\teditor reporter:cn-1/jiaoyuju\n"
    assert run("user", "revoke", "lisi", "editor")[1] == "lisi\tlisi\treporter:cn-1/jiaoyuju\n"


def test_a_closed_account_is_shown_as_closed_and_may_nothing(run: Run) -> None:
    user = person("lisi", "editor")
    assert "（停用）" in run("user", "close", "lisi")[1]
    user.refresh_from_db()
    assert not user.may("gazettes.propose")
    assert "（停用）" not in run("user", "open", "lisi")[1]


def test_an_unknown_account_is_named_with_what_to_do(run: Run) -> None:
    code, _, err = run("user", "close", "nobody")
    assert code == 2
    assert "没有“nobody”这个账号" in err
    assert "taizhang user list" in err


def test_the_address_for_reminders_is_changed_and_taken_away(run: Run) -> None:
    user = person("lisi")
    assert run("user", "address", "lisi", "lisi@example.cn")[0] == 0
    user.refresh_from_db()
    assert user.email == "lisi@example.cn"
    code, _, err = run("user", "address", "lisi", "李四")
    assert code == 2
    assert "“李四”不是邮件地址" in err
    run("user", "address", "lisi")
    user.refresh_from_db()
    assert user.email == ""


def test_roles_are_listed(run: Run) -> None:
    assert "editor\t公报编辑\n" in run("user", "roles")[1]


def test_an_issue_is_handed_in_by_one_and_adopted_by_another(run: Run, issue: str, two_people: None) -> None:
    code, _, err = run("ingest", issue, "--by", "bianji", "--adopt-by", "shenhe")
    assert code == 0
    assert "2025-01.txt：2025-1" in err
    edition = Edition.objects.get()
    assert (edition.state, edition.proposed_by, edition.decided_by) == ("adopted", "bianji", "shenhe")


def test_without_a_second_person_it_waits_on_the_desk_and_goes_on_later(run: Run, issue: str, two_people: None) -> None:
    run("ingest", issue, "--by", "bianji")
    assert Edition.objects.get().state == "proposed"
    run("ingest", issue, "--by", "bianji", "--adopt-by", "shenhe")
    assert Edition.objects.get().state == "adopted"


def test_ingesting_twice_changes_nothing(run: Run, issue: str, two_people: None) -> None:
    words = ("ingest", issue, "--by", "bianji", "--adopt-by", "shenhe")
    run(*words)
    before = (Entry.objects.count(), Item.objects.count())
    assert run(*words)[0] == 0
    assert (Entry.objects.count(), Item.objects.count()) == before


def test_nobody_adopts_what_they_handed_in(run: Run, issue: str) -> None:
    person("dandan", "editor", "reviewer")
    code, _, err = run("ingest", issue, "--by", "dandan", "--adopt-by", "dandan")
    assert code == 2
    assert "提出人不能自己采纳" in err
    assert Edition.objects.get().state == "proposed"


def test_who_lacks_the_role_is_refused_and_nothing_is_written(run: Run, issue: str) -> None:
    close_user(by=person("guanli", "administrator"), at=NOW, user=person("bianji", "editor"))
    before = Entry.objects.count()
    assert run("ingest", issue, "--by", "bianji")[0] == 2
    assert (Edition.objects.count(), Entry.objects.count()) == (0, before)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, issue: str, two_people: None, tmp_path: Path) -> None:
    code, _, err = run("ingest", str(tmp_path / "none.txt"), issue, "--by", "bianji")
    assert code == 2
    assert "找不到文件" in err
    assert Edition.objects.count() == 1


def test_search_finds_the_sentence_with_its_citation(run: Run, issue: str, two_people: None) -> None:
    run("ingest", issue, "--by", "bianji", "--adopt-by", "shenhe")
    code, out, _ = run("search", "学位")
    assert code == 0
    assert "岭政〔2025〕2号" in out
    assert "【学位】" in out
    assert run("search", "骆驼")[:2] == (1, "共 0 处，第 1 页，共 1 页\n")
    assert "索引已重建" in run("search", "--rebuild")[1]


def test_a_search_without_words_is_refused(run: Run) -> None:
    code, _, err = run("search")
    assert code == 2
    assert "没有写要找的词" in err


def test_a_whole_ledger_verifies_and_shows_its_head(run: Run, issue: str, two_people: None) -> None:
    run("ingest", issue, "--by", "bianji", "--adopt-by", "shenhe")
    assert run("ledger", "seal")[1] == "接上了 2 条\n"
    head = run("ledger", "head")[1].strip()
    code, out, _ = run("ledger", "verify", "--anchor", head)
    assert code == 0
    assert f"台账完好：2 条已接链，0 条待接，最新校验值 {head}" in out


def test_a_changed_entry_is_named_and_ends_with_1(run: Run) -> None:
    person("lisi")
    run("user", "grant", "lisi", "editor")
    seal_pending(at=NOW)
    entry = Entry.objects.get()
    Entry.objects.filter(pk=entry.pk).update(after={"role": "reviewer", "body": ""})
    code, out, _ = run("ledger", "verify")
    assert code == 1
    assert f"第 1 环（第 {entry.pk} 条）：内容和它自己的摘要不符" in out


def test_a_chain_made_anew_does_not_fit_the_printed_head(run: Run) -> None:
    person("lisi")
    run("user", "grant", "lisi", "editor")
    seal_pending(at=NOW)
    printed = run("ledger", "head")[1].strip()
    Seal.objects.all().delete()
    run("user", "revoke", "lisi", "editor")
    Entry.objects.order_by("id").first().delete()
    seal_pending(at=NOW)
    assert run("ledger", "verify")[0] == 0
    code, out, _ = run("ledger", "verify", "--anchor", printed)
    assert code == 1
    assert "和印出的校验值不符" in out


@pytest.mark.parametrize("text", ["", "x", "0:" + "a" * 64, "1:" + "a" * 63, "1" + "a" * 64])
def test_a_malformed_head_is_refused_in_words(text: str) -> None:
    with pytest.raises(AnchorIsMalformedError, match="读不懂"):
        anchor_of(text)


def test_a_head_is_read_with_full_width_colon_capitals_and_spaces() -> None:
    assert anchor_of(" 12：" + "AB" * 32) == (12, "ab" * 32)
