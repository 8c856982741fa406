"""Uploads are cut at the limit while they arrive, so that nobody fills the disk before anything is looked at.

What was cut is told wherever a file was to be taken: `doors.act` refuses every act of such a form, and a page that asks for a
file says why it has none with `why_no_file`.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from taizhang.kernel.errors import TaizhangError

_MB = 1024 * 1024


class UploadWasCutError(TaizhangError):
    """A file of the form has more bytes than an upload may have; it was not kept."""

    code = "desk.upload-was-cut"
    template = "文件“{name}”太大，超过上限 {limit} MB，没有收下，也没有办理。请压缩或拆分后再交，或请管理员调高上限"


class CutAtTheLimit(FileUploadHandler):
    """Stops keeping files when more than `UPLOAD_LIMIT` bytes have come; the request then has no such file, and its name in
    `upload_was_cut`. The other fields of the form are read all the same.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what is below the limit. Raises `SkipFile`: the rest of the file is read and dropped."""
        self.taken += len(raw_data)
        if self.taken > settings.UPLOAD_LIMIT:
            if self.request is not None:
                self.request.upload_was_cut = self.file_name or ""
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing of its own: a later handler keeps the file."""
        return


def cut_name(request: HttpRequest) -> str | None:
    """The name of the file that was cut; None where none was."""
    bool(request.FILES)  # reading the form is what cuts it
    name: str | None = getattr(request, "upload_was_cut", None)
    return name


def refuse_cut(request: HttpRequest, limit: int | None = None) -> None:
    """Refuse a form whose file was cut; the limit of evidence unless another is given. Raises `UploadWasCutError`."""
    name = cut_name(request)
    if name is not None:
        most = min(limit or settings.EVIDENCE_LIMIT, settings.UPLOAD_LIMIT)
        raise UploadWasCutError(name=name, limit=f"{most / _MB:g}")


def laid_aside(request: HttpRequest) -> bool:
    """True if a file was cut; acts of the form are then not refused for it, and whoever asked tells of it after them."""
    name = cut_name(request)
    request.upload_was_cut = None  # type: ignore[attr-defined]
    return name is not None


def why_no_file(request: HttpRequest, words: str, limit: int | None = None) -> str:
    """Why a form has no file: it was cut, or else `words`, since none was chosen."""
    try:
        refuse_cut(request, limit)
    except UploadWasCutError as error:
        return str(error)
    return words
