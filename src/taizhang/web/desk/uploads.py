"""Uploads are cut at the limit while they arrive, so that nobody fills the disk before anything is looked at."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class CutAtTheLimit(FileUploadHandler):
    """Stops keeping a file beyond `UPLOAD_LIMIT` bytes; the request then says so in `upload_was_cut` and has no file."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what is below the limit. Raises `StopUpload`; the rest of the request is read and dropped."""
        self.taken += len(raw_data)
        if self.taken > settings.UPLOAD_LIMIT:
            if self.request is not None:
                self.request.upload_was_cut = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing of its own: a later handler keeps the file."""
        return
