"""An internet in a box: a process whose names have the addresses we say, and whose public servers are one of ours.

python -m tests.safety.internet BOX COMMAND... runs a command of manage.py in it. BOX is a file of JSON: `names` gives
the answers of the name service, one after another as it is asked again; `server` is the port on this machine where all
public addresses lead; every address that is connected to is appended to `log`, and no connection is made to one that is
not public. What is replaced is Python's own door to the network, below everything of this project and of its libraries.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PUBLIC = "93.184.215.14"  # where names lead that nothing is said of
REAL = socket.socket.connect, socket.getaddrinfo


@dataclass
class Box:
    """The internet of one process, as a file."""

    file: Path
    server: int
    names: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.file.with_suffix(".log")

    def command(self, *command: str) -> tuple[str, ...]:
        """The command that runs another one in this internet."""
        self.file.write_text(json.dumps({"server": self.server, "names": self.names, "log": str(self.log)}))
        return ("-m", "tests.safety.internet", str(self.file), *command)

    def connected(self) -> list[str]:
        """The addresses that were connected to, in order."""
        return self.log.read_text().split() if self.log.exists() else []


def live_in(box: dict[str, Any]) -> None:
    asked: dict[str, int] = {}

    def connect(line: socket.socket, address: Any) -> None:
        if line.family not in (socket.AF_INET, socket.AF_INET6):
            return REAL[0](line, address)
        with Path(box["log"]).open("a") as log:
            log.write(f"{address[0]}:{address[1]}\n")
        if address[0] not in PUBLIC_ONES:
            raise ConnectionRefusedError
        return REAL[0](line, ("127.0.0.1", box["server"]))

    def getaddrinfo(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        name = plain(host.decode() if isinstance(host, bytes) else host or "")
        answers = box["names"].get(name)
        if answers is None and not is_numeric(name):
            answers = [[PUBLIC]]
        if answers is None:
            return REAL[1](host, port, type=socket.SOCK_STREAM)
        at = asked[name] = asked.get(name, -1) + 1
        found = answers[min(at, len(answers) - 1)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [entry(address, port) for address in found]

    PUBLIC_ONES = {PUBLIC}
    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = getaddrinfo


def entry(address: str, port: int) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    place = (address, port, 0, 0) if ":" in address else (address, port)
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place


def plain(host: str) -> str:
    """A name as the system looks it up: a digit in a circle is a digit there."""
    try:
        return host.encode("idna").decode().rstrip(".").lower()
    except UnicodeError:
        return host.rstrip(".").lower()


def is_numeric(name: str) -> bool:
    """Whether the system takes it for an address without asking anybody: also 127.1, 0x7f000001 and localhost."""
    if name in ("", "localhost", "ip6-localhost", "ip6-loopback"):
        return True
    try:
        ipaddress.ip_address(name.partition("%")[0])
        return True
    except ValueError:
        pass
    try:
        socket.inet_aton(name)
        return True
    except (OSError, UnicodeError):
        return False


def main(file: str, *command: str) -> None:
    live_in(json.loads(Path(file).read_text()))
    from django.core.management import execute_from_command_line

    sys.argv = ["manage.py", *command]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main(*sys.argv[1:])
