"""All that people read has English, and nothing is lost on the way from the code to the catalogue."""

import ast

import pytest

from taizhang.locale import catalogue


def read(code: str, *, is_door: bool = False) -> tuple[list[str], int]:
    reader = catalogue._Reader("x.py", ast.parse(code), is_door=is_door)
    return [w.text for w in reader.words()], len(reader.unread)


def test_every_sentence_has_english_that_takes_the_same_facts() -> None:
    assert catalogue.problems() == []


def test_the_english_holds_no_chinese_but_examples_and_printed_marks() -> None:
    leftovers = [str(m.id) for m in catalogue.read_catalogue() if m.id and len(catalogue._HAN.findall(str(m.string))) > 8]
    assert leftovers == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('Message("共{n}项", {"n": "3"})', ["共{n}项"]),
        ('Message("甲" if x else "乙")', ["甲", "乙"]),
        ('T = "常量"\nMessage(T)', ["常量"]),
        ('Message("前半，"\n  "后半")', ["前半，后半"]),
        ('W = {"a": "甲", "b": "乙"}\nMessage(W[k])', ["甲", "乙"]),
        ('class XError(TaizhangError):\n    template = "坏了"', ["坏了"]),
        ('@rule(id="a.b", title="标题", why="缘由", severity=s)\ndef f(): ...', ["标题", "缘由"]),
        ('translate("词")', ["词"]),
        ('self.tr("：")', ["："]),
        ('tr("plain")', []),
    ],
)
def test_sentences_are_found_where_they_are_written(code: str, texts: list[str]) -> None:
    assert read(code) == (texts, 0)


@pytest.mark.parametrize("code", ['Message(f"共{n}项")', 'Message("共" + str(n))', 'translate(f"{x}项")'])
def test_a_sentence_that_cannot_be_read_from_the_code_is_named(code: str) -> None:
    assert read(code)[1] == 1


def test_a_door_speaks_every_chinese_text_but_docstrings_and_pieces() -> None:
    code = '"""模块"""\nNOTES = "说明"\ndef f():\n    """函数"""\n    return f"片段{x}"\n'
    assert read(code, is_door=True) == (["说明"], 0)


def test_english_that_names_an_unknown_fact_is_seen() -> None:
    made = catalogue.Catalog(locale="en")
    made.add("共{n}项", "{count} items")
    made.add("共{m}项", "{m} items")
    made.add("散", "")
    assert catalogue.mistranslated(made) == ["共{n}项"]
    assert catalogue.untranslated(made) == ["散"]


def test_compiling_twice_gives_the_same_bytes() -> None:
    made = catalogue.read_catalogue()
    assert catalogue.compiled(made) == catalogue.compiled(made)
