"""A client that changes its mind, and then goes on: aborts.py PORT."""

import ftplib
import socket
import sys

ftp = ftplib.FTP()
ftp.connect("127.0.0.1", int(sys.argv[1]), timeout=30)
ftp.login()
ftp.voidcmd("TYPE I")

data = ftp.transfercmd("STOR 4711_data.txt")
data.sendall(b"new" * 100_000)
ftp.sock.sendall(b"ABOR\r\n")
data.close()
# One reply for the transfer, one for ABOR (RFC 959, section 4.1.3).
replies = [ftp.getmultiline()[:3], ftp.getmultiline()[:3]]
assert replies == ["426", "226"], replies
assert ftp.size("4711_data.txt") == 3

data = ftp.transfercmd("RETR large.bin")
assert len(data.recv(1000, socket.MSG_WAITALL)) == 1000
data.close()
reply = ftp.getmultiline()[:3]
assert reply.startswith("4"), reply
assert ftp.size("4711_data.txt") == 3
assert ftp.quit().startswith("221 ")
