"""Addresses of twins. They have no English twin of their own: their words are the gazette's."""

from django.urls import path, register_converter

from taizhang.web.twins import assessment_files, views
from taizhang.web.twins.whole import FORMATS as WHOLE
from taizhang.web.twins.writing import FORMATS as TABLES


class TableForm:
    """The ending of a table."""

    regex = "|".join(TABLES)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class WholeForm(TableForm):
    """The ending of a whole issue or document."""

    regex = "|".join(form.replace(".", r"\.") for form in WHOLE)


register_converter(TableForm, "tableform")
register_converter(WholeForm, "wholeform")

app_name = "twins"
urlpatterns = [
    path("downloads/<slug:name>.<tableform:form>", views.table, name="table"),
    path("gazette/<str:issue>/<slug:name>.<tableform:form>", views.table, name="issue-table"),
    path("gazette/<str:issue>.<wholeform:form>", views.issue, name="issue"),
    path("d/<str:document>.<wholeform:form>", views.document, name="document"),
    path("certificates/<int:cell>.json", assessment_files.certificate, name="certificate"),
    path("assessment/<str:slug>/scheme.json", assessment_files.scheme, name="scheme"),
    path("notices/<int:pk>.docx", assessment_files.notice, name="notice"),
]
