"""The stable id of a body, independent of what it is called on a given day."""

from dataclasses import dataclass

from taizhang.kernel.errors import TaizhangError
from taizhang.kernel.patterns import regex

_FORM = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class OrganisationIdIsMalformedError(TaizhangError):
    """An organisation id is lower-case ASCII words joined by hyphens."""

    code = "kernel.organisation-id-is-malformed"
    template = "机构标识“{value}”格式不对：只用小写字母、数字和连字符，例如 city-finance"


@dataclass(frozen=True, slots=True, order=True)
class OrganisationId:
    """Raises `OrganisationIdIsMalformedError`.

    >>> str(OrganisationId("city-finance"))
    'city-finance'
    """

    value: str

    def __post_init__(self) -> None:
        if not _FORM.match(self.value):
            raise OrganisationIdIsMalformedError(value=self.value)

    def __str__(self) -> str:
        return self.value
