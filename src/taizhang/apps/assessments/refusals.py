"""What can be refused from daily records to rectification: judging, scoring, approving, publishing, contesting."""

from taizhang.kernel.errors import TaizhangError


class NotInThisStateError(TaizhangError):
    """The row is not, or no longer, in the state that the act starts from."""

    code = "assessments.not-in-this-state"
    template = "{what}现在是“{state}”，不能{act}。要先是“{wanted}”。请刷新页面，看是不是别人已经办了"


class NotTheSamePersonError(TaizhangError):
    """Four eyes: somebody who had a hand in it before."""

    code = "assessments.not-the-same-person"
    template = "“{by}”已经{before}，不能再由本人{act}。请另一人办理"


class DecidedByAnotherError(TaizhangError):
    """Somebody else was first."""

    code = "assessments.decided-by-another"
    template = "{what}已由“{other}”办理（{state}），你的这一次没有生效。请刷新页面"


class WordsAreMissingError(TaizhangError):
    """A reason, a reference or another text that has to be there is empty."""

    code = "assessments.words-are-missing"
    template = "没有写{field}。{act}必须写明，日后审计要看"


class TextIsTooLongError(TaizhangError):
    """A text that nobody reads to its end, or that doesn't fit where it is kept."""

    code = "assessments.text-is-too-long"
    template = "{field}有 {length} 个字，最多 {most} 个。{act}请写简短，详细情况放进附件"


class SubjectIsAnothersError(TaizhangError):
    """Somebody acts for a body whose matter it is not."""

    code = "assessments.subject-is-anothers"
    template = "{what}属于“{subject}”，你代表的是“{body}”，不能代它办理"


class NoSuchRowError(TaizhangError):
    """There is no such row in this cycle."""

    code = "assessments.no-such-row"
    template = "没有{what}（{key}）。核对编号，可能属于另一年度或另一方案"


class KindIsNotInTheSchemeError(TaizhangError):
    """A daily record of a kind that the scheme does not know."""

    code = "assessments.kind-is-not-in-the-scheme"
    template = "方案里没有“{kind}”这类加减分、处理或计次事项。可选：{known}"


class PointsAreSetByTheSchemeError(TaizhangError):
    """Points that are not those of the scheme."""

    code = "assessments.points-are-set-by-the-scheme"
    template = "“{kind}”填了 {points} 分。分值只能按方案：{rule}。请不填分值，由方案计算"


class DayIsOutsideError(TaizhangError):
    """A day outside the year of the scheme, or one that has not come yet."""

    code = "assessments.day-is-outside"
    template = "日期 {day} 不在 {first} 至 {last} 之间，{why}。请核对日期"


class EvidenceIsMissingError(TaizhangError):
    """An act that rests on evidence without any."""

    code = "assessments.evidence-is-missing"
    template = "{what}没有依据材料，不能{act}。请先添加至少一份，并写明在第几页或哪个单元格"


class CriterionIsNotJudgedError(TaizhangError):
    """Judging what is not judged."""

    code = "assessments.criterion-is-not-judged"
    template = "“{criterion}”按“{strategy}”计算，不由人评定。请改报数字"


class AlreadyJudgedError(TaizhangError):
    """A voice was already given, or two scorers have spoken."""

    code = "assessments.already-judged"
    template = "“{criterion}”{day} 已有评定：{scorers}。每人一次、两人为限；意见不同由考核办裁定"


class NothingToDecideError(TaizhangError):
    """The scorers agree, or have not both spoken."""

    code = "assessments.nothing-to-decide"
    template = "“{criterion}”{day} 没有要裁定的分歧：{state}"


class StepIsOutOfOrderError(TaizhangError):
    """A step before its predecessor or twice."""

    code = "assessments.step-is-out-of-order"
    template = "{cycle} 现在是“{state}”，不能做“{step}”。{why}"


class YearIsNotOverError(TaizhangError):
    """Results of a year that is still going on."""

    code = "assessments.year-is-not-over"
    template = "第 {run} 次计分截至 {as_at}，年度到 {end} 才结束。全年结果要用截至年末或以后的计分"


class RunIsStaleError(TaizhangError):
    """Figures changed since the run."""

    code = "assessments.run-is-stale"
    template = "第 {run} 次计分之后数据有变（当时 {old}，现在 {new}）。请重新计分再报"


