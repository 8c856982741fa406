"""Packs on disk: a folder's .toml files as text. What the text means is for `engines/packs`."""

import os
from dataclasses import dataclass, field

from taizhang.engines.packs import Pack, read_pack
from taizhang.kernel.errors import TaizhangError

_MAIN = "pack.toml"
SCHEMES = "schemes"
CASES = ".cases.yaml"


class PackIsMissingError(TaizhangError):
    """The folder named is not there, or is no folder."""

    code = "backends.pack-is-missing"
    template = "找不到资料包“{name}”。写资料包所在的文件夹，例如 packs/specimen"


class FolderIsNoPackError(TaizhangError):
    """The folder has no pack.toml."""

    code = "backends.folder-is-no-pack"
    template = "“{name}”里没有 pack.toml，不是资料包。检查路径，或按 docs/packs.md 新建一个"


class PackFileIsNotUtf8Error(TaizhangError):
    """A .toml file is in another encoding."""

    code = "backends.pack-file-is-not-utf8"
    template = "“{name}”不是 UTF-8 编码（第 {line} 行）。用编辑器另存为 UTF-8 再试"


class PackFileIsUnreadableError(TaizhangError):
    """The system does not let the folder or file be read."""

    code = "backends.pack-file-is-unreadable"
    template = "读不了“{name}”（{reason}）。检查读取权限"


class PackIsUnusableError(TaizhangError):
    """The pack has errors, so that no command can use it."""

    code = "backends.pack-is-unusable"
    template = "资料包“{name}”有 {count} 处错误，不能使用。运行 taizhang pack check {name} 看每一处怎么改"


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The texts of a pack's .toml files, the names of all files in its folder, and the texts of its schemes and of their worked
    cases by name (`schemes/targets-2025.toml`)."""

    folder: str
    texts: dict[str, str]
    present: tuple[str, ...]
    schemes: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)


def read_pack_files(folder: str) -> PackFiles:
    """Raises an error that names the folder or file and says what to do."""
    try:
        present = tuple(sorted(entry.name for entry in os.scandir(folder) if entry.is_file()))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise PackIsMissingError(name=folder.replace("\0", "\\0")) from None
    except OSError as error:
        raise PackFileIsUnreadableError(name=folder, reason=error.strerror or str(error)) from error
    if _MAIN not in present:
        raise FolderIsNoPackError(name=folder)
    texts = {name: read_text(os.path.join(folder, name)) for name in present if name.endswith(".toml")}
    return PackFiles(folder, texts, present, _beside(folder, ".toml"), _beside(folder, CASES))


def _beside(folder: str, ending: str) -> dict[str, str]:
    """Files of the folder of schemes; none where there is no such folder."""
    inner = os.path.join(folder, SCHEMES)
    try:
        names = sorted(entry.name for entry in os.scandir(inner) if entry.is_file() and entry.name.endswith(ending))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise PackFileIsUnreadableError(name=inner, reason=error.strerror or str(error)) from error
    return {f"{SCHEMES}/{name}": read_text(os.path.join(inner, name)) for name in names}


def open_pack(folder: str) -> Pack:
    """The validated pack of a folder, for a command that works with it. Raises `PackIsUnusableError` where it has errors."""
    files = read_pack_files(folder)
    reading = read_pack(files.texts, files.present)
    if reading.pack is None:
        raise PackIsUnusableError(name=folder, count=len(reading.errors))
    return reading.pack


def read_text(path: str) -> str:
    """A UTF-8 file of a pack. Raises an error that names it and says what to do."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise PackFileIsUnreadableError(name=path, reason=error.strerror or str(error)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackFileIsNotUtf8Error(name=path, line=data[: error.start].count(b"\n") + 1) from None
