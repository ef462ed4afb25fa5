"""Can other devices reach this server? Its addresses in the local network, and whether they answer. Asks nobody outside."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress

_PRIVATE = ("192.168.255.255", "10.255.255.255", "172.31.255.255")


def local_addresses() -> list[str]:
    """Return this machine's addresses in local networks, the likeliest first. Nothing is sent."""
    found: dict[str, None] = {}
    for target in _PRIVATE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))  # chooses the way, sends nothing
            found[probe.getsockname()[0]] = None
    with suppress(OSError):
        found |= dict.fromkeys(socket.gethostbyname_ex(socket.gethostname())[2])
    return [one for one in found if not ipaddress.ip_address(one).is_loopback]


def is_this_machine(host: str) -> bool:
    """Say whether a host name, as it stands in an address, is one that only this machine can use.

    >>> is_this_machine("localhost:8501"), is_this_machine("192.168.1.7:8501"), is_this_machine("[::1]:8501")
    (True, False, True)
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


async def answers(address: str, port: int) -> bool:
    """Say whether this server takes connections at an address of its own."""
    try:
        async with asyncio.timeout(1):
            _reader, writer = await asyncio.open_connection(address, port)
            writer.close()
            return True
    except (OSError, TimeoutError):
        return False
