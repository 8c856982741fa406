"""Every page of the portal is reached by following links from the first page, and no link leads nowhere."""

import pytest

from taizhang.web.portal.urls import urlpatterns
from tests.journeys.addresses import Addresses

# No page: it keeps a preference and goes back.
NO_PAGE = {"portal:preference"}


def test_no_link_leads_nowhere(addresses: Addresses) -> None:
    assert addresses.broken == []


@pytest.mark.parametrize("name", sorted({f"portal:{pattern.name}" for pattern in urlpatterns} - NO_PAGE))
def test_every_page_is_reached_by_links_from_the_first(addresses: Addresses, name: str) -> None:
    assert addresses.examples(name) or addresses.files.get(name), f"nothing links to {name}"
