"""An identity provider of nobody: a small HTTP server with keys of its own, which can be made to lie."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "shouxian", "a secret / of: tests"


@dataclass
class Asked:
    """One authorization request, waiting for its code to be brought."""

    nonce: str
    challenge: str
    redirect_uri: str
    subject: str


@dataclass
class InventedProvider:
    """What the provider knows and does; tests change it to see what a site believes."""

    issuer: str = ""
    keys: list[RSAKey] = field(default_factory=list)
    codes: dict[str, Asked] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    once_only: bool = True
    requests: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is published no more."""
        self.keys = [RSAKey.generate_key(2048, parameters={"kid": f"k{time.monotonic_ns()}", "use": "sig"})]

    def sign_in(self, address: str, subject: str) -> str:
        """Be the person at the provider's own page: return where their browser is sent."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert ("code", CLIENT, "S256") == (
            asked["response_type"],
            asked["client_id"],
            asked["code_challenge_method"],
        )
        code = f"code-{len(self.requests)}-{len(self.codes)}"
        self.codes[code] = Asked(asked["nonce"], asked["code_challenge"], asked["redirect_uri"], subject)
        given = {"code": code, "state": asked["state"], "iss": self.issuer} | self.answer
        return f"{asked['redirect_uri']}?{urlencode(given)}"

    def document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=county",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/leave",
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Answer the token endpoint as the standard says, unless told to lie."""
        expected = base64.b64encode(b"shouxian:a%20secret%20%2F%20of%3A%20tests").decode()
        asked = self.codes.pop(form["code"], None) if self.once_only else self.codes.get(form["code"])
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or authorization != f"Basic {expected}"
            or challenge.rstrip(b"=").decode() != asked.challenge
            or form["redirect_uri"] != asked.redirect_uri
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: Asked) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": asked.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.nonce,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = ({"alg": "none", "typ": "JWT"}, claims)
            return ".".join(_part(json.dumps(one).encode()) for one in parts) + "."
        key = self.keys[0]
        return jwt.encode({"alg": self.algorithm, "kid": key.kid}, claims, key, algorithms=[self.algorithm])


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def invented_provider() -> Iterator[InventedProvider]:
    """Give a provider that answers on a port of this machine."""
    provider = InventedProvider()
    provider.rotate()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}/realm"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(provider: InventedProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/realm")
            provider.requests.append(path)
            if path == "/keys":
                self._say(200, {"keys": [key.as_dict(private=False) for key in provider.keys]})
            else:
                self._say(200, provider.document())

        def do_POST(self) -> None:
            provider.requests.append("/token")
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*provider.token(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, document: dict[str, Any]) -> None:
            raw = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            """Say nothing: pytest shows what a test says."""

    return Handler
