"""How colleagues are named on the desk: the ledger knows accounts, people know each other by name."""

from typing import Any

from taizhang.apps.accounts.queries import names_of_people


class Colleagues:
    """`who(ident)`: the name colleagues read, the account where it has none. Asks for names once, when the first is wanted."""

    def __init__(self) -> None:
        self._names: dict[str, str] | None = None

    def __call__(self, ident: Any) -> str:
        """The name of an account; empty for none."""
        if not ident:
            return ""
        if self._names is None:
            self._names = names_of_people()
        return self._names.get(str(ident)) or str(ident)
