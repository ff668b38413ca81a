import pytest

from matcher.errors import FetchError
from matcher.ingest.addresses import EVERYWHERE, ip_network, is_address, may_reach, normal


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("HTTP://Jobs.Example:80", "http://jobs.example/"),
        ("https://jobs.example:443/a#apply", "https://jobs.example/a"),
        ("https://jobs.example:8443/a?b=c&d=%20", "https://jobs.example:8443/a?b=c&d=%20"),
        ("https://jobs.example/projekt leiter/ä", "https://jobs.example/projekt%20leiter/%C3%A4"),
        ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
        (" https://jobs.example/a ", "https://jobs.example/a"),
    ],
)
def test_an_address_has_one_form(address, known_as):
    assert normal(address) == known_as
    assert normal(known_as) == known_as


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("file:///etc/passwd", "only http and https are read, not file"),
        ("ftp://jobs.example/a", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("jobs.example/a", "only http and https are read, not an address without either"),
        ("http:///a", "it names no host"),
        ("https://me:secret@jobs.example/", "user name or password"),
        ("https://me@jobs.example/", "user name or password"),
        ("http://[::1/", "no usable address"),
        ("http://jobs.example:99999/", "no usable address"),
    ],
)
def test_what_is_no_address_for_us_says_why(address, message):
    with pytest.raises(FetchError, match=message):
        normal(address)


def test_sources_that_are_addresses():
    assert all(map(is_address, ("https://a.example", "HTTP://a", "file:///a", "ftp://a")))
    assert not any(map(is_address, ("a.html", "C:/jobs.html", "http", "-", "@urls.txt", "jobs/*.html")))


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "192.88.99.1", "224.0.0.1", "224.0.1.1", "239.1.2.3", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001:db8::1", "2001::1", "2001:10::1", "2002:7f00:1::",
        "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%lo", "fec0::1",
        "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(ip):
    assert not may_reach(ip)
    assert may_reach(ip, EVERYWHERE)


@pytest.mark.parametrize(
    "ip",
    ["1.1.1.1", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "2606:4700::1111",
     "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"],
)  # fmt: skip
def test_public_addresses(ip):
    assert may_reach(ip)


def test_a_network_may_be_opened_alone():
    opened = (ip_network("10.1.0.0/16"),)
    assert may_reach("10.1.2.3", opened)
    assert may_reach("::ffff:10.1.2.3", opened)
    assert not may_reach("10.2.0.1", opened)
