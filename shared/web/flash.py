"""The message a page shows once after something was done: carried by a signed cookie, in both languages."""

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from shared.web.i18n import Words
from shared.web.session import Sessions, cookie_settings

COOKIE = "shouxian_flash"


def flash(response: Response, sessions: Sessions, words: Words, *, secure: bool) -> None:
    """Let the next page show *words*."""
    signed = _signed(sessions).dumps([words.zh, words.en])
    response.set_cookie(COOKIE, signed, max_age=60, **cookie_settings(secure=secure))


def flashed(request: Request, sessions: Sessions) -> Words | None:
    """Return the message to show now, if there is one."""
    try:
        zh, en = _signed(sessions).loads(request.cookies.get(COOKIE, ""))
    except (BadSignature, ValueError):
        return None
    return Words(str(zh), str(en))


def forget_flash(request: Request, response: Response) -> None:
    """Let the message not be shown again."""
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, path="/")


def _signed(sessions: Sessions) -> URLSafeSerializer:
    return URLSafeSerializer(sessions.secret, salt="shouxian.flash")
