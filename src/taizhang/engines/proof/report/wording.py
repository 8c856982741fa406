"""The words reports share, and how a `Message` is said in the reader's language."""

from collections.abc import Callable

from taizhang.engines.proof.model import Severity
from taizhang.kernel.message import Message

Translate = Callable[[str], str]
"""Chinese template in, template in the reader's language out; the same string where there is no translation."""


def say(message: Message, translate: Translate) -> str:
    """The sentence in the reader's language; the Chinese one where the translation does not take the same facts."""
    try:
        return translate(message.template).format(**message.facts)
    except (KeyError, IndexError, ValueError):
        return str(message)


def severity_word(severity: Severity, translate: Translate) -> str:
    """错误, 存疑 or 提示 in the reader's language."""
    if severity is Severity.ERROR:
        return translate("错误")
    return translate("存疑") if severity is Severity.WARNING else translate("提示")


SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
