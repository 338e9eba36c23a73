#!/usr/bin/env python3
"""Shows that memory stays flat: import.py SITEGEN [MB…] writes exports of so many megabytes (by default 50 and 500, with the
same number of posts in each, so that posts are ten times as long in the second), imports each with --dry-run, and prints
seconds and the most memory that was used.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

POSTS = 2000
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Large</title><link>http://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>http://old.example</wp:base_blog_url>
"""
PARAGRAPH = (
    "The crew has <b>three weeks</b> on the ice, a <a href=\"http://old.example/about/\">boat</a> and a tent.\n"
    "It is <em>dark</em> at two, and the generator is older than the director &amp; her father.\n\n"
)


def main(program, sizes):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "content").mkdir()
        (folder / "content/site.yaml").write_text("title: Large\n")
        for size in sizes:
            export = folder / f"{size}.xml"
            write(export, size << 20)
            start = time.monotonic()
            process = subprocess.Popen(
                [program, "import", "wordpress", export, "--column", "daily", "--dry-run", "--root", folder],
                stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - start
            print(f"{export.stat().st_size >> 20} MB: {seconds:.1f} s, {usage.ru_maxrss >> 10} MB of memory, exit code "
                  f"{os.waitstatus_to_exitcode(status)}", flush=True)
            export.unlink()


def write(path, size):
    text = PARAGRAPH * max(1, size // POSTS // len(PARAGRAPH))
    with path.open("w") as file:
        file.write(HEAD)
        for number in range(POSTS):
            file.write(
                f"<item><title>Post {number}</title><link>http://old.example/post-{number}/</link><content:encoded><![CDATA["
                f"{text}]]></content:encoded><wp:post_id>{number + 1}</wp:post_id><wp:post_date_gmt>2011-12-01 10:00:00"
                f"</wp:post_date_gmt><wp:post_name>post-{number}</wp:post_name><wp:status>publish</wp:status>"
                "<wp:post_type>post</wp:post_type></item>\n")
        file.write("</channel></rss>\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [50, 500])
