"""The addresses of this machine: which of them the wall shows, and which of them a browser may ask for."""

import socket
from ipaddress import IPv4Address

import pytest

from kiosk.editor.network import (
    IFF_LOOPBACK,
    IFF_POINTOPOINT,
    IFF_RUNNING,
    Address,
    addresses,
    default_interface,
    hosts,
    in_order,
    own_names,
)

ROUTES = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth1\t00000000\t0101A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
"""


def one(interface: str, address: str, flags: int = IFF_RUNNING) -> Address:
    return Address(interface, IPv4Address(address), flags)


def shown(found: list[Address], usual: str = "") -> list[str]:
    return [str(address.address) for address in in_order(found, usual)]


def test_the_interface_of_the_default_route_comes_first() -> None:
    assert default_interface(ROUTES) == "eth0"
    found = [one("docker0", "172.17.0.1"), one("eth0", "10.0.0.7"), one("wlan0", "192.168.1.42")]
    assert shown(found, "wlan0") == ["192.168.1.42", "10.0.0.7", "172.17.0.1"]


@pytest.mark.parametrize("routes", ["", "Iface\tDestination\n", "nonsense"])
def test_without_a_default_route_cables_come_before_radio(routes: str) -> None:
    assert default_interface(routes) == ""
    found = [one("docker0", "172.17.0.1"), one("wlan0", "192.168.1.42"), one("eth0", "10.0.0.7")]
    assert shown(found) == ["10.0.0.7", "192.168.1.42", "172.17.0.1"]


def test_what_nobody_reaches_is_not_shown() -> None:
    found = [one("lo", "127.0.0.1", IFF_RUNNING | IFF_LOOPBACK), one("eth0", "10.0.0.7", 0)]
    assert shown(found) == []


def test_tunnels_and_addresses_that_nobody_gave_out_come_last() -> None:
    tunnel = one("wg0", "10.8.0.2", IFF_RUNNING | IFF_POINTOPOINT)
    found = [tunnel, one("eth0", "169.254.7.7"), one("wlan0", "192.168.1.42")]
    assert shown(found, "wg0") == ["192.168.1.42", "169.254.7.7", "10.8.0.2"]


def test_the_addresses_of_this_machine_are_those_of_its_sockets() -> None:
    with socket.socket() as listening:
        listening.bind(("0.0.0.0", 0))
        assert addresses(listening) == addresses()
    assert "127.0.0.1" not in addresses()
    for address in addresses():
        with socket.socket() as trial:
            # Only an address of this machine can be bound.
            trial.bind((address, 0))


def test_a_browser_may_ask_for_addresses_and_names_with_the_port() -> None:
    found = hosts(8080, ["Wall", "wall.local"])
    assert {"127.0.0.1:8080", "wall:8080", "wall.local:8080"} <= found
    assert {f"{address}:8080" for address in addresses()} <= found
    assert "wall" not in found
    assert not any("*" in host for host in found)


def test_the_usual_port_may_be_left_out() -> None:
    assert {"wall", "wall:80"} <= hosts(80, ["wall"])


def test_this_machine_has_the_names_that_networks_give_it() -> None:
    name = socket.gethostname().split(".")[0]
    assert {name, f"{name}.local", "localhost"} <= set(own_names())
