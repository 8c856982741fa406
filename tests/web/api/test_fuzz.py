"""The OpenAPI document fuzzed: whatever is asked, no defect, and every answer is what the document says."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from taizhang.project.wsgi import application

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def described(adopted_specimen: Any) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_asked_breaks_the_interface(case: Any) -> None:
    case.call_and_validate(
        headers={"host": "localhost"},
        checks=(
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
            response_headers_conformance,
        ),
    )
