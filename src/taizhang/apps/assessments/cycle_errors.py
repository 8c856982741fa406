"""What is refused from a proposed scheme to a verified report: which act, why, what to do."""

from taizhang.kernel.errors import TaizhangError


class SchemeIsNotApprovedError(TaizhangError):
    """A cycle was to be opened with a scheme that nobody approved, or that was replaced."""

    code = "assessments.scheme-is-not-approved"
    template = "方案“{scheme}”的状态是“{state}”，不是已批准，不能据此开始考核。请领导小组先批准现行版本"


class SchemeIsDecidedError(TaizhangError):
    """A proposed scheme was approved or sent back before."""

    code = "assessments.scheme-is-decided"
    template = "方案“{scheme}”已由“{other}”处理（{state}），不能再批准或退回。要改就另提一版"


class SchemeIsUnchangedError(TaizhangError):
    """The same scheme with the same answers stands already."""

    code = "assessments.scheme-is-unchanged"
    template = "方案“{scheme}”和现有的“{other}”一字不差，不必再提。改了内容或解释再提"


class SchemeHasProblemsError(TaizhangError):
    """A scheme file cannot be filled in from the adopted clauses."""

    code = "assessments.scheme-has-problems"
    template = "方案“{scheme}”有 {count} 处不能用，第一处：{first}。用 taizhang scheme check 看全部"


class SchemeSourceIsMissingError(TaizhangError):
    """The document that a scheme names stands in no adopted issue."""

    code = "assessments.scheme-source-is-missing"
    template = "方案“{scheme}”依据的文件“{document}”不在已采纳的公报里。先录入并采纳登载它的公报"


class ChoiceIsUnknownError(TaizhangError):
    """The scheme leaves no such question open."""

    code = "assessments.choice-is-unknown"
    template = "方案“{scheme}”没有“{choice}”这条解释，不能改。可改的有：{known}"


class CycleIsOpenAlreadyError(TaizhangError):
    """The year of this scheme and owner runs already."""

    code = "assessments.cycle-is-open-already"
    template = "“{owner}”的“{scheme}”{year} 年考核已经开始（{slug}），不能再开一次，也不能再换方案"


class ProposerMayNotApproveError(TaizhangError):
    """Who proposed does not decide."""

    code = "assessments.proposer-may-not-approve"
    template = "“{what}”由你（{by}）提出，不能由你批准。请另一位有权限的人办理"


class NobodyIsAssessedError(TaizhangError):
    """A cycle would have no body in it."""

    code = "assessments.nobody-is-assessed"
    template = "方案“{scheme}”没有一个被考核单位，不能开始。检查方案的单位名单"


class BodyIsUnknownError(TaizhangError):
    """An ident names no body of the register."""

    code = "assessments.body-is-unknown"
    template = "机构名录里没有“{body}”。先确认机构名录，或改用名录里的编号"


class TreeIsUnknownError(TaizhangError):
    """A tier asks for a tree or category the scheme does not have."""

    code = "assessments.tree-is-unknown"
    template = "方案“{scheme}”里没有“{name}”，不能用来考核“{body}”。可用的：{known}"


class CycleIsNotRunningError(TaizhangError):
    """An act that needs a cycle in which reports are taken."""

    code = "assessments.cycle-is-not-running"
    template = "考核“{cycle}”的状态是“{state}”，不能“{act}”。填报、签发、核验只在结果报审以前办理"


class SubjectIsMissingError(TaizhangError):
    """The body is not assessed in the cycle."""

    code = "assessments.subject-is-missing"
    template = "“{body}”不在考核“{cycle}”的被考核单位里。检查单位和年度"


class AlreadyAcknowledgedError(TaizhangError):
    """The sheet was signed for before."""

    code = "assessments.already-acknowledged"
    template = "“{subject}”的责任书已由“{other}”签收，不必再签"


class NotAcknowledgedError(TaizhangError):
    """A report before the sheet was signed for."""

    code = "assessments.not-acknowledged"
    template = "“{subject}”还没有签收责任书，不能填报。请签发人先签收"


