#!/usr/bin/env python3
"""Asks real servers, nginx and Apache, for old addresses, with the maps that sitegen writes.

    redirects.py SITEGEN

Builds a small site with addresses of every kind, at a host's root and in a folder of it, and configures each server with
the very lines of Documentation/urls.md.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, unquote

from report import Report

ROOT = Path(__file__).resolve().parents[2]
LONG = "/" + "/".join(["a-long-address-of-many-words"] * 12) + "/"

# What is written into `aliases`, and what readers then ask for.
MOVED = {
    "/old/salt/": ["/old/salt/", "/old/salt", "/old/salt/?utm_source=mail"],
    "/no-slash": ["/no-slash", "/no-slash/"],
    "/salt.html": ["/salt.html"],
    "/2019/05/page.htm": ["/2019/05/page.htm"],
    "/a%20b/": ["/a%20b/", "/a%20b"],
    "/ĉiu/tago/": ["/" + quote("ĉiu") + "/tago/"],
    "/日本/": ["/" + quote("日本") + "/", "/" + quote("日本").lower() + "/"],
    "/v1.0+(final)/": ["/v1.0+(final)/", "/v1.0%2B%28final%29"],
    "/price-$1-{x}-[y]^/": ["/" + quote("price-$1-{x}-[y]^") + "/"],
    "/it's-%25-~-&-;-!-@-=/": ["/" + quote("it's-%-~-&-;-!-@-=") + "/"],
    "/#hash/".replace("#", "%23"): ["/%23hash/"],
    # Apache would put its own environment in.
    "/a${PATH}b^.[c]/": ["/" + quote("a${PATH}b^.[c]") + "/"],
    LONG: [LONG],
    "/?p=123": ["/?p=123"],
    "/?p=1": ["/?p=1"],
    "/blog/?p=7&page=2": ["/blog/?p=7&page=2", "/blog?p=7&page=2"],
    "/index.php?id=a%20b+c%22$1%27(.*)": ["/index.php?id=a%20b+c%22$1%27(.*)"],
    "/old/salt/?amp=1": ["/old/salt/?amp=1"],
    "/;%7D%20return%20200;%20[OR]%20%23'%25%7BENV:PATH%7D?p=1": ["/;%7D%20return%20200;%20[OR]%20%23'%25%7BENV:PATH%7D?p=1"],
}
# What looks nearly like one of them, and is none.
NOT_THERE = [
    "/old/salt/more/", "/x/old/salt/", "/saltXhtml", "/salt.html/", "/v1x0+(final)/", "/v1.00(final)/", "/index.php",
    "/index.php?id=1", "/price-/",
]
THERE = ["/", "/?p=12", "/?p=1234", "/?q=123", "/?p=123&x=1", "/about/"]


def find(program, package):
    """The program's path; of Debian's package if the system lacks it."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    if not shutil.which(program, path=path):
        print(f"verify: installing {package}", file=sys.stderr)
        # Nothing is to be started at a port of the system's.
        subprocess.run(["env", "RUNLEVEL=1", ROOT / "Scripts/install-libraries", package], stdout=sys.stderr)
    found = shutil.which(program, path=path)
    if not found:
        sys.exit(f"verify: {program} is not installed; please install {package} (Debian's name)")
    return found


