"""The addresses of this machine, as other machines of its network type them. Needs the standard library only."""

from __future__ import annotations

import fcntl
import socket
import struct
from array import array
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import NamedTuple

SIOCGIFCONF = 0x8912
SIOCGIFFLAGS = 0x8913
IFF_LOOPBACK, IFF_POINTOPOINT, IFF_RUNNING = 0x8, 0x10, 0x40
_ENTRY = struct.Struct("16sHH4s16x")
"""A struct ifreq of 64-bit systems: name, family, port and address."""
_ENTRY_32 = struct.Struct("16sHH4s8x")
_ROUTES = Path("/proc/net/route")
_ADDRESSES_6 = Path("/proc/net/if_inet6")
_MOST = 64
_UP = 0x1


class Address(NamedTuple):
    """An IPv4 address with the name and the flags of its interface."""

    interface: str
    address: IPv4Address
    flags: int


def addresses(listening: socket.socket | None = None) -> list[str]:
    """Return the IPv4 addresses by which others reach this machine, the most likely one first.

    They are those of the network of the socket that listens, which systemd may have opened outside of this process's
    own network.
    """
    found = _of_interfaces(listening)
    usual = default_interface(_text(_ROUTES))
    return [str(one.address) for one in in_order(found, usual)]


def hosts(port: int, names: Iterable[str], listening: socket.socket | None = None) -> set[str]:
    """Return what a browser may send as Host: all addresses and names of this machine, with the port."""
    own = {str(one.address) for one in _of_interfaces(listening)}
    own |= {f"[{one}]" for one in _addresses_6(_text(_ADDRESSES_6))}
    own |= {name.lower() for name in names}
    return {name if port == 80 else f"{name}:{port}" for name in own} | {f"{name}:{port}" for name in own}


def own_names() -> list[str]:
    """Return the names of this machine in its network."""
    name = socket.gethostname().split(".")[0]
    return ["localhost", "127.0.0.1", "[::1]", *([name, f"{name}.local", f"{name}.lan"] if name else [])]


def in_order(found: Iterable[Address], usual: str) -> list[Address]:
    """Return the addresses that others can use: that of the usual interface first, then cables, then radio."""
    useful = [one for one in found if one.flags & IFF_RUNNING and not one.flags & IFF_LOOPBACK]
    kinds = "ew"

    def rank(one: Address) -> tuple[bool, bool, bool, int, str]:
        place = kinds.find(one.interface[:1])
        far = bool(one.flags & IFF_POINTOPOINT)
        return far, one.address.is_link_local, one.interface != usual, place % (len(kinds) + 1), one.interface

    return sorted(useful, key=rank)


def default_interface(routes: str) -> str:
    """Return the interface of the default route with the lowest metric, "" for none, from /proc/net/route."""
    found: list[tuple[int, str]] = []
    for line in routes.splitlines()[1:]:
        match line.split():
            case [interface, "00000000", _, flags, _, _, metric, "00000000", *_] if int(flags, 16) & _UP:
                found.append((int(metric), interface))
    return min(found, default=(0, ""))[1]


def _of_interfaces(listening: socket.socket | None) -> list[Address]:
    if listening is not None:
        return _asked(listening)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        return _asked(asking)


def _asked(asking: socket.socket) -> list[Address]:
    entry = _ENTRY if struct.calcsize("P") == 8 else _ENTRY_32
    room = array("B", bytes(entry.size * _MOST))
    # The kernel writes into the room and says how much of it is used.
    request = struct.pack("iP", len(room), room.buffer_info()[0])
    used = struct.unpack("iP", fcntl.ioctl(asking, SIOCGIFCONF, request))[0]
    found = []
    for name, family, _, packed in entry.iter_unpack(room[:used]):
        if family == socket.AF_INET:
            flags = fcntl.ioctl(asking, SIOCGIFFLAGS, struct.pack("16sh14x", name, 0) + bytes(8))
            interface = name.split(b"\0")[0].decode(errors="replace")
            found.append(Address(interface, IPv4Address(packed), struct.unpack_from("16sh", flags)[1]))
    return found


def _addresses_6(table: str) -> list[IPv6Address]:
    """Return the IPv6 addresses in /proc/net/if_inet6."""
    return [IPv6Address(bytes.fromhex(line.split()[0])) for line in table.splitlines()]


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
