"""What a ZIP container is, by the members it lists."""

from taizhang.engines.readers.archive import open_archive
from taizhang.engines.readers.errors import FormatIsNotReadError
from taizhang.engines.readers.kinds import AS_TEXT, SAVE_AS_DOCX, UNPACK
from taizhang.engines.readers.source import Media

# in order: the first member that is found decides
_ZIP_MEMBERS = (
    ("xl/workbook.xml", "Excel工作簿(.xlsx)", "本命令读公文正文；若正文在表里，另存为.docx或制表符分隔的.txt再读"),
    ("xl/workbook.bin", "Excel工作簿(.xlsb)", "本命令读公文正文；若正文在表里，另存为.docx或制表符分隔的.txt再读"),
    ("ppt/presentation.xml", "PowerPoint演示文稿", AS_TEXT),
    ("OFD.xml", "OFD版式文件", "用OFD阅读器打开，导出为可检索的PDF，或向发文单位索取Word版再读"),
    ("META-INF/container.xml", "EPUB电子书", AS_TEXT),
    ("content.xml", "OpenDocument文档", SAVE_AS_DOCX),
)


def zip_kind(data: bytes) -> Media:
    """`Media.DOCX` for a Word package; anything else is refused by name."""
    members = set(open_archive(data, "压缩格式的文件").namelist())
    if any(member.startswith("word/") for member in members):
        return Media.DOCX
    for member, what, cure in _ZIP_MEMBERS:
        if member in members:
            raise FormatIsNotReadError(what=what, cure=cure)
    if "[Content_Types].xml" in members:
        return Media.DOCX  # an Office package whose document may have another name
    raise FormatIsNotReadError(what="ZIP压缩包", cure=UNPACK)
