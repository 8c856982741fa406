"""What people read: the tree, the table, the reading page, Word; and that Word reads back to the same tree."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from taizhang.kernel.columns import column_count
from tests.cli.running import ROOT, TEXT, taizhang

SPECIMEN = ROOT / "packs/specimen/2025-03.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "specimen.txt").write_bytes(SPECIMEN.read_bytes())
    return folder


def shape(nodes: list[dict[str, Any]]) -> Iterator[tuple[str | None, ...]]:
    for node in nodes:
        yield node["kind"], node["num"], node["heading"], node["text"]
        yield from shape(node["children"])


def told_tree(documents: list[dict[str, Any]]) -> Iterator[Any]:
    for document in documents:
        yield document["role"], document["kind"], document["title"], document["number"], document["issued_on"]
        yield from shape(document["nodes"])
        yield from ((t["caption"], t["header"], t["rows"]) for t in document["tables"])
        yield from told_tree(document["documents"])


def read(folder: Path, name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(taizhang("parse", name, "-f", "json", cwd=folder).out)
    return value


def test_the_specimen_exported_to_word_reads_back_to_the_same_tree(folder: Path) -> None:
    assert taizhang("export", "specimen.txt", "-o", "specimen.docx", cwd=folder).code == 0
    printed, word = read(folder, "specimen.txt"), read(folder, "specimen.docx")
    assert list(told_tree(word["documents"])) == list(told_tree(printed["documents"]))
    same = ("title", "year", "number", "total_number", "published_on", "publisher", "editors")
    assert [word["issue"][k] for k in same] == [printed["issue"][k] for k in same]


def test_the_tree_shows_number_date_and_first_words(folder: Path) -> None:
    lines = taizhang("parse", "a.txt", cwd=folder).text.splitlines()
    assert lines[0] == "松溪市人民政府公报  2031年第4号  总第12号"
    assert lines[1].startswith("└─ [通知] 松溪市人民政府办公室关于做好渔港修缮工作的通知")
    assert lines[1].endswith("松政办〔2031〕9号  2031-03-08")
    assert "   ├─ 一、修缮任务" in lines
    assert "   │  ├─ （一）修缮渔港12座。" in lines


@pytest.mark.parametrize("columns", [60, 72, 120])
def test_no_line_of_the_tree_is_wider_than_asked(folder: Path, columns: int) -> None:
    lines = taizhang("parse", "specimen.txt", cwd=folder, COLUMNS=str(columns)).text.splitlines()
    # A document keeps its number whole, since it is what people look for.
    assert [line for line in lines[1:-1] if column_count(line) > columns and "〔" not in line] == []


def test_the_tree_can_be_cut_at_a_depth(folder: Path) -> None:
    assert "修缮任务" not in taizhang("parse", "a.txt", "--depth", "0", cwd=folder).text
    one = taizhang("parse", "a.txt", "--depth", "1", cwd=folder).text
    assert "修缮任务" in one
    assert "修缮渔港12座" not in one


def test_the_table_of_targets_names_bodies_points_and_figures(folder: Path) -> None:
    text = taizhang("targets", "specimen.txt", cwd=folder).text
    assert "市教育局  800分" in text
    assert "  重点目标  600分" in text
    assert "→ 地区生产总值 增长 6.5%" in text
    assert "牵头 " in text
    assert text.splitlines()[-1].startswith("责任书 55 份，目标 735 项")


def test_csv_has_a_row_a_measure_and_runs_no_formula(tmp_path: Path) -> None:
    hostile = TEXT.replace("（一）修缮渔港12座。", "=1+1\n-2座渔港要修缮12座。")
    (tmp_path / "a.txt").write_text(hostile, "utf-8")
    rows = list(csv.DictReader(io.StringIO(taizhang("targets", "a.txt", "-f", "csv", cwd=tmp_path).text)))
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@" and not cell[1:2].isdigit()]
    assert {"指标", "数值", "单位", "引文"} <= set(rows[0])


def test_csv_of_several_files_has_one_head_and_names_the_file(folder: Path) -> None:
    text = taizhang("targets", "a.txt", "a.txt", "-f", "csv", cwd=folder).text
    assert text.count("指标") == 1
    assert text.splitlines()[1].startswith("a.txt,")


def test_the_reading_page_stands_alone_and_has_an_address_for_every_clause(folder: Path) -> None:
    page = taizhang("parse", "a.txt", "-f", "html", cwd=folder).text
    assert "<link" not in page
    assert "<script" not in page
    assert "松溪市人民政府公报 2031年第4号" in page
    for node in read(folder, "a.txt")["documents"][0]["nodes"]:
        assert f":{node['eid']}" in page


def test_a_pack_gives_works_their_addresses(folder: Path) -> None:
    plain = taizhang("export", "specimen.txt", "-f", "akn", cwd=folder).text
    assert "/akn/cn-" not in plain
    named = taizhang("export", "specimen.txt", "-f", "akn", "--pack", str(SPECIMEN.parent), cwd=folder).text
    assert '"/akn/cn-419900/act/' in named


def test_a_pack_that_is_none_is_refused(folder: Path) -> None:
    told = taizhang("proof", "a.txt", "--pack", "nowhere", cwd=folder)
    assert told.code == 2
    assert "nowhere" in told.err


@pytest.mark.parametrize(
    "words", [["parse", "--depth", "0"], ["targets"], ["proof"], ["proof", "-f", "html"], ["proof", "-f", "sarif"]]
)
def test_in_english_the_frame_is_english_and_the_quotations_chinese(folder: Path, words: list[str]) -> None:
    text = taizhang(words[0], "specimen.txt", *words[1:], "--lang", "en", cwd=folder).text
    assert "崤陵市" in text or "崤政" in text
    for frame in ("：错误", "责任书 5", "文件 1", "校对报告", "= 建议", ">建议<"):
        assert frame not in text
