#!/usr/bin/env python3
"""Has `sitegen check --external` ask a server on this machine, and looks at what it says and at what the server saw.

    links.py SITEGEN [--selftest]
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NOW = "2026-11-23T12:00:00Z"
LATER = "2026-12-01T12:00:00Z"


# MARK: - The server

class Server(ThreadingHTTPServer):
    """Answers by path, and remembers every question."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.questions: list[dict] = []
        self.busy = self.most = 0
        self.lock = threading.Lock()
        self.end = threading.Event()

    def handle_error(self, request, client_address):
        """Who has heard enough hangs up."""

    def taken(self) -> list[dict]:
        with self.lock:
            questions, self.questions, self.most = self.questions, [], 0
        return questions


class Answers(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        server = self.server
        with server.lock:
            server.busy += 1
            server.most = max(server.most, server.busy)
            server.questions.append({"host": self.headers["Host"].split(":")[0], "method": self.command, "path": self.path,
                                     "agent": self.headers["User-Agent"], "time": time.monotonic()})
        try:
            self.say()
        finally:
            with server.lock:
                server.busy -= 1

    def say(self):
        path, is_head = self.path.split("?")[0], self.command == "HEAD"
        moved = {"/moved": (301, "/new?x=1"), "/moved8": (308, "http://localhost:%d/new" % self.server.server_port), "/chain": (301, "/moved"),
                 "/temporary": (302, "/ok"), "/mixed": (302, "/moved"), "/to-front": (301, "/"), "/loop": (302, "/loop"),
                 "/to-gone": (301, "/gone"), "/outside": (302, "ftp://example.org/"), "/odd": (301, "/new,x"),
                 "/hostile": (301, "/new\u2028http://127.0.0.1:%d/able\t-\t%s\tmoved http://127.0.0.1:%d/evil" % (
                     self.server.server_port, NOW, self.server.server_port)),
                 "/accents": (301, "/ü")}
        if path in moved:
            return self.head(moved[path][0], Location=moved[path][1])
        if path == "/slow":
            self.server.end.wait(20)
            return None
        if path == "/nothing":
            return self.connection.close()
        if path == "/no-head" and is_head:
            return self.head(405)
        if path == "/wrong-head" and is_head:
            return self.head(404)
        if path == "/rate":
            return self.head(429, **{"Retry-After": "7200"})
        if path == "/endless":
            if is_head:
                return self.head(501)
            self.head(200)
            while not self.server.end.is_set():
                self.wfile.write(b"x" * 65536)
        if path == "/long-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.end.is_set():
                self.wfile.write(b"X-A: b\r\n" * 1000)
        return self.head({"/gone": 410, "/missing": 404, "/broken": 500, "/forbidden": 403, "/unread": 999}.get(path, 200))

    def head(self, status: int, **fields: str):
        self.send_response(status)
        for name, value in ({"Content-Length": "0"} if status != 200 else {}).items() | fields.items():
            # As UTF-8, and not as Python has it.
            self.send_header(name.replace("_", "-"), value.encode().decode("latin-1"))
        self.end_headers()


# MARK: - The site

# The paths, and what is to be found of each: an id, and what --fix writes.
EXPECTED = {
    "/ok": None, "/no-head": None, "/wrong-head": None, "/temporary": None, "/mixed": None, "/forbidden": None, "/unread": None,
    "/endless": None,
    "/gone": "link/dead", "/missing": "link/dead", "/to-gone": "link/dead",
    "/moved": ("link/moved", "http://127.0.0.1:PORT/new?x=1"), "/chain": ("link/moved", "http://127.0.0.1:PORT/new?x=1"),
    "/moved8": ("link/moved", "http://localhost:PORT/new"), "/to-front": "link/moved", "/odd": "link/moved",
    "/broken": "link/unreachable", "/loop": "link/unreachable", "/outside": "link/unreachable",
}


class Site:
    """A site that links to the server, each path on a line of its own."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        lines = [f"[{path}](http://127.0.0.1:{port}{path})" for path in EXPECTED]
        self.piece = "content/daily/2026-11-20-a.md"
        self.text = "---\ntitle: A\nlinks:\n  - {rel: website, url: http://127.0.0.1:%d/moved#part}\n---\n" % port + "\n".join(lines) + "\n"
        self.lines = {path: 6 + index for index, path in enumerate(EXPECTED)}

    def write(self, text: str | None = None):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, content in {"content/site.yaml": "title: T\nurl: https://own.example/\ntheme: plain\nsearch: false\n",
                              "content/daily/_column.md": "---\nname: D\nkind: articles\n---\n",
                              self.piece: self.text if text is None else f"---\ntitle: A\n---\n{text}\n"}.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(content)


class Trials:
    def __init__(self, program: str, folder: Path):
        self.program, self.server = program, Server()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_port
        self.site, self.wrong, self.count = Site(folder, self.port), [], 0

    def run(self, *more: str, now: str = NOW, private: bool = True, **environment: str):
        """Runs the check; returns its exit code, the findings, the result, the rest, and what the server was asked."""
        command = [self.program, "check", "--root", str(self.site.folder), "--as-of", now, "--external", "--pause", "0", "--timeout", "3",
                   "--format", "json", *(["--allow-private"] if private else []), *more]
        surroundings = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        done = subprocess.run(command, capture_output=True, text=True, env=surroundings | environment, timeout=120)
        lines = [json.loads(line) for line in done.stdout.splitlines()] if done.stdout.startswith("{") else []
        findings = [line for line in lines if "id" in line]
        result = next((line["result"] for line in lines if "result" in line), {})
        return done.returncode, findings, result, done.stderr, self.server.taken()

    def tell(self, name: str, wrong: list[str]):
        self.count += 1
        if wrong:
            self.wrong.append(name)
            print(f"links: {name}:\n  " + "\n  ".join(wrong), file=sys.stderr)


def judge(site: Site, findings: list[dict]) -> list[str]:
    """What is wrong with what was found on the site as it is written."""
    wanted = {(4, site.text.split("\n")[3].index("http") + 1): ("link/moved", f"http://127.0.0.1:{site.port}/new?x=1#part")}
    for path, expected in EXPECTED.items():
        if expected:
            identifier, fix = expected if isinstance(expected, tuple) else (expected, None)
            wanted[(site.lines[path], len(path) + 4)] = (identifier, fix and fix.replace("PORT", str(site.port)))
    found = {(finding.get("line"), finding.get("column")): (finding["id"], finding.get("edit", {}).get("replacement")) for finding in findings}
    return [f"line {place}: {found.get(place)} instead of {wanted.get(place)}" for place in sorted(wanted.keys() | found.keys(), key=str)
            if found.get(place) != wanted.get(place)]


def all_trials(trials: Trials):
    site, port = trials.site, trials.port
    ledger = site.folder / "external-links.txt"

    site.write()
    code, findings, result, errors, questions = trials.run()
    wrong = judge(site, findings) + ([] if code == 1 and errors == "" else [f"exit code {code}: {errors}"])
    wrong += [] if result.get("externalLinks") == len(EXPECTED) + 1 == result.get("asked") else [f"{result}"]
    trials.tell("what is found", wrong)
    agents = {question["agent"] for question in questions}
    trials.tell("it says who asks", [] if all(re.fullmatch(r"sitegen/[0-9.]+ \(link check\)", agent) for agent in agents) else [str(agents)])
    times = {path: sum(question["path"] == path for question in questions) for path in {question["path"] for question in questions}}
    # A HEAD and, where that is refused, a GET, for each way that leads there.
    trials.tell("nobody is asked twice for one thing",
                [f"{path}: {count}" for path, count in times.items() if path in ("/ok", "/forbidden", "/missing") and count > 2 + (path == "/ok")])
    text = ledger.read_text()
    trials.tell("the ledger", [] if f"http://127.0.0.1:{port}/ok\t2026-11-23T12:00:00Z\t2026-11-23T12:00:00Z\t200\n" in text
                and f"http://127.0.0.1:{port}/gone\t-\t2026-11-23T12:00:00Z\tgone 410\n" in text else [text])

    code, findings, result, _, questions = trials.run()
    asked = {question["path"].split("?")[0] for question in questions}
    trials.tell("what was alive is left alone, and still reported", judge(site, findings)
                + ([] if asked == {"/gone", "/missing", "/to-gone", "/broken", "/loop", "/outside"} else [str(asked)]))
    _, findings, result, _, questions = trials.run("--again")
    trials.tell("--again", judge(site, findings) + ([] if result.get("asked") == len(EXPECTED) + 1 else [str(result)]))
    _, findings, result, _, questions = trials.run(now=LATER)
    trials.tell("a week later", judge(site, findings) + ([] if result.get("asked") == len(EXPECTED) + 1 else [str(result)]))

    site.write()
    code, findings, result, errors, questions = trials.run("--fix")
    wanted = site.text
    for old, new in (("/moved#part}", "/new?x=1#part}"), (f"127.0.0.1:{port}/moved)", f"127.0.0.1:{port}/new?x=1)"),
                     (f"127.0.0.1:{port}/chain)", f"127.0.0.1:{port}/new?x=1)"), (f"127.0.0.1:{port}/moved8)", f"localhost:{port}/new)")):
        wanted = wanted.replace(old, new)
    written = (site.folder / site.piece).read_text()
    trials.tell("--fix writes new addresses", ([] if written == wanted else [written])
                + ([] if sum(question["path"] == "/ok" for question in questions) <= 2 else ["hosts are asked twice"])
                + ([] if sum(finding["id"] == "link/moved" for finding in findings) == 2 else [str(findings)]))

    site.write(f"[a](http://127.0.0.1:{port}/hostile) [b](http://127.0.0.1:{port}/able) [c](http://127.0.0.1:{port}/accents)")
    before = (site.folder / site.piece).read_text()
    trials.run()
    _, findings, _, _, _ = trials.run("--fix")
    written = (site.folder / site.piece).read_text()
    trials.tell("an answer that would write lines of its own",
                ([] if written == before.replace("/accents", "/%C3%BC") else [written])
                + ([] if [finding["id"] for finding in findings] == ["link/unreachable"] else [str(findings)])
                + ([] if "evil" not in ledger.read_text() else [ledger.read_text()]))

    site.write(f"[a](http://127.0.0.1:{port}/rate) [b](http://127.0.0.1:{port}/zlater)")
    code, findings, result, _, questions = trials.run()
    trials.tell("a host that asks for time gets it", ([] if len(questions) == 1 and result.get("putOff") == 2 and code == 0 else
                                                      [f"{questions} {result}"]))
    _, _, result, _, questions = trials.run("--again", now="2026-11-23T13:59:00Z")
    trials.tell("all of it", [] if not questions else [str(questions)])
    _, _, result, _, questions = trials.run(now="2026-11-23T14:00:00Z")
    trials.tell("and not more", [] if questions else ["nothing is asked"])

    site.write(f"[a](http://127.0.0.1:{port}/ok) [b](http://localhost:{port}/ok) [c](http://2130706433:{port}/ok) [d](http://[::1]:{port}/ok)")
    code, findings, _, _, questions = trials.run(private=False)
    trials.tell("private networks", [] if [finding["id"] for finding in findings] == ["link/private-host"] * 4 and not questions and code == 0
                else [f"{findings} {questions}"])

    for environment in ({"https_proxy": "http://127.0.0.1:1"}, {"http_proxy": f"http://127.0.0.1:{port}", "no_proxy": "*"},
                        {"all_proxy": f"http://127.0.0.1:{port}", "NO_PROXY": "localhost,127.0.0.0/8,2130706433,[::1]"}):
        code, findings, _, _, questions = trials.run("--again", private=False, **environment)
        trials.tell(f"private networks with {environment}", [] if [finding["id"] for finding in findings] == ["link/private-host"] * 4
                    and not questions and code == 0 else [f"{findings} {questions}"])
    site.write(f"[a](http://public.example/ok) [b](http://127.0.0.1:{port}/ok) [c](http://excepted.example/)")
    proxy = {"http_proxy": f"http://127.0.0.1:{port}", "no_proxy": "excepted.example"}
    code, findings, _, _, questions = trials.run(private=False, **proxy)
    trials.tell("a proxy", [] if {question["path"] for question in questions} == {"http://public.example/ok"}
                and sorted(finding["id"] for finding in findings)[-1] == "link/private-host" and len(findings) == 2 else [f"{findings} {questions}"])

    site.write("\n".join(f"[a](http://127.0.0.1:{port}/{number}) [b](http://localhost:{port}/{number})" for number in range(4)))
    _, _, _, _, questions = trials.run("--pause", "0.03")
    wrong = []
    for host in ("127.0.0.1", "localhost"):
        moments = [question["time"] for question in questions if question["host"] == host]
        gaps = [after - before for before, after in zip(moments, moments[1:])]
        wrong += [] if len(moments) == 4 and min(gaps) >= 0.03 else [f"{host}: {gaps}"]
    trials.tell("pauses", wrong)
    # Redirects on one host, and what is asked for a second time, are questions, too.
    site.write(f"[a](http://127.0.0.1:{port}/chain) [b](http://127.0.0.1:{port}/nothing) [c](http://127.0.0.1:{port}/missing)")
    _, _, _, _, questions = trials.run("--pause", "0.1")
    moments = sorted(question["time"] for question in questions)
    gaps = [after - before for before, after in zip(moments, moments[1:])]
    trials.tell("pauses between redirects and second tries", [] if len(moments) >= 7 and min(gaps) >= 0.1 else [f"{len(moments)}: {gaps}"])

    site.write(f"[a](http://127.0.0.1:{port}/slow) [b](http://127.0.0.1:{port}/slow?2) [c](http://127.0.0.1:{port}/slow?3)")
    start = time.monotonic()
    _, findings, _, _, questions = trials.run("--timeout", "0.2")
    trials.tell("who doesn't answer is given up", ([] if [finding["id"] for finding in findings] == ["link/unreachable"] * 3 else [str(findings)])
                + ([] if len(questions) <= 2 and time.monotonic() - start < 10 else [f"{len(questions)} questions"]))
    site.write(f"[a](http://127.0.0.1:{port}/nothing) [b](http://127.0.0.1:{port}/long-head) [c](http://127.0.0.1:1/)")
    _, findings, _, _, _ = trials.run("--timeout", "2")
    trials.tell("answers that are none", [] if [finding["id"] for finding in findings] == ["link/unreachable"] * 3 else [str(findings)])
    site.write("[a](http://no-such-host.invalid/)")
    _, findings, _, _, _ = trials.run()
    trials.tell("no such host", [] if [finding["id"] for finding in findings] in (["link/dead"], ["link/unreachable"]) else [str(findings)])

    site.write(f"[a](http://127.0.0.1:{port}/ok)")
    code, findings, _, _, questions = trials.run(PATH="/nonexistent")
    trials.tell("without curl", [] if code == 1 and [finding["id"] for finding in findings] == ["link/no-curl"] else [f"{code} {findings}"])
    for path in ("content/links.txt", "output/links.txt", "themes/a/links.txt"):
        code, findings, _, _, questions = trials.run("--external-ledger", path)
        trials.tell(f"a ledger in {path}", [] if code == 1 and [finding["id"] for finding in findings] == ["link/foreign-ledger"] and not questions
                    and not (site.folder / path).exists() else [f"{code} {findings} {questions}"])
    (site.folder / "notes.txt").write_text("Mine.\n")
    code, findings, _, _, questions = trials.run("--external-ledger", "notes.txt")
    trials.tell("a ledger that is somebody's file", [] if code == 1 and [finding["id"] for finding in findings] == ["link/foreign-ledger"]
                and not questions and (site.folder / "notes.txt").read_text() == "Mine.\n" else [f"{code} {findings}"])
    os.symlink("elsewhere.txt", ledger)
    code, findings, _, _, _ = trials.run()
    trials.tell("a ledger that is a link", [] if [finding["id"] for finding in findings] == ["link/ledger-not-written"]
                and not (site.folder / "elsewhere.txt").exists() else [str(findings)])
    # curl reads no file of its own that could say otherwise.
    (site.folder / ".curlrc").write_text("user-agent = other\n")
    _, _, _, _, questions = trials.run("--again", HOME=str(site.folder))
    trials.tell("no settings of others", [] if questions and "sitegen" in questions[0]["agent"] else [str(questions)])
    trials.server.end.set()


def selftest(trials: Trials):
    """Worse checks would be noticed."""
    site = trials.site
    site.write()
    _, findings, _, _, _ = trials.run()
    if judge(site, findings):
        sys.exit("links --selftest: a good run is not accepted: " + "\n".join(judge(site, findings)))
    first = next(finding for finding in findings if "edit" in finding)
    worse = {
        "a finding that is missing": findings[1:], "one too many": findings + [{"id": "link/dead", "line": 1, "column": 1}],
        "another place": [finding | {"line": finding["line"] + 1} for finding in findings],
        "another fix": [finding | {"edit": {"replacement": "x"}} if finding is first else finding for finding in findings],
        "another id": [finding | {"id": "link/dead"} for finding in findings],
    }
    missed = [name for name, found in worse.items() if not judge(site, found)]
    trials.server.end.set()
    if missed:
        sys.exit(f"links --selftest: not noticed: {', '.join(missed)}")
    print(f"links --selftest: {len(worse)} of {len(worse)} noticed")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(os.path.abspath(sys.argv[1]), Path(folder) / "site")
        if "--selftest" in sys.argv:
            selftest(trials)
            return 0
        all_trials(trials)
    print(f"links: {trials.count} trials, {len(trials.wrong)} went wrong")
    return 1 if trials.wrong else 0


sys.exit(main())
