"""However an inner address is spelled, named, sent on to or offered: nothing is connected to it."""

from __future__ import annotations

from urllib.parse import quote

from tests.ingest.servers import moved, page, serving
from tests.safety.goals import Goal, Trial
from tests.safety.internet import PUBLIC, Box
from tests.safety.site import SQLITE

# Each refused network of the registries of special addresses (IANA, RFC 6890 and after), by an address in it; and what
# carries an inner IPv4 address in an outer IPv6 one: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP.
INNER = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1",
    "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170",
    "192.0.0.171", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1",
    "::127.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:7f00:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1",
    "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
    "fe80::5efe:127.0.0.1",
)  # fmt: skip
SPELLED = (
    "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "0177.1", "017700000001",
    "00000177.0.0.1", "0", "0x0", "127.0.0.1.", "localhost", "localhost.", "LOCALHOST", "LocalHost", "ip6-localhost",
    "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "169.16689662", "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::0001]", "[0:0:0:0:0:ffff:7f00:1]", "[::ffff:7f00:1]",
    "[::FFFF:127.0.0.1]", "[fe80::1%25lo]", "[fe80::1%25eth0]", "[::1%25lo]", "①②⑦.⓪.⓪.①", "１２７.０.０.１",
    "127。0。0。1", "127．0．0．1", "⑯⑨。②⑤④。⑯⑨｡②⑤④", "0x7F.0x0.0x0.0x1", "127.0x0.0.01", "012.0.0.1",
    "3232235521", "0300.0250.0.1",
)  # fmt: skip
# With a public name in the place where an inner one is looked for, or the other way round.
DISGUISED = (
    "http://public.test@127.0.0.1/",
    "http://127.0.0.1@public.test/",
    "http://public.test:80@127.0.0.1/",
    "http://public.test#@127.0.0.1/",
    "http://127.0.0.1\\@public.test/",
    "http://public.test\\@127.0.0.1/",
    "http://public.test%00.127.0.0.1/",
    "http://127.0.0.1%00.public.test/",
    "http://127.0.0.1%2f.public.test/",
    "http:127.0.0.1/",
    "http:///127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://127.0.0.1:80:80/",
    "http://127.0.0.1:22/",
    "http://public.test:22/",
    "http://public.test:6379/",
    "http://public.test:0/",
    "http://public.test:65536/",
    "http://[::1]:80/",
    "http://[::ffff:127.0.0.1]:443/",
    "HTTP://127.0.0.1/",
    "http://127.0.0.1?@public.test/",
    "http://127.0.0.1;public.test/",
    "http://127.0.0.1,public.test/",
    "http://user:pass@localhost/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%20/",
    "http://\t127.0.0.1/",
    "http://127.0.0.1\r\nHost: public.test/",
    "https://localhost:443/",
)


def host(address: str) -> str:
    return f"[{quote(address)}]" if ":" in address else address


def inside(trial: Trial) -> None:
    """Each address by itself, as what a name stands for, first or after a public one, and as where one is sent on."""
    addresses, names, answers = [], {}, {}
    for n, inner in enumerate(INNER):
        addresses.append(f"http://{host(inner)}/")
        names[f"name{n}.test"] = [[inner] if n % 2 else [PUBLIC, inner]]
        addresses.append(f"{'https' if n % 3 == 0 else 'http'}://name{n}.test/")
        answers[f"/on{n}"] = moved(
            f"http://{host(inner)}/", ("301 Moved", "302 Found", "303 Other", "307 T", "308 P")[n % 5]
        )
        addresses.append(f"http://from{n}.test/on{n}")
    for n, spelled in enumerate(SPELLED):
        addresses.append(f"{'https' if n % 2 else 'http'}://{spelled}/")
        answers[f"/to{n}"] = moved(f"http://{quote(spelled, safe='[]:%')}/")
    addresses += [f"http://to{n}.test/to{n}" for n in range(len(SPELLED))]
    addresses += DISGUISED
    # A name that is public when it is looked at and an inner one when it is asked again: at the first and later looks.
    for n, inner in enumerate(("127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1")):
        names[f"turn{n}.test"] = [[PUBLIC], [inner]]
        names[f"later{n}.test"] = [[PUBLIC], [PUBLIC], [inner]]
        addresses += [f"http://turn{n}.test/", f"http://later{n}.test/"]
        names[f"robots{n}.test"] = [[PUBLIC]]
        answers[f"robots{n}.test/robots.txt"] = moved(f"http://{host(inner)}/robots.txt")
        addresses.append(f"http://robots{n}.test/")
    chosen = addresses if trial.number >= len(addresses) else trial.chance.sample(addresses, trial.number)
    with serving() as server:
        server.answers = {"*": page(b"", status="404 Not Found"), **answers}
        site, box = trial.site(), Box(trial.folder / "box.json", server.port, names)
        for some in [chosen[start : start + 25] for start in range(0, len(chosen), 25)]:
            asked = len(some)
            done = site.run(*box.command("ingest", *some))
            trial.check(done.code == 3, f"code {done.code}: {done.err[-300:]}")
            trial.check("Traceback" not in done.err, f"a traceback: {done.err[-500:]}")
            trial.check(f"{asked} refused" in done.out, f"not all are refused: {done.out}")
            trial.tried += asked
        through = [one for one in box.connected() if one.rsplit(":", 1)[0] != PUBLIC]
        trial.wrong += [f"connected to {one}" for one in through]
        trial.notes["connections to inner addresses"] = str(len(through))
        trial.notes["to public ones"] = str(len(box.connected()) - len(through))


ADDRESSES = Goal(
    "inner addresses (SSRF)",
    "206 spellings, names, redirects and changing names: no connection",
    many=206,
    few=40,
    attempt=inside,
    databases=(SQLITE,),
)
