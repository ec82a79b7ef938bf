"""A web site on loopback, made of generated pages and traps, that notes every request it is sent."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

WORDS = "amber birch cedar delta ember fjord grove heath islet jade knoll larch meadow north ocean pine quill river slate tarn".split()

LINKS = (
    '<a href="http://offscope.invalid/a">o</a><a href="mailto:a@b.example">m</a><a href="http://[bad">b</a>'
    '<a href="/film.mp4">f</a><a href="//user:pw@127.0.0.1/">u</a>'
)


class Answer(NamedTuple):
    """What the server sends; ``delay`` seconds pass before it does."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    delay: float = 0.0


class Site:
    """A running server: ``base`` is its address, ``seen`` the paths asked for in order with their times."""

    def __init__(self, pages: int = 60, host: str = "127.0.0.1", robots: str | None = None) -> None:
        self.count = pages
        self.seen: list[tuple[str, float]] = []
        self.hosts: set[str] = set()
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.routes: dict[str, Answer | Callable[[str], Answer]] = {}
        self.down: set[str] = set()
        self.lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A crawler that hangs up on a slow or huge answer is as it should be."""

        self.server = Server((host, 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.name = f"{host}:{self.port}"
        self.base = f"http://{self.name}"
        self.robots = (
            robots
            if robots is not None
            else f"User-agent: *\nDisallow: /private/\nSitemap: {self.base}/map.xml\n"
        )

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.seen]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Sends what stands at a path."""
        with self.lock:
            self.seen.append((handler.path, time.monotonic()))
            self.hosts.add(handler.headers.get("Host", ""))
            self.agents.add(handler.headers.get("User-Agent", ""))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            found = self.find(handler.path)
            time.sleep(found.delay)
            handler.send_response(found.status)
            for name, value in found.headers:
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(found.body)))
            handler.end_headers()
            handler.wfile.write(found.body)
        except (ConnectionError, TimeoutError):
            handler.close_connection = True
        finally:
            with self.lock:
                self.at_once -= 1

    def find(self, path: str) -> Answer:
        """The answer for a path: a route, a generated page, or 404."""
        if path in self.routes:
            found = self.routes[path]
            return found(path) if callable(found) else found
        if path == "/robots.txt":
            return Answer(self.robots.encode(), headers=(("Content-Type", "text/plain"),))
        if path == "/map.xml":
            urls = "".join(
                f"<url><loc>{self.base}/{name}</loc></url>" for name in ("only-in-the-map", self.slug(1))
            )
            return Answer(
                f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(),
                headers=(("Content-Type", "application/xml"),),
            )
        if path == "/only-in-the-map":
            return html("Only in the map", "<p>Nothing links here.</p>")
        if path.startswith("/private/"):
            return html("Private", "<p>robots.txt says no.</p>")
        if path == "/":
            return html(
                "Start",
                "".join(f'<a href="/{self.slug(n)}">page</a> ' for n in range(1, min(self.count, 11)))
                + self.traps(),
            )
        for number in self.numbers(path):
            children = [n for n in range(number * 10 + 1, number * 10 + 11) if n < self.count]
            return html(
                f"Page {number}",
                f"<p>{'Our drops may help. ' * 20}</p>"
                + "".join(f'<a href="/{self.slug(n)}#part">p</a>' for n in children),
            )
        return html("Not found", "", 404)

    def traps(self) -> str:
        """Links of the start page into the traps that are set."""
        return "".join(f'<a href="{path}">trap</a>' for path in self.routes if path != "/robots.txt")

    def slug(self, number: int) -> str:
        """A path of words alone, so that generated pages are not taken for one script's."""
        out = []
        number += 1
        while number:
            number, digit = divmod(number, len(WORDS))
            out.append(WORDS[digit])
        return "-".join(out)

    def numbers(self, path: str) -> Iterator[int]:
        """The number of the page at a path, if there is one."""
        number = 0
        for word in reversed(path.lstrip("/").split("-")):
            if word not in WORDS:
                return
            number = number * len(WORDS) + WORDS.index(word)
        if 0 < number - 1 < self.count and "/" + self.slug(number - 1) == path:
            yield number - 1


def html(title: str, body: str, status: int = 200) -> Answer:
    """A page."""
    text = f"<!doctype html><html lang=en><title>{title}</title><body><h1>{title}</h1>{body}</body></html>"
    return Answer(text.encode(), status)


def redirect(target: str) -> Answer:
    """A redirect."""
    return Answer(b"", 302, (("Location", target),))


def set_traps(site: Site, bomb: int = 40_000_000) -> None:
    """Everything that a crawler must survive; the endless calendar links on and on."""

    def calendar(path: str) -> Answer:
        number = int(path.rsplit("/", 1)[-1])
        nxt = f"/calendar/{number + 1}"
        site.routes.setdefault(nxt, calendar)
        return html(f"Month {number}", f'<a href="{nxt}">next</a>')

    packed = gzip.compress(b"<p>" + b"A" * bomb)
    site.routes |= {
        "/loop/a": redirect("/loop/b"),
        "/loop/b": redirect("/loop/a"),
        "/inward": redirect("http://10.0.0.1/admin"),
        "/metadata": redirect("http://169.254.169.254/latest/"),
        "/elsewhere": redirect("http://offscope.invalid/"),
        "/calendar/1": calendar,
        "/slow": Answer(b"late", delay=6),
        "/broken": Answer(b"no", 500),
        "/bomb": Answer(packed, headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"))),
        "/huge": Answer(b"x" * 3_000_000),
        "/charset": Answer(
            "<title>Caf\xe9</title><p>Na\xefve</p><a href='/after-charset'>x</a>".encode("latin-1"),
            headers=(("Content-Type", "text/html; charset=utf-8"),),
        ),
        "/after-charset": html("After", ""),
        "/picture": Answer(b"\x89PNG" + b"x" * 1000, headers=(("Content-Type", "image/png"),)),
        "/private/x": html("Private", ""),
        "/links": html("Links", LINKS),
    }


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site, answering until the block ends."""
    thread = threading.Thread(target=site.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join(5)
