"""An Office package (a ZIP of XML parts) opened with care: nothing goes to disk or beyond a limit, no entity is resolved."""

import posixpath
import re
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from taizhang.engines.readers.archive import open_archive, read_member
from taizhang.engines.readers.errors import FileIsDamagedError, PackageIsUnsafeError

_WHAT = "Word文档"
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_RATIO = 200  # Word's XML packs to a tenth, a long run of spaces to a thousandth
_RATIO_COUNTS_FROM = 8 * 1024 * 1024
_MOST_MEMBERS = 10_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict names the same things by other URIs; read as Transitional they are the same
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Package:
    """Parts by name. Raises `FileIsDamagedError`, `PackageIsUnsafeError`."""

    def __init__(self, data: bytes) -> None:
        self._zip = open_archive(data, _WHAT)
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise PackageIsUnsafeError(what=_WHAT, reason=f"含有{len(members)}个部件")
        for member in members:
            _check(member)
        unpacked = sum(member.file_size for member in members)
        if unpacked > _MOST_UNPACKED:
            raise PackageIsUnsafeError(what=_WHAT, reason=f"解压后达{unpacked // 1024 // 1024}MB")
        self._names = {member.filename for member in members}

    def part(self, name: str) -> Any | None:
        """Root element of an XML part, None if there is no such part."""
        if name not in self._names:
            return None
        return _parsed(read_member(self._zip, name, _WHAT), name)

    def main_part(self) -> str:
        """Name of the part that holds the document."""
        for kind, target in self._relations("_rels/.rels"):
            if kind == "officeDocument":
                return _resolved("", target)
        return "word/document.xml"

    def related(self, part: str, kind: str) -> Any | None:
        """The part that `part` names as its `kind` (styles, numbering), None if it names none."""
        folder, base = posixpath.split(part)
        for found, target in self._relations(f"{folder}/_rels/{base}.rels".lstrip("/")):
            if found == kind:
                return self.part(_resolved(folder, target))
        return None

    def _relations(self, name: str) -> list[tuple[str, str]]:
        root = self.part(name)
        if root is None:
            return []
        return [
            (relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", ""))
            for relation in root.iter(_RELATIONS)
            if relation.get("TargetMode") != "External"
        ]


def _check(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        raise PackageIsUnsafeError(what=_WHAT, reason=f"部件路径越界：{member.filename}")
    if member.flag_bits & 1:
        raise FileIsDamagedError(what=_WHAT, reason="压缩包加了密码")
    if member.file_size > _RATIO_COUNTS_FROM and member.file_size > member.compress_size * _MOST_RATIO:
        raise PackageIsUnsafeError(
            what=_WHAT, reason=f"部件{member.filename}解压后膨胀{member.file_size // max(member.compress_size, 1)}倍"
        )


def _resolved(folder: str, target: str) -> str:
    """The part's name, whose steps up can't leave the package."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _parsed(content: bytes, name: str) -> Any:
    for strict, transitional in _STRICT:
        content = content.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileIsDamagedError(what=_WHAT, reason=f"部件{name}：{error}") from error
    # no Office program writes a document type; entities could multiply without end
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageIsUnsafeError(what=_WHAT, reason=f"部件{name}带有文档类型声明")
    return root
