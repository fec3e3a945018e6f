"""One FTP session of Python's ftplib: session.py PORT USER PASSWORD WAY, where WAY is PASV, EPSV, PORT or EPRT.

Fetches and stores in the working folder; fails where a reply or a list is not as it should be.
"""

import ftplib
import sys


class Ftp(ftplib.FTP):
    """Takes the asked way for data; ftplib keeps the extended ones for IPv6."""

    def makepasv(self):
        if way == "EPSV":
            return ftplib.parse229(self.sendcmd("EPSV"), self.sock.getpeername())
        return super().makepasv()

    def sendport(self, host, port):
        if way == "EPRT":
            try:
                return self.sendeprt(host, port)
            except ftplib.error_perm as why:
                # RFC 2428 is younger than many servers; clients then do without.
                assert str(why)[:3] in ("500", "502"), why
        return super().sendport(host, port)


port, user, password, way = sys.argv[1:]
ftp = Ftp()
ftp.connect("127.0.0.1", int(port), timeout=30)
print(ftp.login(user, password))
ftp.set_pasv(way in ("PASV", "EPSV"))
assert ftp.pwd() == "/"
assert ftp.size("phone.app") == 300007

names = set(ftp.nlst())
facts = {name: facts for name, facts in ftp.mlsd() if facts["type"].lower() == "file"}
lines = []
ftp.retrlines("LIST", lines.append)
assert names == set(facts) == {line.split()[-1] for line in lines}, (names, facts, lines)
assert "phone.app" in names and facts["phone.app"]["size"] == "300007"
changed = ftp.sendcmd("MDTM phone.app")
assert changed == "213 " + facts["phone.app"]["modify"][:14], (changed, facts)

with open("got", "wb") as file:
    ftp.retrbinary("RETR phone.app", file.write)
with open("part", "ab") as file:
    ftp.retrbinary("RETR phone.app", file.write, rest=file.tell())
with open("local", "rb") as file:
    stored = ftp.storbinary("STOR 4711_data.txt", file)
assert stored.startswith("226 "), stored
assert ftp.size("4711_data.txt") == 70001


def refused(what):
    """The reply that refuses it for good."""
    try:
        what()
    except ftplib.error_perm as why:
        return str(why)[:4]
    raise AssertionError("it was not refused")


assert refused(lambda: ftp.size("none.txt")) == "550 "
with open("local", "rb") as file:
    print(refused(lambda: ftp.storbinary("STOR ../4711_data.txt", file)))
assert ftp.pwd() == "/", "the session goes on"
assert ftp.quit().startswith("221 ")
