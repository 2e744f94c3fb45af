"""The door of the process: what comes to it, and what it must survive."""

import resource
import socket
import urllib.request

from tests.running import Server, running

#: Files a server may have open here; it has a few dozen of its own.
FEW = 100


def test_door_opens_again_after_too_many_have_come(tmp_path):
    server = Server(tmp_path)
    with running(server):
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (FEW, FEW))
        phones = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(2 * FEW)]
        for phone in phones:
            phone.close()
        with urllib.request.urlopen(f"{server.address}/healthz", timeout=20) as answer:
            assert answer.status == 200
