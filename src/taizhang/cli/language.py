"""Which language the command speaks: Chinese is the source, others come from compiled catalogues in `taizhang/locale`."""

from collections.abc import Callable, Mapping

from taizhang.backends.catalogues import translator

_LANGUAGES = ("zh", "en")

_catalogue: Callable[[str], str] | None = None
_current = "zh"


def tr(chinese: str) -> str:
    """The text in the language in use; the Chinese itself where there is no translation."""
    return _catalogue(chinese) if _catalogue and chinese else chinese


def use(language: str) -> None:
    """Speak `language` from now on. A language without a catalogue is Chinese."""
    global _catalogue, _current  # noqa: PLW0603 - one process speaks one language
    _catalogue = None if language == "zh" else translator(language)
    _current = language if _catalogue else "zh"


def in_use() -> str:
    """`zh` or `en`."""
    return _current


def html_tag() -> str:
    """The language in use as a BCP 47 tag."""
    return "zh-CN" if _current == "zh" else _current


def chosen(flag: str | None, environment: Mapping[str, str]) -> str:
    """The flag, else the first set of LC_ALL, LC_MESSAGES and LANG, else Chinese.

    >>> chosen(None, {"LANG": "en_GB.UTF-8"}), chosen("zh", {"LANG": "en_GB"}), chosen(None, {"LC_ALL": "C", "LANG": "en"})
    ('en', 'zh', 'zh')
    """
    if flag:
        return flag
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            language = value.split(".")[0].split("_")[0].split("-")[0].lower()
            return language if language in _LANGUAGES else "zh"
    return "zh"


def is_known(language: str) -> bool:
    """True for a language that `--lang` takes."""
    return language in _LANGUAGES
