"""Which addresses may be reached."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.address import Guard, guard_for, is_public, literal_address

PUBLIC = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:2800:220:1::1", "2a00:1450:4001::1",
          "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"]  # fmt: skip
CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::7f00:1",
    "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "3fff::1",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:c0a8:101::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "100::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", CLOSED)
def test_closed(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Guard().permits_text(address)


@given(st.one_of(st.ip_addresses(v=4), st.integers(0, 2**32 - 1).map(IPv4Address)))
def test_no_v4_is_more_open_than_the_standard_library_says(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@given(st.one_of(st.ip_addresses(v=6), st.integers(0, 2**128 - 1).map(IPv6Address)))
def test_no_v6_is_more_open_than_the_standard_library_says(address: IPv6Address) -> None:
    if is_public(address):
        inner = address.ipv4_mapped
        assert (inner or address).is_global or int(address) >> 32 == 0x64FF9B << 72
        assert not address.is_multicast
        assert not address.is_link_local
        assert not address.is_site_local
        assert not address.is_loopback


@given(st.ip_addresses(v=4), st.sampled_from(["mapped", "nat64", "sixtofour"]))
def test_an_address_inside_another_is_judged_by_itself(inner: IPv4Address, form: str) -> None:
    number = int(inner)
    outer = {
        "mapped": 0xFFFF << 32 | number,
        "nat64": 0x64FF9B << 96 | number,
        "sixtofour": 0x2002 << 112 | number << 80,
    }
    assert is_public(IPv6Address(outer[form])) == is_public(inner)


@given(st.ip_addresses(v=4))
def test_every_spelling_means_the_same_address(address: IPv4Address) -> None:
    number = int(address)
    a, b, c, d = address.packed
    spellings = [
        str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}", f"0x{a:x}.0{b:o}.{number & 0xFFFF}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{address}.",
    ]  # fmt: skip
    assert {literal_address(spelling) for spelling in spellings} == {address}


@pytest.mark.parametrize(
    "host", ["example.com", "1.2.3.4.5", "256.1.1.1", "0x", "08", "1.2.3.999", "", ".", "1e3", "99999999999"]
)
def test_names_are_no_addresses(host: str) -> None:
    found = literal_address(host)
    assert found is None or host == "0x"


def test_what_is_opened_is_open_mapped_too_and_nothing_else() -> None:
    guard = guard_for(["10.0.0.0/8", "fd00::/8"])
    assert guard.permits_text("10.2.3.4")
    assert guard.permits_text("::ffff:10.2.3.4")
    assert guard.permits_text("fd00::1")
    assert guard.permits_text("11.0.0.1")  # public anyway
    assert not guard.permits_text("192.168.0.1")
    assert not guard.permits_text("127.0.0.1")
    assert not guard.permits_text("nonsense")
    with pytest.raises(ValueError):
        guard_for(["10.0.0.0/99"])


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_exception(text: str) -> None:
    Guard().refusal(text)
    Guard().refusal(f"http://{text}/")


@pytest.mark.parametrize(
    "url", ["http://u@8.8.8.8/", "http://8.8.8.8\\@x/", "http://8.8.8.8/\r\nX: y", "ws://8.8.8.8/", "http://"]
)
def test_tricks_in_the_text_are_refused(url: str) -> None:
    assert Guard().refusal(url)
    assert Guard().refusal("https://8.8.8.8/feed?x=@y") is None
