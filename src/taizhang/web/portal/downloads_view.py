"""The page of everything that can be taken away; and what stands beside an issue and a document."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.gazettes.models import Document, Edition
from taizhang.apps.gazettes.queries import adopted
from taizhang.web.twins.whole import FORMATS as FORMS_OF_WHOLE
from taizhang.web.twins.writing import FORMATS

Link = tuple[str, str]


def downloads(request: HttpRequest) -> HttpResponse:
    """Tables of all issues, each issue by itself, feeds and the open interface."""
    told = _told()
    rows = [(told[name], [(form, f"/downloads/{name}.{form}") for form in FORMATS]) for name in told]
    issues = [(edition, of_issue(edition)) for edition in adopted()]
    return render(request, "portal/downloads.html", {"tables": rows, "issues": issues})


def of_issue(edition: Edition) -> list[Link]:
    """An issue whole and its tables: label and address."""
    stem = f"/gazette/{quote(edition.slug)}"
    told = _told()
    return _whole(stem) + [(f"{told[name][0]} xlsx", f"{stem}/{name}.xlsx") for name in ("targets", "findings")]


def of_document(document: Document) -> list[Link]:
    """A document whole: label and address."""
    stem = f"/d/{quote(document.slug, safe='')}"
    return _whole(stem)


def alternates_of_document(document: Document) -> list[tuple[str, str, str]]:
    """Other forms of the page of a document, for its head: label, address and media type."""
    return _alternates(f"/d/{quote(document.slug, safe='')}")


def alternates_of_issue(edition: Edition) -> list[tuple[str, str, str]]:
    """Other forms of the page of an issue, for its head: label, address and media type."""
    return _alternates(f"/gazette/{quote(edition.slug)}")


def _alternates(stem: str) -> list[tuple[str, str, str]]:
    named = zip(_whole(stem), FORMS_OF_WHOLE.values(), strict=True)
    return [(label, address, media.partition(";")[0]) for (label, address), media in named]


def _whole(stem: str) -> list[Link]:
    labels = {"pdf": "PDF", "docx": "docx", "akn.xml": "AKN", "html": "HTML", "json": "JSON"}
    return [(labels[form], f"{stem}.{form}") for form in FORMS_OF_WHOLE]


def _told() -> dict[str, tuple[str, str]]:
    """Each table's name and what a row of it is."""
    return {
        "issues": (_("公报各期"), _("一期一行；没有入库的期号也列出")),
        "documents": (_("文件"), _("一份文件一行，附件和所发文件另起一行")),
        "clauses": (_("条款"), _("一条条款一行，照印本")),
        "sheets": (_("责任书"), _("一个单位一行，带各类目标的数目")),
        "targets": (_("目标"), _("一个指标一行；没有数值的写明原因")),
        "measures": (_("条款里的数字"), _("责任书以外的每个数字一行")),
        "duties": (_("职责"), _("一处点名一行：谁牵头、配合或负责")),
        "bodies": (_("机构名称"), _("一个名称一行，写明起止日期")),
        "findings": (_("校对意见"), _("一处一行，办过的带理由")),
        "errata": (_("勘误"), _("一条一行，印本和勘误并列")),
        "interpretations": (_("解释"), _("公报没有写明的，怎样解释，谁可以改")),
        "results": (_("考核结果"), _("一个对象一行；没有审定的标明试算")),
        "cells": (_("逐项得分"), _("一个单位的一项一行，带凭证地址和依据")),
        "metrics": (_("指标进展"), _("一个单位的一个指标一行；填报、核验、未知分列")),
        "notices": (_("通报"), _("一份一行；草稿不公开")),
        "rectifications": (_("整改台账"), _("一个问题一行")),
        "appeals": (_("申诉"), _("一件一行，写明结果和理由")),
        "ledger": (_("台账校验值"), _("一笔一行，可以自己复算")),
    }
