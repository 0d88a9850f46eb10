"""What building and starting refuse, each with its code."""

from shared.kernel.errors import InvalidInputError


class DockerfileError(InvalidInputError):
    """Raised for an instruction that would have to be guessed or skipped."""

    code = "dockerfile_unknown"
    zh = "Dockerfile 第 {line} 行无法执行：{reason}"
    en = "Line {line} of the Dockerfile cannot be carried out: {reason}"


class ComposeError(InvalidInputError):
    """Raised for something in compose.yaml that would have to be guessed or skipped."""

    code = "compose_unknown"
    zh = "compose.yaml 中 {where} 无法执行：{reason}"
    en = "{where} of compose.yaml cannot be carried out: {reason}"


class NotRootError(InvalidInputError):
    """Raised for a user who may neither mount nor change user."""

    code = "root_needed"
    zh = "需要 root 权限：要挂载文件系统并切换用户"
    en = "This needs root: it mounts file systems and changes the user"


class ProgramMissingError(InvalidInputError):
    """Raised when a program of the machine is not there; says which package brings it."""

    code = "program_missing"
    zh = "缺少程序 {program}；请先安装：deploy/bin/apt.sh {package}"
    en = "There is no program {program}; install it first: deploy/bin/apt.sh {package}"


class StepFailedError(InvalidInputError):
    """Raised when a step of the build ended with an error; what it said stands above."""

    code = "step_failed"
    zh = "构建步骤失败（Dockerfile 第 {line} 行），退出码 {status}"
    en = "A step of the build failed (line {line} of the Dockerfile), exit status {status}"


class ForeignRootError(InvalidInputError):
    """Raised for a directory that is no build of ours: it would be emptied."""

    code = "foreign_root"
    zh = "{path} 不是本工具建立的目录，不会清空它"
    en = "{path} was not made by this tool and will not be emptied"


class ImageFlawedError(InvalidInputError):
    """Raised when an image contains what it must not."""

    code = "image_flawed"
    zh = "镜像不合要求：{flaws}"
    en = "The image is not acceptable: {flaws}"


class NotUpError(InvalidInputError):
    """Raised when nothing runs with this state."""

    code = "not_up"
    zh = "{state} 没有在运行"
    en = "Nothing runs on {state}"


class AlreadyUpError(InvalidInputError):
    """Raised when the county of this state runs already."""

    code = "already_up"
    zh = "{state} 已在运行"
    en = "{state} runs already"
