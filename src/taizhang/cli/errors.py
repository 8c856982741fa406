"""What the command refuses, in words that say what to do. Each ends in exit code 2."""

from taizhang.kernel.errors import TaizhangError


class UsageError(TaizhangError):
    """The arguments don't make sense."""

    code = "cli.usage"
    template = "{problem}。运行 taizhang {command} --help 看用法和例子"


class CommandIsUnknownError(TaizhangError):
    """No such subcommand."""

    code = "cli.command-is-unknown"
    template = "没有“{command}”这个命令。可用的命令：{known}。运行 taizhang --help 看说明"


class LanguageIsUnknownError(TaizhangError):
    """`--lang` names a language without a translation."""

    code = "cli.language-is-unknown"
    template = "没有“{language}”这种语言。--lang 后面写 zh 或 en"


class FileIsMissingError(TaizhangError):
    """The file named is not there."""

    code = "cli.file-is-missing"
    template = "找不到文件“{name}”。检查路径和文件名，带空格的名字要加引号"


class FileIsFolderError(TaizhangError):
    """A folder was named where a file is wanted."""

    code = "cli.file-is-folder"
    template = "“{name}”是文件夹。写出要读的文件，例如 {name}/*.txt"


class FileIsUnreadableError(TaizhangError):
    """The system does not let the file be read."""

    code = "cli.file-is-unreadable"
    template = "读不了文件“{name}”（{reason}）。检查读取权限，或换一份副本"


class FileIsEmptyError(TaizhangError):
    """There is nothing in the file."""

    code = "cli.file-is-empty"
    template = "“{name}”里没有文字。确认导出是否完整，再读一次"


class NoInputError(TaizhangError):
    """No file was named and standard input is a keyboard."""

    code = "cli.no-input"
    template = "没有写要读的文件。例如：{example}。从管道读入时用 - 代替文件名"


class StandardInputIsTakenTwiceError(TaizhangError):
    """`-` stands more than once among the files."""

    code = "cli.standard-input-is-taken-twice"
    template = "标准输入（-）只能读一次。其余的写文件名"


class OutputIsTerminalError(TaizhangError):
    """A binary format would be written to a terminal."""

    code = "cli.output-is-terminal"
    template = "{format} 是二进制格式，不能显示在终端。加 -o 写进文件，例如 -o {example}"


class OutputIsInputError(TaizhangError):
    """The output would replace the file being read."""

    code = "cli.output-is-input"
    template = "输出文件“{name}”就是要读的文件，写下去会毁掉原文。换一个 -o 的名字"


class OutputIsFileError(TaizhangError):
    """Several files need a folder to be written to."""

    code = "cli.output-is-file"
    template = "要读的文件不止一个，{format} 一份公报一个文件，-o 要写文件夹，“{name}”却是文件。例如 -o 结果/"


class OutputFolderIsMissingError(TaizhangError):
    """Several files need a folder to be written to and none was named."""

    code = "cli.output-folder-is-missing"
    template = "要读的文件不止一个，{format} 一份公报一个文件。加 -o 文件夹/，例如 -o 结果/"


class OutputIsUnwritableError(TaizhangError):
    """The system does not let the output be written."""

    code = "cli.output-is-unwritable"
    template = "写不了“{name}”（{reason}）。检查文件夹是否存在、有没有写入权限、文件是否正被打开"


class FormatIsUnknownError(TaizhangError):
    """The form asked for is not one of the command's."""

    code = "cli.format-is-unknown"
    template = "没有“{format}”这种格式。可用的：{known}"


class OutputEndingIsAnotherFormatError(TaizhangError):
    """The ending of the output promises a kind of file that this command does not write."""

    code = "cli.output-ending-is-another-format"
    template = "“{name}”的后缀是 {ending}，这个命令不写这种文件，存下来会打不开。可用的格式：{known}。改后缀，或用 --format 写明"


class AcceptancesAreMalformedError(TaizhangError):
    """The acceptance file cannot be used."""

    code = "cli.acceptances-are-malformed"
    template = "接受文件“{name}”{place}：{problem}。写法见 docs/contracts.md 的“接受文件”一节"


class SchemeIsUnusableError(TaizhangError):
    """The scheme file has errors, so that nothing can be scored by it."""

    code = "cli.scheme-is-unusable"
    template = "方案“{name}”有 {count} 处错误，不能用来计分。运行 taizhang scheme check {name} 看每一处怎么改"


class SchemeHasNoPackError(TaizhangError):
    """The pack whose bodies and interpretations a scheme needs was not found."""

    code = "cli.scheme-has-no-pack"
    template = "不知道方案“{name}”属于哪个资料包。把它放进 资料包/schemes/，或用 --pack 写明资料包的文件夹"


class SchemeHasNoSourceError(TaizhangError):
    """No issue was named, and the pack ships none."""

    code = "cli.scheme-has-no-source"
    template = "方案“{name}”要用登有{document}的公报，资料包里没有。用 --source 写明公报文件"


class FiguresAreUnusableError(TaizhangError):
    """Rows of figures or records that cannot be taken; nothing is scored."""

    code = "cli.figures-are-unusable"
    template = "“{name}”有 {count} 处读不了，没有计分：{problems}"


class FiguresAreMalformedError(TaizhangError):
    """A file of figures that is no table the command reads."""

    code = "cli.figures-are-malformed"
    template = "“{name}”不能用作填报数据：{problem}。格式见 docs/packs.md 的“填报数据”一节"


class UnitIsUnknownError(TaizhangError):
    """A unit named is not assessed by the scheme."""

    code = "cli.unit-is-unknown"
    template = "方案里没有“{name}”这个考核对象。照责任书或名单上的名称写"
