"""Keeps a crawl out of private networks: a name is looked up once, judged, and connected to as judged.

The check wraps the resolver that every connection asks, redirects and robots.txt included, so that a name which
answers differently the second time (DNS rebinding) is judged the second time too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer

from claimlint.errors import UsageError

Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """The networks that were allowed by hand; UsageError names what is none."""
    found = []
    for text in written:
        try:
            found.append(ip_network(text, strict=False))
        except ValueError:
            raise UsageError(
                f"--allow-network: '{text}' is no network; write it as  10.1.0.0/16  or  127.0.0.1/32"
            ) from None
    return tuple(found)


def allowed(address: str, extra: Sequence[Network] = ()) -> bool:
    """Whether a crawl may connect to an IP address: a public one, or one in a network allowed by hand."""
    try:
        found = _inner(ip_address(address.split("%", 1)[0]))
    except ValueError:
        return False
    if any(found.version == network.version and found in network for network in extra):
        return True
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 form of it leads to (mapped, NAT64, 6to4, Teredo)."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return address


@implementer(IResolutionReceiver)
class _Judge:
    """Passes addresses on only when the whole answer is known and every address in it may be used."""

    def __init__(
        self, receiver: Any, host: str, extra: Sequence[Network], refuse: Callable[[str, str], None]
    ) -> None:
        self.receiver, self.host, self.extra, self.refuse = receiver, host, extra, refuse
        self.found: list[Any] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        self.found.append(address)

    def resolutionComplete(self) -> None:
        bad = [one.host for one in self.found if not allowed(one.host, self.extra)]
        if bad:
            self.refuse(self.host, bad[0])
        for address in () if bad else self.found:
            self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """The reactor's resolver, with every answer judged before anything can connect to it."""

    def __init__(
        self, reactor: Any, inner: Any, extra: Sequence[Network], refuse: Callable[[str, str], None]
    ) -> None:
        self.reactor, self.inner, self.extra, self.refuse = reactor, inner, extra, refuse

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        """As Scrapy makes it, for the whole process; what is refused is told to the spiders, which have to say why nothing came."""

        def refuse(host: str, address: str) -> None:
            for one in crawler.crawlers:
                one.spider.refused_address(host, address)

        return cls(
            reactor,
            reactor.nameResolver,
            networks(crawler.settings.getlist("CLAIMLINT_ALLOW_NETWORKS")),
            refuse,
        )

    def install_on_reactor(self) -> None:
        """Puts it in the place of the reactor's own."""
        self.reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Looks a name up; the answer has no address where one of them may not be used."""
        judge = _Judge(resolutionReceiver, hostName, self.extra, self.refuse)
        return self.inner.resolveHostName(judge, hostName, portNumber, addressTypes, transportSemantics)
