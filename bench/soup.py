"""Reads texts made of headings, numbers, brackets and damage, and says whether anything was ever raised or lost.

    bench/soup.py [--texts N] [--seed N]

Each text is parsed, given back character for character, searched for targets and proof-read.
"""

import argparse
import random
import sys
import time
import traceback

from taizhang.engines.gazette import read_issue, to_akn, to_html, to_json, to_text
from taizhang.engines.proof import proofread
from taizhang.engines.targets import read_targets
from taizhang.engines.targets import to_json as targets_json

PIECES = [
    "一、",
    "二、",
    "(一)",
    "（二）",
    "1.",
    "2．",
    "3、",
    "(1)",
    "①",
    "第一条",
    "第二条",
    "第三章",
    "第一节",
    "第",
    "1",
    "0",
    "条",
    "1.1",
    "1.2",
    "附件",
    "附件1",
    "附件:",
    "附：",
    "专栏1",
    "表1",
    "某市人民政府",
    "市财政局",
    "市民政局、财政局",
    "某政〔2017〕29号",
    "某政办函[2013]89号",
    "2017年6月20日",
    "二〇一七年六月二十日",
    "各县人民政府:",
    "同志们:",
    "关于印发某办法的通知",
    "某某办法",
    "目录",
    "公报",
    "总第138号",
    "第7号",
    "|",
    "**",
    "(600分)",
    "(10分)",
    "重点目标(600分)",
    "；",
    "。",
    "，",
    "、",
    ":",
    "(",
    ")",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "续表一",
    "增长8%",
    "达到",
    "不低于",
    "95%以上",
    "居全省前10位",
    "提高1.3个百分点",
    "万元",
    "3.31万人",
    "由5亿元增至6亿元",
    "分别为",
    "其余50%",
    "占",
    "每年",
    "次年4月底前",
    "更名为",
    "牵头",
    "负责",
    "&sp;",
    "12",
    ".",
    "-",
    "名单",
    "责任目标",
    "$PM_{2.5}$",
    "令",
    "第12号",
    "abc",
    "…",
    "……5",
    "<b>",
    "完成省下达的任务",
    "不发生重特大事故",
    "辦",
    "的的",
    "etc",
    "\t",
    "\t\t",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\r",
    "\x0c",
    "\u2028",
    " ",
    "\u3000",
    "# ",
    "\ufffd",
    "\x00",
    "\ud800",
    "\u200b",
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    begun = time.perf_counter()
    failures = 0
    for ordinal in range(asked.texts):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(0, 40)))
        try:
            try_once(text)
        except Exception:
            failures += 1
            if failures <= 5:
                print(f"text {ordinal}: {text!r}")
                traceback.print_exc(limit=-3)
    print(f"{asked.texts} texts, {failures} failures, {time.perf_counter() - begun:.0f} s")
    return 1 if failures else 0


def try_once(text: str) -> None:
    issue = read_issue(text)
    if to_text(issue) != text:
        raise AssertionError("the text did not come back")
    to_json(issue), to_html(issue), to_akn(issue)
    targets = read_targets(issue)
    targets_json(issue, targets)
    proof = proofread(issue, targets)
    stopped = [f for f in proof.findings if f.rule == "proof.rule-stopped"]
    if stopped:
        raise AssertionError(str(stopped[0].message))
    for finding in proof.findings:
        for span in finding.spans:
            if not 0 <= span.start <= span.end <= len(text):
                raise AssertionError(f"{finding.rule} points outside the text: {span}")


if __name__ == "__main__":
    sys.exit(main())
