"""Why a file cannot be read at all, told to the person who chose it."""

from shared.kernel.errors import InvalidInputError


class FileTooLargeError(InvalidInputError):
    code = "file_too_large"
    zh = "文件过大，最多 {most_mb} MB；请按乡镇拆分后分别导入"
    en = "The file is too large, {most_mb} MB at most; split it by town"


class FileSwollenError(InvalidInputError):
    """Raised for a file that would grow out of all proportion when it is opened."""

    code = "file_swollen"
    zh = "文件展开后异常巨大，已停止读取"
    en = "The file grows out of all proportion when it is opened; reading was stopped"


class FileBrokenError(InvalidInputError):
    code = "file_broken"
    zh = "文件已损坏或不完整，无法读取"
    en = "The file is damaged or not complete"


class FileKindError(InvalidInputError):
    """Raised for what is neither a workbook nor a CSV file, whatever its name says."""

    code = "file_kind"
    zh = "文件内容是{found_zh}，不是 Excel 工作簿（.xlsx、.xls）或 CSV 表格；请在 Excel 中“另存为”后再导入"
    en = "The file is {found_en}, neither a workbook (.xlsx, .xls) nor CSV; save it from Excel and try again"


class FileLockedError(InvalidInputError):
    code = "file_locked"
    zh = "工作簿设有打开密码，请取消密码后再导入"
    en = "The workbook asks for a password; remove it and try again"


class FileTextError(InvalidInputError):
    code = "file_text"
    zh = "文件的文字编码无法识别，请另存为 UTF-8 或 GB18030（ANSI）编码的 CSV"
    en = "The encoding of the text is not known; save it as CSV in UTF-8 or GB18030"


class TooManyRowsError(InvalidInputError):
    code = "too_many_rows"
    zh = "表格超过 {most} 行，请拆分后分别导入"
    en = "The table has more than {most} lines; split it"
