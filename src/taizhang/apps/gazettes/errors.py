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
    template = "条款“{eid}”有 {length} 个字，不能在第 {offset} 个字处拆开。请选两字之间；刚被别人拆过的，请刷新页面再选"


class CannotMergeError(TaizhangError):
    """There is nothing before the clause to merge it with."""

    code = "gazettes.cannot-merge"
    template = "条款“{eid}”前面没有同级条款，或其中一条带有下级条款、表格，不能合并"


class CorrectorMayNotAdoptError(TaizhangError):
    """Who corrected a proposal does not adopt it (four eyes on every correction)."""

    code = "gazettes.corrector-may-not-adopt"
    template = "第 {edition} 号读本里有“{by}”作的 {count} 处更正，更正人不能自己采纳。请另一位审核人办理"


class AlreadyReadByThisParserError(TaizhangError):
    """Reading again would give the same: the parser has not changed."""

    code = "gazettes.already-read-by-this-parser"
    template = "第 {edition} 号读本就是现在的解析器（第 {version} 版）读的，重读结果不会变。解析器升级后再重读"


class WordsAreNotThereError(TaizhangError):
    """The clause does not print the words that were given."""

    code = "gazettes.words-are-not-there"
    template = "条款“{eid}”里没有“{words}”。请照抄条款里的字，标点和空格也要一样"


class WordsAreThereTwiceError(TaizhangError):
    """The clause prints the words more than once, so that the place is not clear."""

    code = "gazettes.words-are-there-twice"
    template = "条款“{eid}”里“{words}”出现了 {count} 次，不知道指哪一处。请多写几个字"


class NothingChangesError(TaizhangError):
    """The correction says what is printed."""

    code = "gazettes.nothing-changes"
    template = "更正后的内容和印本一样（{printed}），没有什么可改"


class NothingToWithdrawError(TaizhangError):
    """The correction is not there any more, or changed the structure, which is undone by splitting or merging again."""

    code = "gazettes.nothing-to-withdraw"
    template = "第 {erratum} 号更正不能撤回：已经撤回过，或改的是条款结构。改结构的，用合并或拆分改回去"


class ErratumIsNotWaitingError(TaizhangError):
    """The erratum was confirmed or withdrawn before, or belongs to a proposal, which is adopted as a whole."""

    code = "gazettes.erratum-is-not-waiting"
    template = "第 {erratum} 号更正不在待确认之列：已经确认或撤回，或者属于还没有采纳的读本。请刷新页面"


class ProposerMayNotConfirmError(TaizhangError):
    """Who proposed an erratum does not confirm it (four eyes)."""

    code = "gazettes.proposer-may-not-confirm"
    template = "勘误“{printed}”→“{corrected}”由“{by}”提出，提出人不能自己确认。请另一位审核人办理"


class NothingToCarryError(TaizhangError):
    """No earlier reading of the issue has a review that could go on to this one."""

    code = "gazettes.nothing-to-carry"
    template = "第 {edition} 号读本之前，同一期没有做过审核的读本，没有可带过来的"


class ErratumWaitsError(TaizhangError):
    """An erratum of the same words, figure or body waits to be confirmed."""

    code = "gazettes.erratum-waits"
    template = "同一处已有待确认的勘误“{printed}”→“{corrected}”，由“{by}”提出。先确认或撤回那一条，再提新的"
