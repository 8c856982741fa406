"""The index finds a row exactly where the folded word is a substring of the folded row, whatever the word."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.backends.search import Row, Wish, fold, marked, rebuild, search, stamps, terms_of, update

TEXTS = (
    "城镇新增就业3.6万人,其中失业人员再就业0.95万人",
    "再生水利用率达到35%",
    "水利投资完成 12 亿元",
    "崤政〔2025〕6号",
    "PM2.5平均浓度下降3微克/立方米",
    "对困难残疾人发放生活补贴",
    "补",
    "Ｇ２０９线改造，增长８％；",
    "",
)
_ALPHABET = st.sampled_from("城镇新增就业补贴水利用率崤政〔〕[]（）(2025)6号PpMm.％% 8　〇\n")


def rows(texts: tuple[str, ...] = TEXTS, group: str = "e1") -> list[Row]:
    return [
        Row(group, f"{group}-{n}", text, "title" if n % 2 else "clause", f"d{n % 3}", "2025-03", (f"u{n % 2}", "u9"))
        for n, text in enumerate(texts)
    ]


def keys(folder: Path, words: str, **chosen: str) -> set[str]:
    return {hit.key for hit in search(folder, Wish(words, chosen, limit=1000)).hits}


def truth(made: list[Row], words: str) -> set[str]:
    terms = terms_of(words)
    return {row.key for row in made if terms and all(term in fold(row.text) for term in terms)}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    rebuild(tmp_path, rows(), {"e1": "first"})
    return tmp_path


@pytest.mark.parametrize(
    "words",
    ["就业", "业", "水利", "利用率", "补贴", "补", "g209", "Ｇ２０９", "8%", "８％", "pm2.5", "PM2.5", "2025]6", "(2025)6号", "3.6 万", "就业 失业",
     "失业 就业", "没有", "。", "12亿", "　", "", "%", "6号 崤政"],
)  # fmt: skip
def test_what_is_found_is_what_is_written(index: Path, words: str) -> None:
    assert keys(index, words) == truth(rows(), words)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(_ALPHABET, max_size=24), max_size=12).map(tuple), words=st.text(_ALPHABET, max_size=6))
def test_any_text_and_any_words(tmp_path: Path, texts: tuple[str, ...], words: str) -> None:
    rebuild(tmp_path, rows(texts))
    assert keys(tmp_path, words) == truth(rows(texts), words)


@given(st.text(max_size=60), st.text(max_size=4))
def test_marks_cover_exactly_the_hits(text: str, word: str) -> None:
    for term in terms_of(word):
        spans = marked(text, [term])
        assert bool(spans) == (term in fold(text))
        for start, end in spans:
            assert term in fold(text[start:end])


def test_overlapping_hits_are_marked_as_one_stretch() -> None:
    assert marked("再就业人员再就业", ["再就业"]) == [(0, 3), (5, 8)]
    assert marked("补补补", ["补补"]) == [(0, 3)]
    assert marked("完成 3 . 6 万人", ["3.6万"]) == [(3, 10)]


def test_facets_count_what_the_words_leave_and_can_be_changed(index: Path) -> None:
    found = search(index, Wish("就业", {}))
    assert dict(found.facets["kind"]) == {"clause": 1}
    everything = search(index, Wish("2"))
    assert everything.count == sum(n for _, n in everything.facets["kind"])
    chosen = search(index, Wish("2", {"kind": "title"}))
    assert chosen.count == dict(everything.facets["kind"])["title"]
    # The other values of the facet chosen keep their counts, so that one can go over to them.
    assert chosen.facets["kind"] == everything.facets["kind"]
    assert dict(chosen.facets["unit"])["u9"] == chosen.count


def test_pages_hold_every_hit_once(index: Path) -> None:
    pages = [search(index, Wish("2", limit=2, offset=offset)) for offset in (0, 2, 4)]
    seen = [hit.key for page in pages for hit in page.hits]
    assert len(seen) == len(set(seen)) == pages[0].count


def test_rows_of_the_kind_preferred_come_first(tmp_path: Path) -> None:
    rebuild(tmp_path, [Row("g", "a", "补贴补贴补贴", "clause"), Row("g", "b", "关于补贴资金的通知和其他许多事情", "title")])
    assert [hit.key for hit in search(tmp_path, Wish("补贴", prefer="title")).hits] == ["b", "a"]


def test_a_group_is_replaced_as_a_whole(index: Path) -> None:
    update(index, ["e1"], rows(("只有这一句", "就业两个字"), "e2"), {"e2": "second"})
    assert keys(index, "就业") == {"e2-1"}
    assert stamps(index) == {"e2": "second"}


def test_a_rebuilt_index_forgets_what_was_there_and_its_files(index: Path) -> None:
    before = {path.name for path in index.glob("g-*")}
    rebuild(index, rows(("换了一句",), "e3"))
    assert keys(index, "就业") == set()
    assert keys(index, "一句") == {"e3-0"}
    assert before.isdisjoint(path.name for path in index.glob("g-*"))


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(index: Path) -> None:
    def broken() -> object:
        yield Row("e4", "x", "半途而废", "clause")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rebuild(index, broken())  # type: ignore[arg-type]
    assert keys(index, "就业") == {"e1-0"}
    assert keys(index, "半途") == set()
    rebuild(index, rows())
    assert keys(index, "就业") == {"e1-0"}


@pytest.mark.parametrize("harm", ["nothing", "no list", "not json", "lost files", "old form"])
def test_an_index_that_is_not_usable_counts_as_empty(index: Path, harm: str) -> None:
    current = index / "current.json"
    if harm == "nothing":
        index = index / "elsewhere"
    elif harm == "no list":
        current.unlink()
    elif harm == "not json":
        current.write_text("{", "utf-8")
    elif harm == "lost files":
        for path in index.glob("g-*/*"):
            path.unlink()
        current.write_text(current.read_text("utf-8").replace('"serial": "', '"serial": "x'), "utf-8")
    else:
        current.write_text(current.read_text("utf-8").replace('"form": 1', '"form": 0'), "utf-8")
    if harm != "lost files":
        assert search(index, Wish("就业")).count == 0
        assert stamps(index) is None
    rebuild(index, rows())
    assert keys(index, "就业") == {"e1-0"}
