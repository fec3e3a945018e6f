"""One session of Python's ftplib: ftp_session.py PORT PASSWORD CASE.

Fetches and stores in the working folder; fails where a reply or a list is not as it should be.
"""

import ftplib
import sys

port, password, case = sys.argv[1:]
way = case.split(", ")[-1] if ", " in case else "PASV"


class Ftp(ftplib.FTP):
    """Takes the asked way for data; ftplib keeps the extended ones for IPv6."""

    def makepasv(self):
        if way == "EPSV":
            return ftplib.parse229(self.sendcmd("EPSV"), self.sock.getpeername())
        return super().makepasv()

    def sendport(self, host, port):
        if way == "EPRT":
            return self.sendeprt(host, port)
        return super().sendport(host, port)


def store(name, local="local", verb="STOR"):
    with open(local, "rb") as file:
        stored = ftp.storbinary(f"{verb} {name}", file)
    assert stored.startswith("226 "), stored


def retrieve(name, into="got", **rest):
    with open(into, "ab") as file:
        rest = file.tell() or None
        got = ftp.retrbinary(f"RETR {name}", file.write, rest=rest)
    assert got.startswith("226 "), got


def refused(code, what):
    try:
        what()
    except ftplib.error_perm as why:
        assert str(why).startswith(code), why
    else:
        raise AssertionError("it was not refused")
    assert ftp.pwd() == "/", "the session goes on"


def named():
    # A session has one user; a second one says hello again.
    ftp.close()
    ftp.connect("127.0.0.1", int(port), timeout=60)
    ftp.login("phones", password)
    ftp.voidcmd("TYPE I")


def listed():
    lines = []
    ftp.retrlines("LIST", lines.append)
    line = next(line for line in lines if line.endswith(" phone.bin"))
    assert line.startswith("-r") and "300007" in line.split(), line


def facts():
    facts = dict(ftp.mlsd())["phone.bin"]
    assert (facts["type"].lower(), facts["size"]) == ("file", "300007"), facts
    assert ftp.sendcmd("MDTM phone.bin") == "213 " + facts["modify"][:14], facts


def sizes():
    assert ftp.size("phone.bin") == 300007
    changed = ftp.sendcmd("MDTM phone.bin")
    assert changed[:4] == "213 " and len(changed) == 18 and changed[4:].isdigit(), changed
    refused("550", lambda: ftp.size("none.bin"))


def older():
    store("4711_data.txt", "lines")
    assert ftp.size("4711_data.txt") == 3000
    store("4711_data.txt")
    assert ftp.size("4711_data.txt") == 70001


def in_new_directory():
    named()
    ftp.mkd("new")
    ftp.cwd("new")
    store("any.name")


ftp = Ftp()
ftp.connect("127.0.0.1", int(port), timeout=60)
ftp.set_pasv(way not in ("PORT", "EPRT"))
if case != "wrong password":
    ftp.login()
    ftp.voidcmd("TYPE I")
CASES = {
    "retrieve, with a name": lambda: (named(), retrieve("phone.bin")),
    "store over an older file": older,
    "store in a new directory (MKD)": in_new_directory,
    "resume (REST)": lambda: retrieve("phone.bin", "part"),
    "LIST": listed,
    "NLST": lambda: ftp.nlst().index("phone.bin"),
    "MLSD": facts,
    "SIZE, MDTM": sizes,
    "empty file": lambda: retrieve("empty.bin"),
    "missing file": lambda: refused("550", lambda: retrieve("none.bin")),
    "missing directory (CWD)": lambda: refused("550", lambda: ftp.cwd("none")),
    "append (APPE)": lambda: (store("4711_data.txt"), refused("502", lambda: store("4711_data.txt", verb="APPE"))),
    "store another name, anonymous": lambda: refused("55", lambda: store("other.txt")),
    "a name that leads out": lambda: refused("55", lambda: store("../4711_data.txt")),
}
if case == "wrong password":
    try:
        ftp.login("phones", "wrong")
        raise SystemExit("it was let in")
    except ftplib.error_perm as why:
        assert str(why).startswith("530 "), why
elif case in CASES:
    CASES[case]()
elif case.startswith("store"):
    store("4711_data.txt")
else:
    retrieve("phone.bin")
assert ftp.quit().startswith("221 ")
