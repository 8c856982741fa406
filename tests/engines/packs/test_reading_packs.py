from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.gazette import read_issue
from taizhang.engines.packs import PackProblem, ProblemSeverity, check_against_issue, cite, read_pack
from taizhang.engines.registry import BodyKind, Registry, read_events
from taizhang.kernel.toml_text import read_toml

PACK = """format = 1

[pack]
id = "qing"
name = "青州市"
fictional = true

[place]
name = "青州市"
province = "东海省"
area_code = "379900"

[[area]]
id = "east-lake"
name = "东湖区"
kind = "district"
code = "379902"

[[document_code]]
code = "青政"
issuer = "city-government"
"""
BODIES = """[[body]]
id = "city-government"
kind = "government"
name = "青州市人民政府"

[[body]]
id = "ecology"
kind = "department"
[[body.names]]
text = "青州市环境保护局"
until = 2019-02-28
[[body.names]]
text = "青州市生态环境局"
from = 2019-03-01
"""
INTERPRETATIONS = """[[interpretation]]
id = "year"
document = "青政〔2025〕9号"
clause = "一"
quote = "每户每年不超过2吨"
question = "问"
answer = "答"
why = "因"
changed_by = "市政府办公室"
value = "season"
options = ["season", "calendar"]
"""
ISSUE = """青州市人民政府关于青州市体育局更名的通知

青政〔2025〕9号

各县（市、区）人民政府：

一、补贴数量每户每年
不超过2吨。

二、青州市体育局更名为青州市文体局。

青州市人民政府

2025年3月14日
"""


def problems(pack: str = PACK, bodies: str = BODIES, interpretations: str = INTERPRETATIONS) -> list[PackProblem]:
    files = {"pack.toml": pack, "bodies.toml": bodies, "interpretations.toml": interpretations}
    return list(read_pack(files, present=("pack.toml",)).problems)


def told(problem: PackProblem) -> tuple[str, str, int | None, str]:
    return problem.code, problem.file, problem.line, problem.key


def test_a_right_pack_gives_its_values() -> None:
    files = {"pack.toml": PACK, "bodies.toml": BODIES, "interpretations.toml": INTERPRETATIONS}
    pack = read_pack(files).pack
    assert pack is not None
    assert (pack.id, pack.fictional, pack.place.name, pack.place.area_code.value) == ("qing", True, "青州市", "379900")
    area, _, ecology = pack.bodies
    assert (area.kind, area.area, area.names[0].text) == (BodyKind.AREA, "379902", "东湖区")
    assert [(n.text, n.period.start, n.period.end) for n in ecology.names] == [
        ("青州市环境保护局", None, date(2019, 2, 28)),
        ("青州市生态环境局", date(2019, 3, 1), None),
    ]
    (interpretation,) = pack.interpretations
    assert (interpretation.value, interpretation.practice, interpretation.is_on) == ("season", False, True)


def test_a_byte_order_mark_is_no_part_of_the_pack() -> None:
    assert problems(pack="\ufeff" + PACK) == []