def documented(language):
    """The lines of the documentation in one language, in order."""
    text = (ROOT / "Documentation/urls.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def yaml(text):
    return "'" + text.replace("'", "''") + "'"


def build(sitegen, folder, prefix):
    """A site below `prefix`; half of its old addresses are a page's, half a person's."""
    site = folder / "site"
    aliases = list(MOVED)
    files = {
        "site.yaml": f"title: T\nurl: https://films.example{prefix}\ntheme: plain\n",
        "pages/about.md": "---\ntitle: About\n---\n",
        "pages/new.md": "---\ntitle: New\nslug: né-w\naliases:\n"
        + "".join(f"  - {yaml(alias)}\n" for alias in aliases[::2]) + "---\n",
        "people/ann.md": "---\nname: Ann Shinn\naliases:\n"
        + "".join(f"  - {yaml(alias)}\n" for alias in aliases[1::2]) + "---\n",
    }
    for path, text in files.items():
        (site / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (site / "content" / path).write_text(text)
    result = subprocess.run([sitegen, "build", "--root", site, "--strict"], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"verify: the site of old addresses could not be built:\n{result.stderr}")
    targets = {alias: prefix + quote("né-w") + "/" for alias in aliases[::2]}
    targets |= {alias: prefix + "people/ann-shinn/" for alias in aliases[1::2]}
    # Servers see the site below the folder that its URL names.
    root = folder / "www"
    target = root / unquote(prefix.strip("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site / "output", target)
    # Pages at the old addresses would hide what the server doesn't know.
    for page in list(target.rglob("*.htm*")):
        if b"http-equiv=\"refresh\"" in page.read_bytes():
            page.unlink()
    return root, target, targets


def nginx(program, folder, root, target, port):
    by_hand, http_block, server_block = documented("nginx")
    needed = re.search(r"map_hash_bucket_size \d+;", (target / "redirects.nginx").read_text())[0]
    http_block = re.sub(r"map_hash_bucket_size \d+;", needed, http_block)
    shutil.copy(target / "redirects.nginx", folder)
    http_block = http_block.replace("/etc/nginx/redirects.nginx", f"{folder}/redirects.nginx")
    temporary = "".join(
        f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        + ("user root;\n" if os.getuid() == 0 else "")
        + f"events {{}}\nhttp {{\n  access_log off;\n{temporary}{http_block}"
        f"server {{\n  listen 127.0.0.1:{port};\n  root {root};\n{server_block}{by_hand}}}\n}}\n"
    )
    return [program, "-e", f"{folder}/error.log", "-c", folder / "nginx.conf"]


def apache(in_htaccess):
    def configure(program, folder, root, target, port):
        by_hand, include = documented("apache")
        rules = target / "redirects.htaccess"
        if in_htaccess:
            shutil.copy(rules, target / ".htaccess")
            include = ""
        shutil.copy(rules, folder)
        include = include.replace("/etc/apache2/redirects.htaccess", f"{folder}/redirects.htaccess")
        modules = next(
            path for path in map(Path, ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")) if path.is_dir()
        )
        loaded = "".join(
            f"LoadModule {name}_module {modules}/mod_{name}.so\n"
            for name in ("mpm_event", "authz_core", "dir", "alias", "rewrite", "mime")
        )
        (folder / "httpd.conf").write_text(
            f"ServerRoot {folder}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {folder}/httpd.pid\n"
            f"ErrorLog {folder}/error.log\nDefaultRuntimeDir {folder}\nMutex file:{folder}\n{loaded}"
            + ("User nobody\nGroup nogroup\n" if os.getuid() == 0 else "")
            + f"TypesConfig /dev/null\nDirectoryIndex index.html\n<VirtualHost *>\nDocumentRoot {root}\n{include}{by_hand}"
            f"<Directory {root}>\nRequire all granted\nAllowOverride FileInfo\n</Directory>\n</VirtualHost>\n"
        )
        return [program, "-f", folder / "httpd.conf", "-DFOREGROUND"]

    return configure


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status, (answer.getheader("Location") or "").removeprefix(f"http://127.0.0.1:{port}")


def check(name, command, folder, port, prefix, targets, report):
    with (folder / "output.log").open("wb") as log:
        server = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)
    try:
        for _ in range(200):
            try:
                ask(port, prefix)
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.05)
        else:
            server.terminate()
        if server.poll() is not None:
            said = "\n".join(path.read_text(errors="replace") for path in folder.glob("*.log"))
            return report.problem(name, f"did not start: {said}")
        base = prefix[:-1]
        for alias, asked in MOVED.items():
            for path in asked:
                report.count("old address")
                expected = targets[alias]
                if "utm_source" in path:
                    expected = (expected, expected + "?" + path.split("?")[1])
                status, location = ask(port, base + path)
                if status != 301 or (location != expected and location not in expected):
                    report.problem(f"{name} below {prefix}", f"{path} gave {status} {location}, not {expected}")
        for path in ("/caf%E9/", "/caf%e9"):
            report.count("old address")
            if ask(port, path) != (301, "/cafe/"):
                report.problem(f"{name} below {prefix}", f"{path}, by hand, gave {ask(port, path)}")
        for paths, expected in ((NOT_THERE, 404), (THERE, 200)):
            for path in paths:
                report.count("other address")
                status, location = ask(port, base + path)
                if status != expected:
                    report.problem(f"{name} below {prefix}", f"{path} gave {status} {location}, not {expected}")
    finally:
        server.terminate()
        server.wait()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sitegen = Path(sys.argv[1]).resolve()
    report = Report("redirects")
    servers = [
        ("nginx", nginx, find("nginx", "nginx-light")),
        ("Apache", apache(False), find("apache2", "apache2-bin")),
        ("Apache's .htaccess", apache(True), find("apache2", "apache2-bin")),
    ]
    for prefix in ("/", quote("/films of/ö/")):
        for name, configure, program in servers:
            with tempfile.TemporaryDirectory() as temporary:
                folder = Path(temporary)
                folder.chmod(0o755)
                with socket.socket() as free:
                    free.bind(("127.0.0.1", 0))
                    port = free.getsockname()[1]
                root, target, targets = build(sitegen, folder, prefix)
                command = configure(program, folder, root, target, port)
                report.count("server")
                check(name, command, folder, port, prefix, targets, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
