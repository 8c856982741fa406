"""ZIP containers, opened and read so that damage is told as such. Whether it is safe to unpack one, its user decides first."""

import io
import zipfile

from taizhang.engines.readers.errors import FileIsDamagedError, PackageIsUnsafeError

_LARGEST_DIRECTORY = 4 * 1024 * 1024  # some 40,000 members


def open_archive(data: bytes, what: str) -> zipfile.ZipFile:
    """The container's list of members. Raises `FileIsDamagedError`, and `PackageIsUnsafeError` for a list too long to hold."""
    end = data.rfind(b"PK\5\6")
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _LARGEST_DIRECTORY:
        raise PackageIsUnsafeError(what=what, reason="部件目录过大")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # damaged headers raise anything from struct.error to NotImplementedError
        raise FileIsDamagedError(what=what, reason=str(error)) from error


def read_member(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    """A member's content. Raises `FileIsDamagedError`."""
    try:
        return archive.read(name)
    except Exception as error:  # zlib.error and the like derive from Exception alone
        raise FileIsDamagedError(what=what, reason=f"部件{name}：{error}") from error
