"""What is refused in a scheme, a figure or a record, before anything is scored."""

from taizhang.kernel.errors import TaizhangError


class TargetIsZeroError(TaizhangError):
    """A strategy that divides by its target got one of zero."""

    code = "scoring.target-is-zero"
    template = (
        "“{criterion}”的目标是 0，“{strategy}”要除以目标，算不出来。改用 threshold（达标）或 deduct（逐次扣分），或核对目标"
    )


class TargetIsNegativeError(TaizhangError):
    """A strategy that takes a share of its target got a negative one."""

    code = "scoring.target-is-negative"
    template = "“{criterion}”的目标是 {target}，小于 0，“{strategy}”按完成比例算没有意义。改用 threshold 或 efficacy，或核对目标"


class TargetIsMissingError(TaizhangError):
    """A strategy that compares with a target has none."""

    code = "scoring.target-is-missing"
    template = "“{criterion}”用“{strategy}”计分，却没有目标。给它目标（数值未定的写明等谁下达），或改用不要目标的计分方法"


class TargetsDoNotCoverError(TaizhangError):
    """The versions of an amended target leave a gap or overlap."""

    code = "scoring.targets-do-not-cover"
    template = "“{criterion}”的几个目标没有首尾相接：{day} 有 {count} 个目标有效，每天应当正好一个。核对各目标的起止日期"


class BoundDoesNotFitError(TaizhangError):
    """A strategy for at-least targets got an at-most target, or the other way round."""

    code = "scoring.bound-does-not-fit"
    template = "“{criterion}”的目标是“{bound}”，“{strategy}”只用于{fits}。换一种计分方法，或改目标的方向"


class UnitsDifferError(TaizhangError):
    """The figure and the target are in units that do not convert."""

    code = "scoring.units-differ"
    template = "“{criterion}”的数字以“{unit}”计，目标以“{target_unit}”计，不能比较。两处用同一单位（万、亿可以换算）"


class StrategyIsUnknownError(TaizhangError):
    """No strategy has this name."""

    code = "scoring.strategy-is-unknown"
    template = "“{criterion}”的计分方法“{strategy}”没有。可用的有：{known}"


class StrategyHasNoParameterError(TaizhangError):
    """A parameter that the strategy does not read; taking it silently would score by another rule."""

    code = "scoring.parameter-is-unknown"
    template = "“{criterion}”的计分方法“{strategy}”没有参数“{name}”，写了不起作用。可用的有：{known}"


class ParameterIsMissingError(TaizhangError):
    """A parameter without which the strategy cannot score."""

    code = "scoring.parameter-is-missing"
    template = "“{criterion}”的计分方法“{strategy}”缺参数“{name}”：{meaning}。请补上"


class ParameterDoesNotFitError(TaizhangError):
    """A parameter of the wrong type or out of range."""

    code = "scoring.parameter-does-not-fit"
    template = "“{criterion}”的参数“{name}”是 {value}，不合用：{wanted}。请改正"


class FigureDoesNotFitError(TaizhangError):
    """A reported figure or stage that the strategy cannot read."""

    code = "scoring.value-does-not-fit"
    template = "“{criterion}”的数据“{value}”不合用：{wanted}。核对后重新填报"


class TreeIsMissingError(TaizhangError):
    """A subject names a tree that the scheme does not have."""

    code = "scoring.tree-is-missing"
    template = "“{subject}”的指标表“{tree}”方案里没有。核对方案"


class CaseKindIsUnknownError(TaizhangError):
    """A recorded case is of a kind that the scheme does not know."""

    code = "scoring.case-kind-is-unknown"
    template = "记录“{case}”的种类“{kind}”方案里没有，既不是加减分，也不是处理情形或计数指标。核对记录"


class CaseSubjectIsUnknownError(TaizhangError):
    """A recorded case is about a body that the scheme does not assess."""

    code = "scoring.case-subject-is-unknown"
    template = "记录“{case}”的单位“{subject}”不是本方案的考核对象。核对记录"


class CaseDoesNotFitError(TaizhangError):
    """An adjustment is recorded for a subject to whose tree it does not belong."""

    code = "scoring.case-does-not-fit"
    template = "记录“{case}”的“{kind}”不适用于“{subject}”所用的指标表。核对记录的种类和单位"


class CaseNamesNoCriterionError(TaizhangError):
    """A sanction takes the points of a criterion, and the case does not say which."""

    code = "scoring.case-names-no-criterion"
    template = "记录“{case}”要取消相关指标得分，却没有写明是哪一项（写的是“{criterion}”）。补上指标"


class GradeIsUnknownError(TaizhangError):
    """A sanction names a grade that the scheme does not have."""

    code = "scoring.grade-is-unknown"
    template = "“{sanction}”所定的等次“{grade}”方案里没有。等次有：{known}"


class CriterionIsUnknownError(TaizhangError):
    """A certificate or change is asked for a criterion that is not in the tree."""

    code = "scoring.criterion-is-unknown"
    template = "指标“{criterion}”不在“{where}”里。核对指标标识"


class RoundingModeIsUnknownError(TaizhangError):
    """A rounding mode that has no meaning."""

    code = "scoring.rounding-mode-is-unknown"
    template = "取整方法“{mode}”没有。可用的有：{known}"


class JsonIsMalformedError(TaizhangError):
    """A stored scheme or certificate is not what the program wrote."""

    code = "scoring.json-is-malformed"
    template = "存下的内容读不懂：{place} 处{problem}。它可能被改过，或来自别的版本"
