"""tftpy as a client: tftp_client.py PORT get|put REMOTE LOCAL [OPTION=VALUE...]."""

import sys

import tftpy

port, verb, remote, local, *options = sys.argv[1:]
options = {name: int(value) for name, value in (option.split("=") for option in options)}
client = tftpy.TftpClient("127.0.0.1", int(port), options)
if verb == "get":
    client.download(remote, local, timeout=30)
else:
    client.upload(remote, local, timeout=30)
