"""What an import refuses, told to the person who started it."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class ImportNotFoundError(NotFoundError):
    code = "import_not_found"
    zh = "没有这项导入"
    en = "There is no such import"


class UnknownFormatError(InvalidInputError):
    code = "unknown_format"
    zh = "没有这种表格：{format}"
    en = "There is no such kind of table: {format}"


class ImportStateError(ConflictError):
    """Raised when a step does not follow from where the import is."""

    code = "import_state"
    zh = "这项导入现在不能这样办理（当前：{state_zh}）"
    en = "The import cannot take this step now (it is {state})"


class FailedRowsError(ConflictError):
    """Raised when somebody wants to apply an import with wrong rows: nothing is ever half-imported."""

    code = "import_failed_rows"
    zh = "还有 {failed} 行有错误，请下载错误清单改正后重新上传；全部无误才能导入"
    en = "{failed} rows are wrong; correct them in the list of errors and upload it again"


class ImportStaleError(ConflictError):
    """Raised when the registry has changed since the preview."""

    code = "import_stale"
    zh = "预览之后有 {count} 户的台账被改动，请重新预览"
    en = "{count} households have changed since the preview; look at it again"


class ForeignFormatError(ForbiddenError):
    """Raised when a department sends a list that is another's."""

    code = "foreign_format"
    zh = "这种表格由{department}报送"
    en = "This kind of table is delivered by {department}"


class ListMonthMissingError(InvalidInputError):
    code = "import_month_missing"
    zh = "部门名单须注明所属月份（YYYYMM）"
    en = "A department's list needs the month it is about (YYYYMM)"


class ExportNotFoundError(NotFoundError):
    """Raised for an export that is not there, is another person's, or is too old to be fetched."""

    code = "export_not_found"
    zh = "没有这项导出，或已过期；请重新申请"
    en = "There is no such export, or it has expired; ask for it again"


class OnlyCheckedError(ConflictError):
    """Raised for a table that can be read and checked, but that nothing takes in."""

    code = "import_only_checked"
    zh = "这种表格目前只作核对，没有可导入的台账"
    en = "Tables of this kind are only checked; there is no register they could go into"
