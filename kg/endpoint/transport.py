"""HTTP to other people's servers: a deadline over everything, retries when asked to, plain words for each failure.

urllib's own timeout covers one read of a socket, so that a server which sends a byte now and then is never given up.
Here a clock shuts the connection down when the time is over, whatever is being read. (Looking up a host's name is the
system's and has the system's own limits.)
"""

from __future__ import annotations

import base64
import email.utils
import http.client
import re
import ssl
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import kg
from kg.endpoint.clock import Clock, Plain, Secure
from kg.errors import EndpointError, UsageError

AGENT = f"kg/{kg.__version__} (whomet; urllib)"
TRIES = 4
MOST = 1 << 29
"""Bytes of an answer at most."""
_QUICK = 5.0
"""A try that failed with 503 and took longer than these seconds is not made again unless the server asks for it."""
_CHUNK = 1 << 16
_AGAIN = (429, 503)


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password; they are sent when the server asks for them (Basic or Digest), not before."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.user!r})"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer of status 2xx; the names of `headers` in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type, without parameters, in lower case."""
        return (self.headers.get("content-type") or "").partition(";")[0].strip().lower()


def checked(address: str) -> str:
    """The address itself. Raises UsageError for anything but http(s) with a host, and for a password in it."""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(f"{address}: is no address of a server; write it in full, such as https://host.example/sparql")
    if "@" in parts.netloc:
        raise UsageError("an address with a user or password in it; give the user with --user, be asked for the rest")
    return address


class Transport:
    """Sends requests. `deadline`: seconds for one request with all its retries."""

    def __init__(self, login: Login | None = None, deadline: float = 60.0) -> None:
        self._login = login
        self.deadline = deadline

    def send(self, request: urllib.request.Request) -> Answer:
        """The answer to a request, which is made again where the server is busy (429, 503).

        Raises EndpointError that tells, for each way in which a server fails, what happened and what to do.
        """
        request.add_header("User-Agent", AGENT)
        end = time.monotonic() + self.deadline
        for number in range(1, TRIES + 1):
            began = time.monotonic()
            try:
                return self._try(request, end - began)
            except HTTPError as error:
                with error:
                    pause = _pause(error, number, time.monotonic() - began)
                    if pause is None or number == TRIES:
                        raise self._refused(request, error) from error
            if pause > end - time.monotonic():
                raise EndpointError(
                    f"{_shown(request)}: is busy and asks to come again in {pause:.0f} seconds, later than the deadline"
                    f" of {_seconds(self.deadline)}; try again then"
                )
            time.sleep(pause)
        raise AssertionError  # the last try returned or raised

    def _try(self, request: urllib.request.Request, seconds: float) -> Answer:
        where = _shown(request)
        with Clock(seconds) as clock:
            try:
                with self._opener(request, clock).open(request, timeout=max(seconds, 0.001)) as answer:
                    body = _read(answer, where)
                    found = Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)
            except HTTPError:
                raise
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise self._failed(where, error, clock) from error
            if clock.rung:
                raise EndpointError(self._late(where))
        return found

    def _opener(self, request: urllib.request.Request, clock: Clock) -> urllib.request.OpenerDirector:
        handlers: list[Any] = [Plain(clock), Secure(clock), _Redirects()]
        if self._login:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, request.full_url, self._login.user, self._login.password)
            handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
        return urllib.request.build_opener(*handlers)

    def _late(self, where: str) -> str:
        return (
            f"{where}: gave no whole answer within {_seconds(self.deadline)} seconds; ask for less, or allow more time"
        )

    def _failed(self, where: str, error: Exception, clock: Clock) -> EndpointError:
        """What went wrong before a whole answer was there."""
        cause = error.reason if isinstance(error, URLError) else error
        if clock.rung or isinstance(cause, TimeoutError):
            return EndpointError(self._late(where))
        if isinstance(cause, EndpointError):
            return cause
        if isinstance(cause, http.client.RemoteDisconnected):
            return EndpointError(f"{where}: the server closed the line without an answer; see its log")
        if isinstance(cause, http.client.IncompleteRead | ConnectionResetError):
            return EndpointError(f"{where}: the answer broke off; ask again, or ask for less")
        if isinstance(cause, http.client.HTTPException):
            return EndpointError(f"{where}: this is no HTTP server ({type(cause).__name__}); mend the address")
        if isinstance(cause, ssl.SSLError):
            return EndpointError(
                f"{where}: no secure line ({cause.reason or cause}); mend the address or its certificate"
            )
        reason = getattr(cause, "strerror", None) or cause
        return EndpointError(f"{where}: cannot be reached ({reason}); is the address right and the server up?")

    def _refused(self, request: urllib.request.Request, error: HTTPError) -> EndpointError:
        """What a status other than 2xx means."""
        where, code = _shown(request), error.code
        if code in (301, 302, 303, 307, 308):
            place = error.headers.get("Location", "nowhere")
            return EndpointError(f"{where}: sends the request on to {place}; name that address if you trust it")
        if code == 401 and self._login:
            return EndpointError(f"{where}: does not take this user and password (401); mend them")
        if code == 401:
            return EndpointError(f"{where}: wants a user and a password (401); give --user, and KG_PASSWORD or answer")
        words = self._without_secrets(_words(error))
        told = f": {words}" if words else ""
        if code == 400:
            return EndpointError(f"{where}: refuses the query (400){told}")
        if code == 403:
            return EndpointError(f"{where}: does not allow this (403){told}")
        if code in (404, 410):
            return EndpointError(f"{where}: there is nothing ({code}); mend the address")
        if code in _AGAIN:
            return EndpointError(f"{where}: is too busy ({code}){told or '; try again later'}")
        return EndpointError(f"{where}: failed ({code}){told}")

    def _without_secrets(self, words: str) -> str:
        """What a server says, without the password that it was sent, should it tell it."""
        if self._login and self._login.password:
            user, password = self._login.user, self._login.password
            coded = [base64.b64encode(f"{user}:{password}".encode(code, "replace")) for code in ("utf-8", "latin-1")]
            for secret in (password, *(each.decode() for each in coded)):
                words = words.replace(secret, "…")
        return words


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows only what changes nothing: urllib would turn a redirected POST into a GET and lose the query."""

    def redirect_request(self, req: urllib.request.Request, *about: Any) -> urllib.request.Request | None:
        return super().redirect_request(req, *about) if req.get_method() in ("GET", "HEAD") else None


