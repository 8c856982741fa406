"""Why a file can't be read, each with what its owner can do about it."""

from taizhang.kernel.errors import TaizhangError


class FileIsEmptyError(TaizhangError):
    """No bytes at all."""

    code = "readers.file-is-empty"
    template = "文件是空的（0字节）。核对选对了文件，或重新下载、导出一份"


class FileHasNoTextError(TaizhangError):
    """The file is well formed, but nothing is written in it."""

    code = "readers.file-has-no-text"
    template = "文件里没有文字（{media}）。若内容是图片，先做文字识别（OCR）；否则核对选对了文件"


class FileIsTooLargeError(TaizhangError):
    """More bytes than the limit of the call."""

    code = "readers.file-is-too-large"
    template = "文件有{size}，超过一次读取的上限{limit}。分成几个文件（例如按期、按件）后再读，或删去其中的图片"


class FormatIsNotReadError(TaizhangError):
    """A format known by name that has no reader."""

    code = "readers.format-is-not-read"
    template = "这个文件是{what}，不能直接读取。{cure}"


class FileIsEncryptedError(TaizhangError):
    """A password is needed to open the file."""

    code = "readers.file-is-encrypted"
    template = "这个{what}设了打开密码，无法读取。打开后取消密码，另存一份再读"


class FileIsDamagedError(TaizhangError):
    """The container or its markup is broken."""

    code = "readers.file-is-damaged"
    template = "这个{what}已损坏，读不出内容（{reason}）。重新下载，或打开后另存一份再读"


class PackageIsUnsafeError(TaizhangError):
    """A container built to harm its reader: it unpacks to a multitude, names places outside itself, or defines entities."""

    code = "readers.package-is-unsafe"
    template = "这个{what}内部异常（{reason}），可能是恶意文件，已拒绝读取。确认来源可靠后，打开并另存一份再读"


class BytesAreUndecodableError(TaizhangError):
    """The encoding is known, and some bytes are not of it."""

    code = "readers.bytes-are-undecodable"
    template = (
        "第{line}行（文件第{offset}字节处）的“{found}”不是{encoding}编码的字符，文件可能被截断或混入了别的编码。"
        "用记事本或WPS打开核对该行，另存为UTF-8编码再读"
    )


class EncodingIsUnknownError(TaizhangError):
    """Neither UTF-8, UTF-16 nor plausible GB18030."""

    code = "readers.encoding-is-unknown"
    template = (
        "认不出文字的编码：不是UTF-8、UTF-16，按GB18030解码也不成文（{reason}）。用记事本或WPS打开，另存为UTF-8编码的文本再读"
    )


class PdfHasNoTextLayerError(TaizhangError):
    """Pages of pictures: a scan."""

    code = "readers.pdf-has-no-text-layer"
    template = "PDF的{pages}页都是图片，没有文字层（扫描件）。先用文字识别（OCR）软件转成可检索的PDF或Word，校对后再读"


class PdfTextIsUnreadableError(TaizhangError):
    """Fonts without a way from glyph to character."""

    code = "readers.pdf-text-is-unreadable"
    template = "PDF有文字层，但{share}的字符没有编码对照，读出来是乱码。用原文件重新导出PDF，或先做文字识别（OCR）"
