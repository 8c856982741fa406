"""A small invented gazette, proposed and read: quick to make, with a clause to split, figures to fix and a sheet."""

from datetime import UTC, datetime
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import operations
from taizhang.apps.gazettes.models import Clause, Edition, Erratum
from taizhang.apps.targets.ingest import hand_in, read_edition
from tests.apps_fixtures import SPECIMEN, person

NOW = datetime(2025, 4, 2, 1, 0, tzinfo=UTC)
DOCUMENT = "岭政〔2025〕2号"
SMALL = """岭南河市人民政府公报
2025年第1号（总第9号）

岭南河市人民政府关于下达2025年责任目标的通知
岭政〔2025〕2号

各县区人民政府，市政府各部门：
现将2025年责任目标下达给你们，请认真完成。
一、目标的下达
（一）各单位要在6月底前完成分解。责任单位：市教育局、市财政局。
（二）全年新增学位3200个，经费增长6.5%。不得挪用专项经费。
二、目标的考核
考核由市政府办公室负责。

2025年3月5日

市教育局
（一）重点目标（600分）
1. 新建公办幼儿园12所（300分）；
2. 招聘教师480人（200分）。
（二）一般目标（200分）
3. 完成市下达的消防工作目标任务（200分）。
"""
TWO_SENTENCES = "sec_1__subsec_2"  # 全年新增学位3200个，经费增长6.5%。不得挪用专项经费。
WITH_BODIES = "sec_1__subsec_1"  # 责任单位：市教育局、市财政局。


def propose(by: User, text: str = SMALL, name: str = "2025-01.txt") -> Edition:
    """Hand a text in and read it."""
    edition = hand_in(by=by, at=NOW, data=text.encode(), name=name, pack=str(SPECIMEN), limit=10**7)
    return read_edition(edition.pk)


def clause(edition: Edition, eid: str) -> Clause:
    return Clause.objects.get(document__edition=edition, eid=eid)


def adopt(by: User, edition: Edition) -> Edition:
    done: Edition = operations.adopt(by=by, at=NOW, edition=edition.pk)
    return done


def correct(by: User, edition: Edition, **changed: Any) -> Erratum:
    facts = {"document": DOCUMENT, "eid": TWO_SENTENCES, "printed": "挪用", "corrected": "截留", "reason": "录排错误"}
    made: Erratum = operations.correct_text(by=by, at=NOW, edition=edition.pk, **facts | changed)
    return made


@pytest.fixture
def proposed(db: None) -> Edition:
    """The small gazette, waiting for review; `bianji` handed it in."""
    return propose(person("bianji", "editor"))