class PeriodIsUnknownError(TaizhangError):
    """No period of the scheme ends on that day."""

    code = "assessments.period-is-unknown"
    template = "“{scheme}”没有止于 {end} 的填报期。填报期止于：{known}"


class PeriodHasNotEndedError(TaizhangError):
    """A period was reported or signed before it was over."""

    code = "assessments.period-has-not-ended"
    template = "填报期到 {end} 才结束，现在不能“{act}”。{end} 以后再办"


class MetricIsNotOwedError(TaizhangError):
    """The subject does not report that metric."""

    code = "assessments.metric-is-not-owed"
    template = "“{subject}”不填报“{metric}”。共同指标由一个单位统一填报，其余单位不另填；检查指标编号"


class AnswerIsIncompleteError(TaizhangError):
    """An answer lacks what it must have."""

    code = "assessments.answer-is-incomplete"
    template = "“{metric}”选了“{answer}”，但没有写{lacking}。补上再存"


class AnswerIsUnknownError(TaizhangError):
    """There is no such kind of answer."""

    code = "assessments.answer-is-unknown"
    template = "“{metric}”的回答“{answer}”不认识。可选：{known}"


class ValueIsImpossibleError(TaizhangError):
    """A figure that cannot be, whatever happened."""

    code = "assessments.value-is-impossible"
    template = "“{metric}”填了 {value}{unit}，{why}。核对数字和单位再填"


class StageIsUnknownError(TaizhangError):
    """A judged item has no such stage."""

    code = "assessments.stage-is-unknown"
    template = "“{metric}”没有“{stage}”这一档。可选：{known}"


class ReportChangedMeanwhileError(TaizhangError):
    """Somebody saved, signed or decided the report after it was opened."""

    code = "assessments.report-changed-meanwhile"
    template = "“{metric}”在你打开之后已由“{other}”改过或办理（第 {current} 版，你的是第 {version} 版）。重新打开，核对后再办"


class ReportIsSentError(TaizhangError):
    """A signed or verified report cannot be edited."""

    code = "assessments.report-is-sent"
    template = "“{metric}”{end} 的填报已{state}，不能再改。要改请核验人先退回"


class NotAllAnsweredError(TaizhangError):
    """A period was to be signed while items lack an answer."""

    code = "assessments.not-all-answered"
    template = "“{subject}”{end} 还有 {count} 项没有填：{first}。没有数字的也要写明原因，填齐再签发"


class NothingToSignError(TaizhangError):
    """All reports of the period are signed, or none was saved."""

    code = "assessments.nothing-to-sign"
    template = "“{subject}”{end} 没有待签发的填报：已经签发过，或还没有填"


class ReporterMayNotSignError(TaizhangError):
    """Who reported does not sign."""

    code = "assessments.reporter-may-not-sign"
    template = "“{metric}”等 {count} 项是你（{by}）填报的，不能由你签发。请另一位签发人办理"


class OwnReportError(TaizhangError):
    """A verifier with a report of his own body, or one that he reported or signed."""

    code = "assessments.own-report"
    template = "“{subject}”的“{metric}”由本单位或你本人报出，不能由你核验（{by}）。这一项由“{other}”核验"


class NotYourKindOfFactError(TaizhangError):
    """The metric is confirmed by another body."""

    code = "assessments.not-your-kind-of-fact"
    template = "“{metric}”由“{other}”核验，不归“{body}”。请该单位的核验人办理"


class ReportIsNotSignedError(TaizhangError):
    """Only a signed report is verified or returned."""

    code = "assessments.report-is-not-signed"
    template = "“{metric}”的填报现在是“{state}”，不能“{act}”。签发以后才能核验"


class ReasonIsMissingError(TaizhangError):
    """An act that needs a reason."""

    code = "assessments.reason-is-missing"
    template = "“{act}”要写原因，写了才能办理"


