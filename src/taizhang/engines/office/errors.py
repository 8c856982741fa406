"""What can go wrong when values become a file or a workbook becomes rows."""

from taizhang.kernel.errors import TaizhangError


class HeadingLevelIsUnknownError(TaizhangError):
    """Heading levels are 0 (title) to 4."""

    code = "office.heading-level-is-unknown"
    template = "标题层级{level}不存在：0为公文标题，1至4依次为“一、”“（一）”“1.”“（1）”。改用0至4"


class TableIsEmptyError(TaizhangError):
    """A table needs at least one cell."""

    code = "office.table-is-empty"
    template = "表格一个单元格也没有，无法排版。删去这张表，或补上表头"


class TableCellsCollideError(TaizhangError):
    """The spans of a table's cells overlap, stick out, or leave a hole."""

    code = "office.table-cells-collide"
    template = "表格第{row}行排不齐：应有{columns}列，实得{found}列。核对该行及其上各行的跨行、跨列数"


class FontsAreMissingError(TaizhangError):
    """No installed font has Chinese characters."""

    code = "office.fonts-are-missing"
    template = (
        "本机没有可用的中文字体（{wanted}），PDF中的汉字会成空白。"
        "安装其中任一种后重试，Debian/Ubuntu可执行 apt-get install fonts-noto-cjk"
    )


class SheetRowDoesNotFitError(TaizhangError):
    """A sheet to write must have columns, and a row as many values."""

    code = "office.sheet-row-does-not-fit"
    template = "工作表“{sheet}”第{row}行有{found}个值，而表头有{columns}列。补齐或删去多出的值"


class SheetIsTooLongError(TaizhangError):
    """Excel holds 1,048,576 rows in a sheet."""

    code = "office.sheet-is-too-long"
    template = "工作表“{sheet}”有{rows}行，超过Excel一张表1048576行的上限。分成几张表，或改用CSV导出"


class CellTextIsTooLongError(TaizhangError):
    """Excel holds 32,767 characters in a cell."""

    code = "office.cell-text-is-too-long"
    template = "工作表“{sheet}”第{row}行“{column}”有{length}个字符，超过Excel单元格32767个字符的上限。拆成几行后再导出"


class WorkbookIsNotXlsxError(TaizhangError):
    """The bytes are not an .xlsx workbook."""

    code = "office.workbook-is-not-xlsx"
    template = "这个文件不是.xlsx工作簿（{found}）。用Excel或WPS打开，另存为“Excel工作簿(*.xlsx)”后再导入"


class WorkbookIsEncryptedError(TaizhangError):
    """The workbook asks for a password."""

    code = "office.workbook-is-encrypted"
    template = "工作簿设了打开密码，无法读取。在Excel或WPS里取消密码、另存一份后再导入"


class WorkbookIsDamagedError(TaizhangError):
    """The container or its XML cannot be read."""

    code = "office.workbook-is-damaged"
    template = "工作簿已损坏，读不出内容（{reason}）。用Excel或WPS打开修复、另存一份后再导入"


class WorkbookIsTooLargeError(TaizhangError):
    """Size on disk, unpacked, or the area the cells span, is above the limit."""

    code = "office.workbook-is-too-large"
    template = "工作簿的{what}为{found}，超过上限{limit}，为防止耗尽内存已拒绝。删去多余的行列和工作表，或分成几个文件导入"


class NoticeContentIsMalformedError(TaizhangError):
    """The stored or edited form of a notice is not one."""

    code = "office.notice-content-is-malformed"
    template = "通报第{place}段不合格式：{why}。从系统给出的稿子改起，数字从数据栏取用"


class WorkbookIsNotAFormError(TaizhangError):
    """The workbook was not handed out by this system, or its hidden parts are gone."""

    code = "office.workbook-is-not-a-form"
    template = "这不是本系统发出的填报表（{reason}）。从“待填报”重新下载，填好后再传；不要另建工作簿或删隐藏的行列"


class WorkbookRowsDoNotMatchError(TaizhangError):
    """Rows of a form were lost, doubled or swapped with those of another."""

    code = "office.workbook-rows-do-not-match"
    template = "填报表第{row}行对不上：{reason}。重新下载填报表，不要增删、复制或排序各行"