def _read(answer: Any, where: str) -> bytes:
    parts, size = [], 0
    declared = answer.length  # what Content-Length promises; None where nothing does
    while part := answer.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MOST:
            raise EndpointError(f"{where}: the answer is larger than {MOST >> 20} MB; ask for less")
    if declared is not None and size < declared:
        raise http.client.IncompleteRead(b"", declared - size)
    return b"".join(parts)


def _pause(error: HTTPError, number: int, took: float) -> float | None:
    """Seconds to wait before the next try, None where there is to be none."""
    if error.code not in _AGAIN:
        return None
    wanted = error.headers.get("Retry-After")
    if wanted is None:
        return 2.0 ** (number - 1) if took < _QUICK else None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", wanted):
        return float(wanted)
    try:
        until = email.utils.parsedate_to_datetime(wanted)
    except (ValueError, OverflowError):
        return 2.0 ** (number - 1)
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _seconds(number: float) -> str:
    """Seconds for people: a tenth is as fine as they need."""
    return f"{number:.1f}".removesuffix(".0")


def _shown(request: urllib.request.Request) -> str:
    """The address without what is behind the question mark."""
    return request.full_url.partition("?")[0]


def _words(error: HTTPError) -> str:
    """The beginning of what a server says of its refusal, without marks of HTML."""
    try:
        text = error.read(4000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^<>]{0,200}>", " ", text, flags=re.S | re.I) if "<" in text else text
    plain = " ".join(text.split())
    return plain if len(plain) <= 300 else f"{plain[:300]} …"
