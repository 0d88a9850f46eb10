"""What is refused of reports, each with its code and its sentence in both languages."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class UnknownReportingTaskError(NotFoundError):
    code = "unknown_reporting_task"
    zh = "没有这项上报任务：{task_id}"
    en = "There is no reporting task {task_id}"


class UnknownReportSampleError(NotFoundError):
    code = "unknown_report_sample"
    zh = "没有这次抽查：{sample_id}"
    en = "There is no sampled check {sample_id}"


class UnknownReportFileError(NotFoundError):
    code = "unknown_report_file"
    zh = "没有这份佐证材料：{sha256}"
    en = "There is no file {sha256} with this report"


class NotReportedError(NotFoundError):
    """Raised for an indicator that nobody reports: events count it, or it does not exist."""

    code = "indicator_not_reported"
    zh = "{indicator} 不是上报指标"
    en = "{indicator} is not an indicator that units report"


class NotTheReporterError(ForbiddenError):
    """Raised when somebody else's report would be handed in."""

    code = "not_the_reporter"
    zh = "这项任务由 {unit} 上报"
    en = "This is reported by {unit}"


class WrongStepError(ConflictError):
    """Raised when a task's state does not permit the step."""

    code = "reporting_step_not_permitted"
    zh = "任务现为“{state_zh}”，不能{step_zh}"
    en = "The task is {state_en}: it cannot be {step_en}"


class MissingUnitsError(InvalidInputError):
    """Raised when a submission leaves out a unit it is about: missing is never zero."""

    code = "report_units_missing"
    zh = "还缺这些单位的数值：{units}"
    en = "The values of these units are missing: {units}"


class StrangeUnitError(InvalidInputError):
    code = "report_unit_strange"
    zh = "这项任务不涉及：{units}"
    en = "This task is not about: {units}"


class WrongFigureError(InvalidInputError):
    """Raised when what was given is not the kind of figure the indicator asks for."""

    code = "report_figure_wrong"
    zh = "{what_zh}"
    en = "{what_en}"


class NoEvidenceError(InvalidInputError):
    code = "report_without_evidence"
    zh = "本项须附佐证材料（文件）后才能上报"
    en = "This report needs a file as evidence"


class EmptyReturnReasonError(InvalidInputError):
    code = "report_returned_without_reason"
    zh = "请写明退回原因"
    en = "Say why it is returned"


class TooManyFilesError(InvalidInputError):
    code = "report_files_too_many"
    zh = "一次上报最多附 {most} 份材料"
    en = "A report takes {most} files at most"


class FileKindRefusedError(InvalidInputError):
    """Raised by the content of the file, whatever its name says."""

    code = "report_file_kind"
    zh = "只接受 {kinds} 文件；“{name}”不是"
    en = "Only {kinds} files are taken; {name} is none"


class FileTooLargeError(InvalidInputError):
    code = "report_file_too_large"
    zh = "文件超过 {most_mb} MB，请压缩或拆分"
    en = "The file is larger than {most_mb} MB; compress or split it"


class SheetUnreadableError(InvalidInputError):
    code = "report_sheet_unreadable"
    zh = "表格无法读取：{what_zh}"
    en = "The sheet cannot be read: {what_en}"


class NothingToSampleError(ConflictError):
    code = "report_sample_empty"
    zh = "没有已采用、尚未抽查的上报，无法形成抽查名单"
    en = "There is no accepted report that was not checked yet"


class SampleDrawnError(ConflictError):
    """Raised at a second draw: drawing again until it suits would be no sample."""

    code = "report_sample_drawn"
    zh = "本次抽查已于 {drawn_on} 抽取，不得重抽"
    en = "The sample was drawn on {drawn_on} and is not drawn again"


class BadSeedError(InvalidInputError):
    code = "report_sample_seed"
    zh = "种子由 4 至 64 位数字和字母组成"
    en = "A seed is 4 to 64 digits and letters"