class RunDoesNotRecomputeError(TaizhangError):
    """The stored inputs no longer give the stored result: a defect or tampering."""

    code = "assessments.run-does-not-recompute"
    template = "第 {run} 次计分重算得 {new}，存的是 {old}，不一致。不能办理，请报告系统管理员并核对台账"


class CellsAreOpenError(TaizhangError):
    """Cells with neither a figure nor a recorded decision."""

    code = "assessments.cells-are-open"
    template = "还有 {count} 项既没有数字也没有书面决定，不能审定：{cells}。请补报、核验，或由考核办作出决定并写明依据"


class NothingIsMissingError(TaizhangError):
    """A decision in place of a figure that is there."""

    code = "assessments.nothing-is-missing"
    template = "“{subject}”的“{criterion}”已有核验的数字，不能用决定代替。数字有误请退回更正"


class DecisionIsMalformedError(TaizhangError):
    """A decision that doesn't say what its kind needs."""

    code = "assessments.decision-is-malformed"
    template = "对“{criterion}”的决定不能是“{kind}”：{why}"


class NumberIsTakenError(TaizhangError):
    """A notice of that number exists."""

    code = "assessments.number-is-taken"
    template = "文号“{number}”已经用过。请查发文登记簿，换一个号"


class FigureIsNotBoundError(TaizhangError):
    """A figure in a notice that does not come from a record."""

    code = "assessments.figure-is-not-bound"
    template = "通报里的“{figure}”不是从台账取来的（{record}）。数字不能手写，请从数据栏取用，或删去"


class NoAppealError(TaizhangError):
    """The scheme has no appeal."""

    code = "assessments.no-appeal"
    template = "{scheme} 没有规定申诉，也没有解释补上。请向考核办反映"


class AppealIsLateError(TaizhangError):
    """The period is over."""

    code = "assessments.appeal-is-late"
    template = "申诉期到 {last} 为止（{published} 公布，{days} 个工作日），{day} 已经过期"


class AlreadyContestedError(TaizhangError):
    """An open appeal on the same criterion."""

    code = "assessments.already-contested"
    template = "“{subject}”对“{criterion}”已有第 {appeal} 号申诉，正在复核。请等结果，不要重复提交"


class AppealsAreOpenError(TaizhangError):
    """Final results while appeals wait or may still be filed."""

    code = "assessments.appeals-are-open"
    template = "{cycle} 还不能定案：{why}"


class PointsAreOutOfRangeError(TaizhangError):
    """Points by which the criterion would leave its full mark or fall below nothing, or that contradict the decision."""

    code = "assessments.points-are-out-of-range"
    template = "“{criterion}”现在 {score} 分、满分 {weight}，复核 {points} 分不行：{why}"


class NoTargetError(TaizhangError):
    """Amending what has no target."""

    code = "assessments.no-target"
    template = "“{criterion}”没有可以调整的目标值"


class AmendmentIsLateError(TaizhangError):
    """After the last day on which targets may be changed."""

    code = "assessments.amendment-is-late"
    template = "目标调整到 {last} 为止，{day} 已经过了。方案的依据见日历"


class AlreadyRequestedError(TaizhangError):
    """An amendment of the same target waits."""

    code = "assessments.already-requested"
    template = "“{criterion}”已有第 {amendment} 号调整申请在办。先等它的结果"


class NothingIsAmendedError(TaizhangError):
    """The new value is the old one."""

    code = "assessments.nothing-is-amended"
    template = "“{criterion}”的目标现在就是 {value}，没有变化"


class NoticeIsStaleError(TaizhangError):
    """A notice says what a run said that no longer speaks for the year."""

    code = "assessments.notice-is-stale"
    template = "{what}取自第 {run} 次计分，现在以第 {newer} 次计分为准：{changed}。请作废草稿，从第 {newer} 次计分重新起草"


class RunsAreKeptLongerError(TaizhangError):
    """Runs were to be let go of that people still work with."""

    code = "assessments.runs-are-kept-longer"
    template = "试算至少保留 {least} 天，不能只留 {days} 天。写 {least} 以上的天数"


class NothingIsReleasedError(TaizhangError):
    """No run is old enough, or what is left is cited."""

    code = "assessments.nothing-is-released"
    template = "没有可以清理的试算：{days} 天以前的都已清理，或者还有通报、整改、步骤、台账引用。不用再清理"


class RunIsReleasedError(TaizhangError):
    """What a run scored was let go of; its digests are left."""

    code = "assessments.run-is-released"
    template = "第 {run} 次试算的明细已经清理，只留校验值 {digest}。要看那一天的分数，请按同一天重新试算"
