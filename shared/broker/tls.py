"""TLS to the broker: always with a verified certificate and the name of the host in it.

The files are named in the address, with the words RabbitMQ's own clients use:
``amqps://user:password@host/vhost?cacertfile=…&certfile=…&keyfile=…``. Without
``cacertfile`` the authorities that the machine trusts decide. There is no word
that turns the verification off.
"""

import ssl
from dataclasses import dataclass
from typing import Any, Self

from kombu.utils.url import parse_url

from shared.broker.link import BrokerAwayError

_FILES = {"cacertfile", "certfile", "keyfile"}
_PARTS = {"transport", "hostname", "port", "userid", "password", "virtual_host"}


def without_files(url: str) -> str:
    """Return *url* without the parameters that name files, for clients that do not know them."""
    return url.partition("?")[0]


@dataclass(frozen=True, slots=True)
class BrokerTls:
    """Whom we believe to be the broker *host*, and with which certificate we say who we are."""

    host: str
    authority: str | None
    certificate: str | None
    key: str | None

    @classmethod
    def of(cls, url: str) -> Self | None:
        """Return what *url* asks for, None for a plain connection.

        Raises BrokerAwayError for a parameter that is not known: whoever wrote it
        believes in something that would not be done.
        """
        parts = parse_url(url)
        plain = not url.startswith("amqps://")
        files = {name: value for name, value in parts.items() if name not in _PARTS}
        if set(files) - _FILES or (plain and files):
            raise BrokerAwayError(
                f"the broker's address has parameters of no use: {', '.join(sorted(files))}"
            )
        if plain:
            return None
        return cls(
            parts["hostname"] or "", files.get("cacertfile"), files.get("certfile"), files.get("keyfile")
        )

    def options(self) -> dict[str, Any]:
        """Return what py-amqp makes its context of."""
        return {
            "cert_reqs": ssl.CERT_REQUIRED,
            "server_hostname": self.host,
            "ca_certs": self.authority,
            "certfile": self.certificate,
            "keyfile": self.key,
            "tls_minimum_version": ssl.TLSVersion.TLSv1_2,
        }

    def context(self) -> ssl.SSLContext:
        """Return the same as a context, for clients that take one; *host* is theirs to hand on."""
        context = ssl.create_default_context(cafile=self.authority)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificate:
            context.load_cert_chain(self.certificate, self.key)
        return context
