"""Which addresses a source may be fetched from: the public internet, and what the operator opened.

Pure. The rules follow the IANA special-purpose registries (RFC 6890 and its successors) and are written out here, for
`ipaddress.is_global` differs between Python versions and says nothing of addresses that carry another one inside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CLOSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network; 0.0.0.0 reaches loopback on Linux
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_OPEN_V6 = IPv6Network("2000::/3")  # the only part given out; loopback, ULA, fe80, fec0 and multicast lie outside it
_CLOSED_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_LOW_32_BITS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Says whether an address may be connected to. `allowed` opens private networks, named by the operator."""

    allowed: tuple[Network, ...] = ()

    def permits(self, address: Address) -> bool:
        """True for public unicast addresses and those in `allowed`; an address inside another is judged by itself."""
        inner = _mapped(address)
        if self._opened(address) or (inner is not None and self._opened(inner)):
            return True
        return is_public(address)

    def permits_text(self, address: str) -> bool:
        """As `permits`; what is no address at all is not permitted."""
        try:
            return self.permits(ip_address(address))
        except ValueError:
            return False

    def _opened(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.allowed)

    def refusal(self, url: str) -> str | None:
        """Why `url` may not be asked for, as a sentence, as far as its text shows; None when nothing is wrong.

        Names are judged later, by what they resolve to.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            return "The address cannot be read."
        if parts.scheme.lower() not in ("http", "https") or not host:
            return "The address must start with http:// or https:// and name a host."
        if "@" in parts.netloc:
            return "The address carries a user name or password, which is not supported."
        if "\\" in url or any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in url):
            return "The address holds a character that no address may hold."
        literal = literal_address(host)
        if literal is not None and not self.permits(literal):
            return refused_sentence(host)
        return None


def guard_for(blocks: Iterable[str]) -> Guard:
    """A guard that opens the networks named in CIDR form. Raises ValueError when one is none."""
    return Guard(allowed=tuple(ip_network(block, strict=False) for block in blocks))


def refused_sentence(host: str) -> str:
    """What people are told when `host` lies where sources may not reach."""
    return (
        f"{host[:100]} is not on the public internet; sources there are fetched only when "
        "network.allow_private names their network."
    )


def is_public(address: Address) -> bool:
    """True for unicast addresses of the public internet, an embedded IPv4 address included in the judgement."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_V4)
    inner = _carried(address)
    if inner is not None:
        return is_public(inner)
    return address in _OPEN_V6 and not any(address in block for block in _CLOSED_V6)


def _mapped(address: Address) -> IPv4Address | None:
    return address.ipv4_mapped if isinstance(address, IPv6Address) else None


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to `address` end at: mapped, NAT64 (RFC 6052) or 6to4 (RFC 3056)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & _LOW_32_BITS)
    return address.sixtofour


def literal_address(host: str) -> Address | None:
    """The address that `host` spells, in any form that resolvers take (2130706433, 0x7f.1, 0177.0.0.1); else None."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return _loose_v4(host)


def _loose_v4(host: str) -> IPv4Address | None:
    """IPv4 as inet_aton and browsers read it (WHATWG URL, 3.5): 1 to 4 parts, decimal, octal or hexadecimal."""
    parts = host.rstrip(".").split(".")
    if len(parts) > 4:
        return None
    numbers = [_loose_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    *heads, last = (number or 0 for number in numbers)
    if any(head > 255 for head in heads) or last >= 256 ** (5 - len(parts)):
        return None
    return IPv4Address(last + sum(head << (8 * (3 - place)) for place, head in enumerate(heads)))


def _loose_number(part: str) -> int | None:
    digits, base = part.lower(), 10
    if digits.startswith("0x"):
        digits, base = digits[2:] or "0", 16
    elif len(digits) > 1 and digits.startswith("0"):
        base = 8
    if not digits.isascii() or not digits.isalnum() or len(digits) > 16:
        return None
    try:
        return int(digits, base)
    except ValueError:
        return None
