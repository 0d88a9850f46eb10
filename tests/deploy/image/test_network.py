import struct

import pytest

from deploy.image.compose import read
from deploy.image.county import COMPOSE
from deploy.image.network import Network, answer

ADDRESSES = {"finance-web": "10.77.0.13"}
_A, _AAAA = 1, 28


def _question(name, kind):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack("!HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", kind, 1)


@pytest.mark.parametrize(
    ("name", "kind", "code", "found"),
    [
        ("finance-web", _A, 0, b"\x0a\x4d\x00\x0d"),
        ("Finance-Web", _A, 0, b"\x0a\x4d\x00\x0d"),
        ("finance-web", _AAAA, 0, b""),
        ("elsewhere.example", _A, 3, b""),
    ],
)
def test_names_are_answered(name, kind, code, found):
    """A service's address is told; no other kind of address, and no other name, is there."""
    told = answer(_question(name, kind), ADDRESSES)
    number, flags, _, answers, _, _ = struct.unpack_from("!HHHHHH", told)
    assert (7, code, bool(found)) == (number, flags & 0xF, bool(answers))
    assert told.endswith(found)


def test_every_service_has_an_address_of_its_own():
    """Those compose.yaml fixes are kept, the others differ from them and from each other."""
    county = read(COMPOSE, {"SHOUXIAN_SECRETS": "/secrets"})
    network = Network.of(county.subnet, list(county.services.values()))
    assert county.services.keys() == network.addresses.keys()
    assert len(county.services) == len({network.gateway, *network.addresses.values()}) - 1
    assert county.services["proxy"].address == network.addresses["proxy"]
