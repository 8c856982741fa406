"""The `taizhang` command: finds the subcommand, loads it and nothing else, and turns every failure into words.

Exit codes: 0 nothing wrong, 1 findings of severity error, 2 input or usage the command cannot work with, 70 a fault of the
program itself, 130 interrupted, 141 the reader of the output went away.
"""

import sys

from taizhang import __version__

BAD_INPUT = 2
INTERNAL_FAULT = 70
INTERRUPTED = 130
OUTPUT_GONE = 141

# Name: module, what it does, an example. The module offers add_arguments(parser) and run(arguments) -> exit code.
COMMANDS = {
    "parse": (
        "taizhang.cli.parse",
        "读出公报的结构：期号、文件、条款、表格",
        "taizhang parse 公报.docx --format html -o 公报.html",
    ),
    "targets": (
        "taizhang.cli.targets",
        "列出责任书和各条款里的目标、责任单位",
        "taizhang targets 公报.docx --format xlsx -o 目标.xlsx",
    ),
    "proof": (
        "taizhang.cli.proof",
        "付印前校对：哪里错了、哪里存疑，指到原字",
        "taizhang proof 公报.docx --format html -o 校对.html",
    ),
    "export": ("taizhang.cli.export", "把公报另存为 Word、PDF、Akoma Ntoso 等格式", "taizhang export 公报.txt -o 公报.docx"),
    "pack": ("taizhang.cli.pack", "检查一个地方的资料包", "taizhang pack check packs/specimen"),
    "scheme": (
        "taizhang.cli.scheme",
        "检查一个考核方案，列出它考核谁、怎样计分",
        "taizhang scheme check packs/specimen/schemes/targets-2025.toml",
    ),
    "score": (
        "taizhang.cli.score",
        "按方案给填报数据计分，不用数据库",
        "taizhang score --scheme packs/specimen/schemes/targets-2025.toml --observations 填报.csv",
    ),
    "demo": ("taizhang.cli.demo", "在本机试用整个网站，带示例公报和试用账号", "taizhang demo"),
    "serve": ("taizhang.cli.serve", "运行网站", "taizhang serve --port 8000"),
    "ingest": (
        "taizhang.cli.ingest",
        "把公报交进网站，读好，可由第二个人采纳",
        "taizhang ingest 公报.docx --by zhangsan --adopt-by lisi",
    ),
    "search": ("taizhang.cli.search", "在已采纳的公报里找字句，精确到字", "taizhang search 补贴"),
    "user": ("taizhang.cli.user", "新建、停用账号，加减岗位", "taizhang user add zhangsan --role editor"),
    "ledger": ("taizhang.cli.ledger", "核对台账有没有被改动", "taizhang ledger verify"),
    "remind": ("taizhang.cli.remind", "给有事到期的人发催办邮件", "taizhang remind"),
    "release": ("taizhang.cli.release", "清理没有引用的旧试算", "taizhang release --days 60"),
    "upgrade": ("taizhang.cli.upgrade", "把数据库升级到程序的这一版", "taizhang upgrade"),
    "check": ("taizhang.cli.check", "检查设置是否安全、数据库是否最新", "taizhang check --deploy"),
}


def main(argv: list[str] | None = None) -> int:
    """Run the command; the exit code is returned, never raised."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] in (["--version"], ["-V"]):
        return _print_version()
    from taizhang.cli.door import enter

    return enter(words)


def _print_version() -> int:
    try:
        sys.stdout.write(f"taizhang {__version__}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
