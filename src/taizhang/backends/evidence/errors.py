"""Why a file is not taken as evidence."""

from taizhang.kernel.errors import TaizhangError


class FileKindIsRefusedError(TaizhangError):
    """A kind of file that is not evidence: programs, web pages, archives, or what nobody recognises."""

    code = "backends.file-kind-is-refused"
    template = "“{name}”{why}，不能作佐证。可用：{known}。转存成 PDF 再传"


class FileIsMislabelledError(TaizhangError):
    """The name says one kind, the bytes another."""

    code = "backends.file-is-mislabelled"
    template = "“{name}”的后缀说是 {said}，内容却是 {found}。改成正确的后缀，或重新导出再传"


class FileUnpacksTooLargeError(TaizhangError):
    """A compressed file that would fill the machine."""

    code = "backends.file-unpacks-too-large"
    template = "“{name}”解开后有 {size} 字节，超过 {limit}，不能收。去掉大图片或分成几份再传"


class FileIsInfectedError(TaizhangError):
    """The scanner found something."""

    code = "backends.file-is-infected"
    template = "“{name}”没有通过病毒扫描：{told}。在本机查杀后另存再传"


class ScannerFailedError(TaizhangError):
    """The scanner did not answer, so that nothing is taken."""

    code = "backends.scanner-failed"
    template = "病毒扫描程序没有给出结果（{reason}），“{name}”没有收下。请系统管理员检查 TAIZHANG_EVIDENCE_SCAN"


class EvidenceIsDamagedError(TaizhangError):
    """The bytes that lie there are not those that were sealed."""

    code = "backends.evidence-is-damaged"
    template = "佐证文件 {sha256} {why}。从备份恢复这个文件，并报告系统管理员"