class ReportIsMissingError(TaizhangError):
    """There is no such report."""

    code = "assessments.report-is-missing"
    template = "找不到编号 {report} 的填报。可能已被新的一版代替，刷新后再看"


class HandedOverAlreadyError(TaizhangError):
    """The duties went to another body before."""

    code = "assessments.handed-over-already"
    template = "“{subject}”的责任已从 {on} 起交给“{other}”，不能再交接"


class HandoverIsImpossibleError(TaizhangError):
    """A subject cannot take over from itself or from another cycle."""

    code = "assessments.handover-is-impossible"
    template = "不能从“{subject}”交接到“{other}”（{on}）：{why}"


class TokenIsUnknownError(TaizhangError):
    """A calendar address that nobody made, or that was revoked."""

    code = "assessments.token-is-unknown"
    template = "这个日历地址不存在或已停用。登录后在“今日”另取一个"


class NothingIsAnsweredError(TaizhangError):
    """A save without a single answer."""

    code = "assessments.nothing-is-answered"
    template = "“{subject}”这次没有填任何一项，没有可存的。至少填一项再存"


class WordsAreTooLongError(TaizhangError):
    """A remark or reason that nobody will read."""

    code = "assessments.words-are-too-long"
    template = "“{metric}”的说明超过 {most} 字。缩短，详细情况放进佐证材料"


class EvidenceIsTooLargeError(TaizhangError):
    """A file over the limit of this installation."""

    code = "assessments.evidence-is-too-large"
    template = "“{name}”有 {size} 字节，超过上限 {limit} 字节。压缩图片或拆成几份再传"


class PlaceIsMissingError(TaizhangError):
    """A file without the place in it where the figure stands."""

    code = "assessments.place-is-missing"
    template = "没有写“{name}”里的哪一处是依据。写明第几页，或哪个工作表的哪个单元格，例如：表1 C12"


class TooManyFilesError(TaizhangError):
    """More files behind one figure than anybody would read."""

    code = "assessments.too-many-files"
    template = "“{metric}”已有 {most} 份佐证，不能再加。把零散材料合成一份再传"


class MailDidNotLeaveError(TaizhangError):
    """The mail server did not take the reminders."""

    code = "assessments.mail-did-not-leave"
    template = "{count} 封催办邮件没有发出（{reason}），都没有记为已发，稍后再试。请系统管理员检查 TAIZHANG_MAIL"


class ChoiceIsNotAnOptionError(TaizhangError):
    """An answer that the interpretation does not offer."""

    code = "assessments.choice-is-not-an-option"
    template = "“{choice}”不能答“{value}”。可选：{known}"


class WorkbookIsUnknownError(TaizhangError):
    """A workbook that this site did not hand out, or not to this unit."""

    code = "assessments.workbook-is-unknown"
    template = "“{name}”不是这里发出的填报表，或里面的编号（{unit}）被改过。重新下载填报表，把数字填进去再传"


class WorkbookIsStaleError(TaizhangError):
    """What stands changed after the workbook was handed out."""

    code = "assessments.workbook-is-stale"
    template = "“{name}”是 {made} 下载的，之后“{metric}”已由“{other}”改过或办理，不能再导入。重新下载填报表再填"


class WorkbookHasProblemsError(TaizhangError):
    """A workbook with cells that cannot be taken; nothing of it was."""

    code = "assessments.workbook-has-problems"
    template = "“{name}”有 {count} 个格子不对，整个文件都没有存：{cells}。改好再传"


class MemberIsWrittenWrongError(TaizhangError):
    """A body of a tier has no name or id, one too long, stands twice, or is who assesses."""

    code = "assessments.member-is-written-wrong"
    template = "被考核单位“{member}”写得不对：{why}。改好名单再开始本级考核"


class VerifierIsNotPossibleError(TaizhangError):
    """A body that would confirm its own figures, or that confirms them already."""

    code = "assessments.verifier-is-not-possible"
    template = "不能由“{body}”核验：{why}。另选一个不填报这些数、也不接管填报单位的核验单位"