WRONG = [
    ("pack", 'id = "qing"', 'idd = "qing"', ("packs.misspelt-key", 4, "pack.idd")),
    ("pack", 'name = "青州市"\nfictional', 'colour = "红"\nname = "青州市"\nfictional', ("packs.unknown-key", 5, "pack.colour")),
    ("pack", "fictional = true\n", "", ("packs.key-is-missing", 3, "pack")),
    ("pack", "fictional = true", 'fictional = "yes"', ("packs.wrong-type", 6, "pack.fictional")),
    ("pack", 'code = "379902"', "code = 379902", ("packs.wrong-type", 17, "area[0].code")),
    ("pack", 'code = "379902"', 'code = "37990"', ("packs.wrong-type", 17, "area[0].code")),
    ("pack", 'kind = "district"', 'kind = "province"', ("packs.unknown-choice", 16, "area[0].kind")),
    ("pack", "[place]", "[[place]]", ("packs.wrong-table", 8, "place")),
    ("pack", "format = 1", "format = 2", ("packs.format-is-unknown", 1, "format")),
    ("pack", 'code = "379902"', 'code = "379802"', ("packs.code-outside-place", 17, "area[0].code")),
    ("pack", '"379900"', '"370100"', ("packs.code-is-assignable", 11, "place.area_code")),
    ("pack", "fictional = true", "fictional = false", ("packs.code-is-unassigned", 11, "place.area_code")),
    ("pack", 'code = "379902"', 'code = "379900"', ("packs.repeated-code", 17, "area[0].code")),
    ("pack", 'code = "379902"\n', "", ("packs.code-is-not-explained", 13, "area[0]")),
    ("pack", 'code = "379902"', 'code = "379902"\ncode_absent = "无"', ("packs.code-given-and-absent", 13, "area[0]")),
    ("pack", 'code = "379902"', 'code = "379922"', ("packs.code-does-not-fit-kind", 17, "area[0].code")),
    ("pack", 'issuer = "city-government"', 'issuer = "county"', ("packs.issuer-is-unknown", 21, "document_code[0].issuer")),
    ("pack", "[[document_code]]", '[[issue]]\nfile = "x.txt"\n\n[[document_code]]', ("packs.issue-is-missing", 20, "issue[0].file")),
    ("pack", "[[area]]", "[[area]", ("packs.file-is-not-toml", 13, "")),
    ("bodies", 'id = "ecology"', 'id = "city-government"', ("packs.repeated-id", 7, "body[1].id")),
    ("bodies", 'id = "ecology"', 'id = "east-lake"', ("packs.repeated-id", 7, "body[1].id")),
    ("bodies", 'id = "ecology"', 'id = "Ecology"', ("packs.wrong-type", 7, "body[1].id")),
    ("bodies", "from = 2019-03-01", "from = 2019-02-01", ("packs.periods-overlap", 12, "body[1].names[1]")),
    ("bodies", "until = 2019-02-28", "until = 2019-02-28\nfrom = 2020-01-01", ("packs.name-ends-before-it-starts", 11, "body[1].names[0].until")),
    ("bodies", "from = 2019-03-01", 'from = "2019-03-01"', ("packs.wrong-type", 14, "body[1].names[1].from")),
    ("bodies", "青州市生态环境局", "青州市人民政府", ("packs.name-is-shared", 12, "body[1].names[1]")),
    ("bodies", 'name = "青州市人民政府"', 'short = ["市政府"]', ("packs.body-has-no-name", 1, "body[0]")),
    ("bodies", '"government"', '"ministry"', ("packs.unknown-choice", 3, "body[0].kind")),
    ("interpretations", 'quote = "每户每年不超过2吨"\n', "", ("packs.quote-is-missing", 1, "interpretation[0]")),
    ("interpretations", "青政〔2025〕9号", "青政(2025)9号", ("packs.number-is-malformed", 3, "interpretation[0].document")),
    ("interpretations", 'value = "season"', 'value = "year"', ("packs.value-is-no-option", 10, "interpretation[0].value")),
    ("interpretations", 'value = "season"', 'on = true\nvalue = "season"', ("packs.text-is-switched", 10, "interpretation[0].on")),
    ("interpretations", 'value = "season"', 'practice = true\nvalue = "season"', ("packs.practice-is-not-switched", 1, "interpretation[0]")),
    ("interpretations", 'why = "因"', 'why = " "', ("packs.wrong-type", 8, "interpretation[0].why")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "wanted"), WRONG)
def test_a_mistake_is_told_with_file_key_and_line(file: str, right: str, wrong: str, wanted: tuple[str, int, str]) -> None:
    text = {"pack": PACK, "bodies": BODIES, "interpretations": INTERPRETATIONS}[file]
    assert right in text
    found = problems(**{file: text.replace(right, wrong, 1)})
    code, line, key = wanted
    assert (code, f"{file}.toml", line, key) in [told(p) for p in found]
    assert all(str(p.message) and str(p.advice) for p in found)


def test_a_missing_file_is_told_by_name() -> None:
    reading = read_pack({"pack.toml": PACK})
    assert reading.pack is None
    assert [(p.code, p.file) for p in reading.errors] == [("packs.file-is-missing", "bodies.toml")]


def test_an_unknown_toml_file_is_only_a_warning() -> None:
    reading = read_pack({"pack.toml": PACK, "bodies.toml": BODIES, "body.toml": "a = 1"})
    assert reading.pack is not None
    assert [(p.code, p.severity) for p in reading.problems] == [("packs.unknown-file", ProblemSeverity.WARNING)]


def against(
    bodies: str = BODIES, interpretations: str = INTERPRETATIONS, *, issue: str = ISSUE, is_own: bool = True
) -> list[PackProblem]:
    files = {"pack.toml": PACK, "bodies.toml": bodies, "interpretations.toml": interpretations}
    pack = read_pack(files).pack
    assert pack is not None
    return list(check_against_issue(pack, read_issue(issue), files, is_own=is_own))


