"""What can be refused when an issue is handed in, corrected or adopted."""

from taizhang.kernel.errors import TaizhangError


class FileIsTooLargeError(TaizhangError):
    """More bytes than an upload may have."""

    code = "gazettes.file-is-too-large"
    template = "文件“{name}”有 {size} 字节，超过上限 {limit} 字节。请拆分，或请管理员调高上限"


class AlreadyHandedInError(TaizhangError):
    """The same file was read by the same version of the parser and is waiting or adopted."""

    code = "gazettes.already-handed-in"
    template = "这份文件（SHA-256 {sha256}）已经交来并由同一版本读过，状态：{state}。请打开已有的那一份"


class EditionIsNotOpenError(TaizhangError):
    """Only a proposed edition can be corrected or decided."""

    code = "gazettes.edition-is-not-open"
    template = "第 {edition} 号读本现在是“{state}”，不能再改。已采纳的内容只能另出勘误或重新提出"


class ProposerMayNotAdoptError(TaizhangError):
    """Who proposed does not adopt (four eyes)."""

    code = "gazettes.proposer-may-not-adopt"
    template = "第 {edition} 号读本由“{by}”提出，提出人不能自己采纳。请另一位审核人办理"


class DecidedMeanwhileError(TaizhangError):
    """Somebody else decided first."""

    code = "gazettes.decided-meanwhile"
    template = "第 {edition} 号读本已由“{other}”办理（{state}），你的这一次没有生效"


class ReasonIsMissingError(TaizhangError):
    """A correction, a disposition or a refusal needs a reason."""

    code = "gazettes.reason-is-missing"
    template = "没有写理由。{act}必须写理由，日后审计要看"


class ClauseIsMissingError(TaizhangError):
    """The edition has no such clause."""

    code = "gazettes.clause-is-missing"
    template = "文件“{document}”里没有条款“{eid}”。可能已被拆分或合并，请刷新页面"


class CannotSplitHereError(TaizhangError):
    """The place is not inside the clause's words."""

    code = "gazettes.cannot-split-here"
    template = "条款“{eid}”有 {length} 个字，不能在第 {offset} 个字处拆开。请选两字之间"


class CannotMergeError(TaizhangError):
    """There is nothing before the clause to merge it with."""

    code = "gazettes.cannot-merge"
    template = "条款“{eid}”前面没有同级条款，或其中一条带有下级条款、表格，不能合并"
