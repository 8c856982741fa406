"""Packs on disk: a folder's files to a validated pack."""

from pathlib import Path

from taizhang.engines.packs import Pack, ProblemSeverity, read_pack
from taizhang.kernel.errors import TaizhangError


class PackIsUnusableError(TaizhangError):
    """The folder holds no pack, or one with errors."""

    code = "backends.pack-is-unusable"
    template = "本地包“{folder}”不能用：{reason}。运行 taizhang pack check {folder} 看全部问题"


def load_pack(folder: str | Path) -> Pack:
    """The pack in `folder`. Raises `PackIsUnusableError` with its first error."""
    path = Path(folder)
    if not path.is_dir():
        raise PackIsUnusableError(folder=str(folder), reason="没有这个目录")
    files = {f.name: f.read_text("utf-8") for f in sorted(path.glob("*.toml"))}
    reading = read_pack(files, [f.name for f in path.iterdir()])
    errors = [p for p in reading.problems if p.severity is ProblemSeverity.ERROR]
    if errors or reading.pack is None:
        raise PackIsUnusableError(folder=str(folder), reason=str(errors[0].message) if errors else "没有 pack.toml")
    return reading.pack
