#!/usr/bin/env python3
"""Shows that memory stays flat, and that time is in proportion: import.py SITEGEN [MB…] writes exports of so many megabytes (by
default 50 and 500) of two kinds, in /dev/shm where there is one, and prints seconds and the most memory that was used.

"long" has 2,000 posts in each, so that posts are ten times as long in the second, and is imported with --dry-run. "many" has as
many posts of 5 KB with four comments as fit, whose links lead to each other; it is imported, and then again, when nothing is new.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

LONG = 2000
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Large</title><link>http://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>http://old.example</wp:base_blog_url>
"""
PARAGRAPH = (
    "The crew has <b>three weeks</b> on the ice, a <a href=\"http://old.example/about/\">boat</a> and a tent.\n"
    "It is <em>dark</em> at two, and the generator is older than the director &amp; her father.\n\n"
)
SHORT = PARAGRAPH * 18


def main(program, sizes):
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        folder = pathlib.Path(folder)
        for size in sizes:
            export = folder / "export.xml"
            posts, text = LONG, PARAGRAPH * max(1, (size << 20) // LONG // len(PARAGRAPH))
            write(export, posts, lambda number, text=text: text, lambda number: "")
            measure(program, folder / f"long-{size}", export, f"long {size} MB, {posts} posts, dry run", "--dry-run")
            posts = (size << 20) // 5600
            write(export, posts, linked, comments)
            for turn in ["import", "again"]:
                measure(program, folder / f"many-{size}", export, f"many {size} MB, {posts} posts, {turn}")


def measure(program, site, export, name, *options):
    (site / "content").mkdir(parents=True, exist_ok=True)
    (site / "content/site.yaml").write_text("title: Large\n")
    start = time.monotonic()
    process = subprocess.Popen(
        [program, "import", "wordpress", export, "--column", "daily", "--root", site, *options], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    print(f"{name}: {seconds:.1f} s ({usage.ru_utime:.1f} user, {usage.ru_stime:.1f} system), "
          f"{usage.ru_maxrss >> 10} MB of memory, exit code {os.waitstatus_to_exitcode(status)}", flush=True)


def linked(number):
    return SHORT + f'<a href="http://old.example/post-{number // 2}/">Before.</a>\n'


def comments(number):
    return "".join(
        f"<wp:comment><wp:comment_id>{number * 4 + index + 1}</wp:comment_id><wp:comment_author>Reader {index}"
        f"</wp:comment_author><wp:comment_date_gmt>2011-12-0{index + 1} 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content>Not a word of it is <b>true</b>, and I was there.</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{number * 4 + index if index else 0}"
        "</wp:comment_parent></wp:comment>" for index in range(4))


def write(path, posts, text, comments):
    with path.open("w") as file:
        file.write(HEAD)
        for number in range(posts):
            day = f"20{10 + number % 14}-{1 + number // 14 % 12:02}-{1 + number // 168 % 28:02}"
            file.write(
                f"<item><title>Post {number}</title><link>http://old.example/post-{number}/</link><content:encoded><![CDATA["
                f"{text(number)}]]></content:encoded><wp:post_id>{number + 1}</wp:post_id><wp:post_date_gmt>{day} 10:00:00"
                f"</wp:post_date_gmt><wp:post_name>post-{number}</wp:post_name><wp:status>publish</wp:status>"
                f"<wp:post_type>post</wp:post_type>{comments(number)}</item>\n")
        file.write("</channel></rss>\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [50, 500])
