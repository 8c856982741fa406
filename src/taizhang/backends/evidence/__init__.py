"""Evidence outside the database: what kind of file it is by its bytes, what a scanner says of it, and where it lies.

The door: `kind_of(name, data)`, `scanned(command, data)`, `EvidenceStore(folder)`.
"""

from taizhang.backends.evidence.kinds import FileKind, kind_of
from taizhang.backends.evidence.scanning import scanned
from taizhang.backends.evidence.store import EvidenceStore

__all__ = ["EvidenceStore", "FileKind", "kind_of", "scanned"]
