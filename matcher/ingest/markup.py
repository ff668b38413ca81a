"""XML as a tree, without what makes XML dangerous: no entities, no network, no external files."""

import re
from typing import Any

from lxml import etree

from matcher.errors import PostingError

_ROOT = re.compile(
    rb"^(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?([\w.-]+)", re.S | re.I
)
_BARE_AND = re.compile(rb"&(?!#?\w{1,8};)")


def root_name(data: bytes) -> str:
    """The name of a document's first element in lower case, without its prefix; empty when there is none."""
    match = _ROOT.match(data[:8192].removeprefix(b"\xef\xbb\xbf"))
    return match[1].decode("ascii", "replace").lower() if match else ""


def xml_root(data: bytes) -> Any:
    """The tree of an XML document, as far as it can be read.

    Raises:
        PostingError: it declares entities (a few hundred bytes of them can fill any memory), or is no XML.
    """
    if re.search(rb"<!ENTITY", data[:65536], re.I):
        raise PostingError("this XML declares entities, which is not safe to read")
    data = data.strip()
    try:
        return etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        root = etree.fromstring(_BARE_AND.sub(b"&amp;", data), _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PostingError(f"damaged XML ({error})") from None
    if root is None:
        raise PostingError("damaged XML (no element in it)")
    return root


def _parser(*, recover: bool = False) -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, recover=recover
    )
