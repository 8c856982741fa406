"""Why the system refused a file or an address, in words; it says so itself in English only."""

import errno

from taizhang.cli.language import tr

_WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "同名的文件已经在那里",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.ELOOP: "链接绕成了圈",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def reason_of(error: OSError | ValueError | OverflowError) -> str:
    """The reason in the language in use; the system's own words where there are none of ours."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _WORDS:
        return tr(_WORDS[number])
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
