"""A form that carries a file: its fields, and the file spooled to disk while it comes in."""

import hashlib
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import IO, Any, cast

from anyio import from_thread
from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from shared.web.forms import Upload
from shared.web.site import LARGEST_BODY, ensure_length

Pair = tuple[str, str | Upload]
_MOST_FIELDS = 100
_PIECE = 1 << 20
_MOST_NAME = 120


@contextmanager
def received(request: Request, largest_file: int) -> Iterator[list[Pair]]:
    """Give the fields of a multipart body in their order; its file lies on disk until the end.

    For routes, which run in a worker thread. Raises TooLargeError, also for a body
    that does not say its length.
    """
    ensure_length(request, LARGEST_BODY + largest_file)
    spool = partial(request.form, max_files=1, max_fields=_MOST_FIELDS, max_part_size=_PIECE)
    form: FormData = from_thread.run(cast("Callable[[], Coroutine[Any, Any, FormData]]", spool))
    try:
        with tempfile.TemporaryDirectory(prefix="shouxian-upload-") as folder:
            pairs: list[Pair] = []
            for number, (name, value) in enumerate(form.multi_items()):
                if not isinstance(value, UploadFile):
                    pairs.append((name, value))
                elif value.filename:
                    pairs.append((name, _kept(value, Path(folder) / str(number))))
            yield pairs
    finally:
        from_thread.run(form.close)


def _kept(sent: UploadFile, path: Path) -> Upload:
    digest = hashlib.sha256()
    size = 0
    source: IO[bytes] = sent.file
    source.seek(0)
    with path.open("wb") as kept:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            kept.write(piece)
    # Some browsers send the whole path; only its last part is a name.
    name = PurePath((sent.filename or "").replace("\\", "/")).name
    shown = "".join(sign for sign in name if sign.isprintable())[-_MOST_NAME:]
    return Upload(shown or "file", path, size, digest.hexdigest())
