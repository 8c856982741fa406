"""The file of accepted findings beside an issue: `issue.txt.accept.toml` (docs/contracts.md)."""

import os
from datetime import date
from typing import TYPE_CHECKING, Any

from taizhang.cli.errors import AcceptancesAreMalformedError, FileIsMissingError, FileIsUnreadableError
from taizhang.cli.language import tr
from taizhang.cli.system_reasons import reason_of

if TYPE_CHECKING:
    from taizhang.engines.proof.report.acceptance import Acceptance

_NEEDED = ("rule", "quote", "reason", "who")


def beside(path: str | None) -> str | None:
    """The acceptance file that belongs to an issue, None where there is none."""
    name = f"{path}.accept.toml" if path else None
    return name if name and os.path.isfile(name) else None


def read_acceptances(name: str) -> "tuple[Acceptance, ...]":
    """Raises `FileIsMissingError`, `FileIsUnreadableError`, and `AcceptancesAreMalformedError`, which names entry and key."""
    import tomllib

    try:
        with open(name, "rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        raise FileIsMissingError(name=name) from None
    except OSError as error:
        raise FileIsUnreadableError(name=name, reason=reason_of(error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = tr("不是合格的 TOML（{reason}）").format(reason=error)
        raise AcceptancesAreMalformedError(name=name, place="", problem=problem) from None
    entries = content.pop("accept", [])
    if content or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        problem = tr("每一条要以 [[accept]] 开头")
        raise AcceptancesAreMalformedError(name=name, place="", problem=problem)
    return tuple(_acceptance(name, number, entry) for number, entry in enumerate(entries, 1))


def _acceptance(name: str, number: int, entry: dict[str, Any]) -> "Acceptance":
    from taizhang.engines.proof.report.acceptance import Acceptance

    def refuse(problem: str) -> AcceptancesAreMalformedError:
        return AcceptancesAreMalformedError(name=name, place=tr("第 {number} 条").format(number=number), problem=problem)

    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise refuse(tr("缺 {key}（规则 rule、引文 quote、理由 reason、接受人 who 都要写）").format(key=key))
    on = entry.get("date")
    if isinstance(on, str):
        try:
            on = date.fromisoformat(on)
        except ValueError:
            on = None
    if not isinstance(on, date):
        raise refuse(tr("缺 date，写成 date = 2025-03-31"))
    eid = entry.get("eid")
    if eid is not None and not isinstance(eid, str):
        raise refuse(tr("eid 要写成带引号的文字"))
    if unknown := sorted(set(entry) - {*_NEEDED, "date", "eid"}):
        raise refuse(tr("不认识 {key}").format(key="、".join(unknown)))
    return Acceptance(entry["rule"].strip(), entry["quote"], entry["reason"], entry["who"], on, eid)