def test_a_quote_is_found_over_a_broken_line() -> None:
    assert against() == []


def test_a_quote_that_is_not_in_the_document_is_told() -> None:
    (problem,) = against(interpretations=INTERPRETATIONS.replace("不超过2吨", "不超过3吨"))
    assert told(problem) == ("packs.quote-is-not-in-text", "interpretations.toml", 5, "interpretation[0].quote")


def test_a_document_that_the_shipped_issue_lacks_is_told_but_not_one_another_issue_lacks() -> None:
    other = INTERPRETATIONS.replace("〔2025〕9号", "〔2025〕10号")
    assert [p.code for p in against(interpretations=other)] == ["packs.document-is-not-in-text"]
    assert against(interpretations=other, is_own=False) == []


def test_a_rename_that_stands_in_the_text_is_not_to_be_typed_again() -> None:
    sport = BODIES + '\n[[body]]\nid = "sport"\nkind = "department"\nname = "青州市文体局"\n'
    (problem,) = against(bodies=sport)
    assert (problem.code, problem.severity) == ("packs.rename-stands-in-text", ProblemSeverity.WARNING)
    assert "青州市体育局" in str(problem.advice)


def test_the_clause_of_an_interpretation_is_found_by_its_quote() -> None:
    pack = read_pack({"pack.toml": PACK, "bodies.toml": BODIES, "interpretations.toml": INTERPRETATIONS}).pack
    assert pack is not None
    issue = ISSUE.replace("每年\n不超过2吨", "每年 不超过 2吨")
    citation = cite(pack.interpretations[0], read_issue(issue))
    assert citation is not None
    assert citation.eid == "sec_1"
    assert issue[citation.span.start : citation.span.end] == "每户每年 不超过 2吨"


SPECIMEN = Path(__file__).parents[3] / "packs/specimen"


def test_the_specimen_pack_fits_its_issue_and_knows_every_body_that_owes_targets() -> None:
    files = {p.name: p.read_text("utf-8") for p in SPECIMEN.glob("*.toml")}
    reading = read_pack(files, [p.name for p in SPECIMEN.iterdir()])
    assert reading.problems == ()
    assert reading.pack is not None
    with (SPECIMEN / "2025-03.txt").open(encoding="utf-8", newline="") as file:
        issue = read_issue(file.read())
    assert check_against_issue(reading.pack, issue, files) == ()
    registry = Registry.of(reading.pack.bodies, read_events(issue.documents), reading.pack.place.name)
    before, after = (registry.resolve("市数据局", date(2025, 3, day)).one for day in (13, 14))
    assert before is not None
    assert after is not None
    assert (before.validity.value, before.now_called) == ("not_yet", "崤陵市大数据管理局")
    assert (str(after.body.id), after.validity.value) == ("data", "valid")


def test_the_packs_of_the_project_have_no_problem_of_form() -> None:
    for folder in SPECIMEN.parent.iterdir():
        files = {p.name: p.read_text("utf-8") for p in folder.glob("*.toml")}
        assert read_pack(files, [p.name for p in folder.iterdir()]).problems == (), folder.name


@given(st.text(alphabet="[]\"'=#\n.ab1 {},\\", max_size=120))
def test_any_text_is_read_or_complained_of(text: str) -> None:
    reading = read_toml(text)
    assert (reading.values is None) == (reading.complaint is not None)
    read_pack({"pack.toml": text, "bodies.toml": text, "interpretations.toml": text})


@given(
    st.dictionaries(
        st.sampled_from(["pack", "place", "area", "format"]), st.sampled_from(["1", '"x"', "[]", "[1]", "{a=1}", "true", "[[1]]"])
    )
)
def test_values_of_any_type_are_told_of_not_raised(values: dict[str, str]) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in values.items())
    assert read_pack({"pack.toml": text, "bodies.toml": ""}).pack is None


def test_lines_are_right_after_strings_and_arrays_of_several_lines() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\nd = [\n  "[x]",\n  "y = 1",\n]\n[[e]]\nf = 1\n[[e]]\nf = \'#[\'\n[e.g]\nh = 1\n'
    lines = read_toml(text).lines
    assert lines == {"a": 1, "d": 5, "e[0]": 9, "e[0].f": 10, "e[1]": 11, "e[1].f": 12, "e[1].g": 13, "e[1].g.h": 14}
