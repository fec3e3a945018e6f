"""Looks at an HTTP server's answers with RFC 9110 in hand, by way of Python's http.client.

http_linter.py HTTP HTTPS WRONGNAME EXPIRED SITE PEER_CA CASE; the first four are ports, and ca.pem and other.pem are
in the working folder.
"""

import email.utils
import http.client
import ssl
import sys

http_port, https_port, wrong_port, expired_port, site, peer_ca, case = sys.argv[1:]
with open(f"{site}/phone.bin", "rb") as file:
    PHONE = file.read()
WHOLE = len(PHONE)


def ask(path="/phone.bin", method="GET", connection=None, **fields):
    connection = connection or http.client.HTTPConnection("127.0.0.1", int(http_port), timeout=60)
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    lint(answer, method)
    return answer


def lint(answer, method):
    """What holds for every answer."""
    assert answer.version == 11
    assert email.utils.parsedate_to_datetime(answer.headers["date"]), "section 6.6.1: a server with a clock says Date"
    for field in answer.headers:
        assert len(answer.headers.get_all(field)) == 1, f"{field} twice"
    if answer.status in (200, 206, 304) and method in ("GET", "HEAD"):
        tag = answer.headers["etag"]
        assert tag[0] == tag[-1] == '"' and '"' not in tag[1:-1], "section 8.8.3: a strong validator"
    if answer.status in (200, 206):
        changed = email.utils.parsedate_to_datetime(answer.headers["last-modified"])
        assert changed <= email.utils.parsedate_to_datetime(answer.headers["date"]), "section 8.8.2.1"
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["content-type"]
    if answer.status == 304 or method == "HEAD":
        assert answer.body == b"", "sections 9.3.2, 15.4.5: no content"
    elif "content-length" in answer.headers:
        assert int(answer.headers["content-length"]) == len(answer.body)


def part(range_, first, last):
    answer = ask(Range=range_)
    assert answer.status == 206, answer.status
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{WHOLE}", answer.headers["content-range"]
    assert answer.body == PHONE[first : last + 1]


def whole(answer):
    assert answer.status == 200, answer.status
    assert "content-range" not in answer.headers
    assert answer.body == PHONE


def head():
    got, asked = ask(), ask(method="HEAD")
    whole(got)
    assert asked.status == 200
    for field in ("content-length", "content-type", "etag", "last-modified", "accept-ranges"):
        assert got.headers[field] == asked.headers[field], f"section 9.3.2: {field}"


def nothing_there():
    answer = ask(Range="bytes=400000-")
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{WHOLE}", "section 15.5.17"


def unchanged(field, value):
    """Field and value of a precondition that the client's version meets."""
    answer = ask(**{field: value})
    assert answer.status == 304, answer.status
    assert answer.headers["etag"] == ask().headers["etag"], "section 15.4.5: the fields of a 200"


def failed(answer):
    assert answer.status == 412, answer.status


def two_files():
    connection = http.client.HTTPConnection("127.0.0.1", int(http_port), timeout=60)
    whole(ask(connection=connection))
    socket = connection.sock
    assert ask("/small.bin", connection=connection).status == 200
    assert ask("/none.bin", connection=connection).status == 404
    whole(ask(connection=connection))
    assert socket is not None and connection.sock is socket, "one connection"


def missing():
    assert ask("/none.bin").status == 404


def empty():
    answer = ask("/empty.bin")
    assert (answer.status, answer.headers["content-length"]) == (200, "0")
    answer = ask("/empty.bin", Range="bytes=0-")
    assert answer.status == 416


def large():
    with open(f"{site}/large.bin", "rb") as file:
        assert ask("/large.bin").body == file.read()


def other_method():
    answer = ask(method="DELETE")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), "section 15.5.6"


def secure(port, authority, at_most=ssl.TLSVersion.TLSv1_3):
    context = ssl.create_default_context(cafile=authority)
    context.maximum_version = at_most
    return http.client.HTTPSConnection("127.0.0.1", int(port), timeout=60, context=context)


def refused(port, authority, words):
    try:
        ask(connection=secure(port, authority))
    except ssl.SSLCertVerificationError as why:
        assert words in str(why), why
    else:
        raise AssertionError("it was trusted")


last_modified = ask().headers["last-modified"]
tag = ask().headers["etag"]
CASES = {
    "get": lambda: whole(ask()),
    "head": head,
    "range: the first bytes": lambda: part("bytes=0-99", 0, 99),
    "range: in the middle": lambda: part("bytes=1000-1999", 1000, 1999),
    "range: the last bytes": lambda: part("bytes=-100", WHOLE - 100, WHOLE - 1),
    "range: the rest": lambda: part("bytes=100000-", 100000, WHOLE - 1),
    "range: none there": nothing_there,
    "range: more than there is": lambda: part("bytes=300000-999999999", 300000, WHOLE - 1),
    "range: of nonsense": lambda: whole(ask(Range="lines=1-2")),
    "several ranges": lambda: whole(ask(Range="bytes=0-99,200-299")),
    "If-None-Match": lambda: unchanged("If_None_Match", tag),
    "If-None-Match, another version": lambda: whole(ask(If_None_Match='"another"')),
    "If-Modified-Since": lambda: unchanged("If_Modified_Since", last_modified),
    "If-Modified-Since, older": lambda: whole(ask(If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")),
    "If-Match, another version": lambda: failed(ask(If_Match='"another"')),
    "If-Range": lambda: None if ask(If_Range=tag, Range="bytes=0-9").body == PHONE[:10] else sys.exit("the whole"),
    "If-Range, another version": lambda: whole(ask(If_Range='"another"', Range="bytes=0-9")),
    "two files, one connection": two_files,
    "missing file": missing,
    "empty file": empty,
    "64 MB": large,
    "method of another kind": other_method,
    "TLS": lambda: whole(ask(connection=secure(https_port, "ca.pem"))),
    "TLS 1.2": lambda: whole(ask(connection=secure(https_port, "ca.pem", ssl.TLSVersion.TLSv1_2))),
    "TLS: certificate for another name": lambda: refused(wrong_port, "ca.pem", "IP address mismatch"),
    "TLS: expired certificate": lambda: refused(expired_port, peer_ca, "expired"),
    "TLS: another authority": lambda: refused(https_port, "other.pem", "unable to get"),
}
CASES[case]()
