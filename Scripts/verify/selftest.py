"""A small right site, which all checks pass, and what each check says when one thing in it is made wrong."""

import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import crawl
import feeds
import mails
import markup

BASE = "https://films.example/a/"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="https://films.example/a/{path}">
<link rel="stylesheet" href="{root}style.css">
<link rel="icon" href="{root}icon.svg">
<link rel="alternate" type="application/atom+xml" title="Films" href="{root}atom.xml">
<meta property="og:image" content="https://films.example/a/still.png">
<script type="application/ld+json">{{"@type": "Article", "url": "https://films.example/a/{path}"}}</script>
</head>
<body>
<h1 id="top-of-{name}">{title}</h1>
<p><a href="{root}index.html">Home</a> <a href="https://elsewhere.example/">elsewhere</a>
<a href="mailto:a@films.example">mail</a></p>
{body}
</body>
</html>
"""

ENTRY_URL = "https://films.example/a/salt-road/index.html"

MAIL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Week 47</title></head>
<body bgcolor="#efece5" style="background-color:#efece5;"><div style="display:none;color:#efece5;">Salt Road</div>
<table role="presentation" width="600" style="max-width:600px;"><tr><td style="color:#1b1916;"><h1>Week 47</h1>
<a href="https://films.example/a/digest.html">In a browser</a> <a href="https://films.example/a/salt-road/index.html">Salt Road</a>
<img src="https://films.example/a/still.png" alt="A still" width="552" style="display:block;"></td></tr></table></body></html>
"""
LETTER = "Week 47\n=======\n\nSalt Road\nhttps://films.example/a/salt-road/index.html\n\n-- \nFilms\n"


def right_site():
    """The files of the site, by path."""
    home = """<p><a href="salt-road/index.html">Salt Road</a>
<a href="salt-road/index.html#comments">comments</a> <a href="#top-of-home">up</a>
<a href="digest.html">this week as a mail</a> <a href="digest.txt">in plain text</a></p>
<p><img src="still.png" srcset="still.png 1x, still.png 2x" alt="A still" width="1" height="1"></p>
<p><svg width="10" height="10" role="img" aria-label="icon"><use href="icon.svg#dot"/></svg></p>
<form action="salt-road/index.html"><p><label>Search <input name="q"></label></p></form>"""
    film = """<h2 id="comments">Comments</h2>
<video src="../film.webm" poster="../still.png" controls></video>
<p style="background: url(../still.png)">Bare <a href="?sort=date#comments">sorted</a></p>"""
    content = '<p>A <a href="https://films.example/a/salt-road/index.html#comments">road</a> &amp; salt.</p>'
    escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {
        "digest.html": MAIL,
        "digest.txt": LETTER,
        "index.html": PAGE.format(title="Films", path="", root="", name="home", body=home),
        "salt-road/index.html": PAGE.format(
            title="Salt Road", path="salt-road/index.html", root="../", name="film", body=film
        ),
        "404.html": PAGE.format(title="Not here", path="404.html", root=BASE, name="missing", body=""),
        "old/index.html": """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Moved</title>
<meta http-equiv="refresh" content="0; url=../salt-road/index.html"></head>
<body><p><a href="../salt-road/index.html">Moved</a></p></body></html>
""",
        "style.css": "@import 'more.css';\nbody { background: url(\"still.png\") }\n",
        "more.css": "@media print { a { background: url(still.png) } }\n",
        "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circle id="dot" r="1"/></svg>\n',
        "still.png": "png",
        "film.webm": "webm",
        "rss.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Films</title>
<link>https://films.example/a/</link>
<description>Films in the making</description>
<atom:link rel="self" type="application/rss+xml" href="https://films.example/a/rss.xml"/>
<language>en</language>
<lastBuildDate>Fri, 20 Nov 2026 09:00:00 -0500</lastBuildDate>
<item>
<title>Salt Road</title>
<link>{ENTRY_URL}</link>
<guid isPermaLink="true">{ENTRY_URL}</guid>
<pubDate>Fri, 20 Nov 2026 09:00:00 -0500</pubDate>
<dc:creator>Ann Shinn</dc:creator>
<category>Short</category>
<comments>{ENTRY_URL}#comments</comments>
<description>A road.</description>
<content:encoded>{escaped}</content:encoded>
<enclosure url="https://films.example/a/still.png" type="image/png" length="3"/>
</item>
</channel>
</rss>
""",
        "atom.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://films.example/a/feed</id>
<title>Films</title>
<link rel="self" type="application/atom+xml" href="https://films.example/a/atom.xml"/>
<link rel="alternate" type="text/html" href="https://films.example/a/"/>
<updated>2026-11-20T09:00:00-05:00</updated>
<entry>
<id>{ENTRY_URL}</id>
<title>Salt Road</title>
<link rel="alternate" type="text/html" href="{ENTRY_URL}"/>
<published>2026-11-20T09:00:00-05:00</published>
<updated>2026-11-20T14:00:00Z</updated>
<author><name>Ann Shinn</name><uri>https://films.example/a/</uri></author>
<category term="Short"/>
<summary>A road.</summary>
<content type="html">{escaped}</content>
</entry>
</feed>
""",
        "feed.json": json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Films",
                "home_page_url": BASE,
                "feed_url": BASE + "feed.json",
                "language": "en",
                "items": [
                    {
                        "id": ENTRY_URL,
                        "url": ENTRY_URL,
                        "title": "Salt Road",
                        "content_html": content,
                        "date_published": "2026-11-20T09:00:00-05:00",
                        "authors": [{"name": "Ann Shinn"}],
                        "tags": ["Short"],
                    }
                ],
            }
        ),
        "sitemap.xml": """<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://films.example/a/sitemap-1.xml</loc></sitemap>
</sitemapindex>
""",
        "sitemap-1.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://films.example/a/</loc><lastmod>2026-11-20T09:00:00-05:00</lastmod></url>
<url><loc>{ENTRY_URL}</loc><lastmod>2026-11-20</lastmod></url>
</urlset>
""",
        "robots.txt": "User-agent: *\nDisallow:\n\nSitemap: https://films.example/a/sitemap.xml\n",
        "deadlines.ics": "\r\n".join(
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//films//EN", "BEGIN:VEVENT", f"UID:{ENTRY_URL}#deadline",
                "DTSTAMP:20261120T140000Z", "DTSTART:20261121T140000Z", "SUMMARY:Ends", f"URL:{ENTRY_URL}",
                "END:VEVENT", "END:VCALENDAR", "",
            ]
        ),
    }  # fmt: skip


# A check, the file that is made wrong, what is replaced in it by what, and a part of what the check must say.
# Without anything to replace, the file is removed (None) or written anew.
WRONG = [
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="salt-rod/index.html"', "does not exist"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="Salt-Road/index.html"', "does not exist"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="salt-road/"', "must name its index.html"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="salt-road"', "costs a redirect"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="/a/b/salt-road/index.html"', "root-absolute"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="../salt-road/index.html"', "leads out of the site"),
    (crawl, "index.html", 'href="salt-road/index.html"', f'href="{ENTRY_URL}"', "must be relative"),
    (crawl, "index.html", 'href="salt-road/index.html"', 'href="javascript:alert(1)"', "cannot be followed"),
    (crawl, "index.html", "https://elsewhere.example/", "//elsewhere.example/", "without a scheme"),
    (crawl, "index.html", "#comments", "#coments", "has the id 'coments'"),
    (crawl, "index.html", "#top-of-home", "#top-of-hom", "has the id 'top-of-hom'"),
    (crawl, "index.html", "icon.svg#dot", "icon.svg#dott", "has the id 'dott'"),
    (crawl, "index.html", 'src="still.png"', 'src="stil.png"', '<img src="stil.png">'),
    (crawl, "index.html", 'src="still.png"', 'src=""', "an empty address"),
    (crawl, "index.html", 'src="still.png"', 'src="https://cdn.example/still.png"', "loaded from another host"),
    (crawl, "index.html", "still.png 2x", "still2.png 2x", '<img srcset="still2.png">'),
    (crawl, "index.html", 'form action="', 'form action="x', "<form action="),
    (crawl, "index.html", 'href="style.css"', 'href="https://cdn.example/style.css"', "loaded from another host"),
    (crawl, "index.html", 'href="atom.xml"', 'href="atm.xml"', '<link href="atm.xml">'),
    (crawl, "index.html", '"canonical" href="https://films.example/a/', '"canonical" href="https://films.example/a/x', "does not exist"),
    (crawl, "index.html", "/a/still.png", "/a/stil.png", '<meta content="https://films.example/a/stil.png">'),
    (crawl, "index.html", '"url": "https://films.example/a/', '"url": "https://films.example/a/x', "JSON-LD"),
    (crawl, "index.html", '{"@type"', '{@type"', "is no JSON"),
    (crawl, "salt-road/index.html", 'poster="../still.png"', 'poster="../still.jpg"', "<video poster="),
    (crawl, "salt-road/index.html", 'src="../film.webm"', 'src="../film.mp4"', "<video src="),
    (crawl, "salt-road/index.html", "url(../still.png)", "url(still.png)", "<p style="),
    (crawl, "salt-road/index.html", "?sort=date#comments", "?sort=date#no", "has the id 'no'"),
    (crawl, "style.css", "still.png", "stil.png", "url(stil.png)"),
    (crawl, "style.css", "more.css", "mor.css", "url(mor.css)"),
    (crawl, "more.css", "still.png", "https://cdn.example/a.png", "loaded from another host"),
    (crawl, "more.css", "still.png", "/still.png", "root-absolute"),
    (crawl, "icon.svg", "</svg>", "", "is no XML"),
    (crawl, "icon.svg", "<circle", '<image href="no.png"/><circle', "<image href="),
    (crawl, "old/index.html", "url=../salt-road", "url=../salt", "<meta content="),
    (crawl, "404.html", f'href="{BASE}style.css"', 'href="../style.css"', "leads out of the site"),
    (crawl, "404.html", "/a/style.css", "/a/styl.css", "does not exist"),
    (crawl, "404.html", "/a/style.css", "/style.css", "loaded from another host"),
    (crawl, "lonely.html", None, "<p>Nobody knows me</p>", "no page links to this one"),
    (crawl, "index.html", None, None, "no index.html"),
    (crawl, "index.html", None, "<p>Nothing</p>", "no page links to this one"),
    (mails, "digest.html", "Salt Road</a>", "Salt Road</a>" + "<br>" * 30_000, "of which Gmail shows"),
    (mails, "digest.html", "noindex", "all", "search engines are not told"),
    (mails, "digest.html", "<title>Week 47</title>", "", "no title"),
    (mails, "digest.html", ' lang="en"', "", "the language is not told"),
    (mails, "digest.html", "<h1>Week 47</h1>", "", "there is no h1"),
    (mails, "digest.html", '<div style="display:none;color:#efece5;">Salt Road</div>', "", "there is no body > div"),
    (mails, "digest.html", "/a/digest.html", "/a/index.html", "no link leads to the mail itself"),
    (mails, "digest.html", "</title>", "</title><style>td { color: red }</style>", "<style> is not for mails"),
    (mails, "digest.html", "<h1>", '<h1 class="a">', "the attribute class"),
    (mails, "digest.html", "color:#1b1916;", "color:#1b1916;float:left;", "the style float"),
    (mails, "digest.html", "color:#1b1916;", "color:#1b1916;max-width:9px;", "the style max-width"),
    (mails, "digest.html", "color:#1b1916;", "color:var(--ink);", "which Gmail or Outlook lacks"),
    (mails, "digest.html", 'bgcolor="#efece5"', "", "in one place and None in the other"),
    (mails, "digest.html", 'td style="color:#1b1916;"', "td", "no color, or none behind it"),
    (mails, "digest.html", "color:#1b1916;", "color:#a09a90;", "as written"),
    (mails, "digest.html", 'style="color:#1b1916;"', 'bgcolor="#1b1916" style="background-color:#1b1916;color:#efb14a;"', "turned round for the dark"),
    (mails, "digest.html", ' role="presentation"', "", "read out as one"),
    (mails, "digest.html", ' alt="A still"', "", "says nothing"),
    (mails, "digest.html", ' width="552"', "", "no width for Outlook"),
    (mails, "digest.html", "still.png", "icon.svg", "Outlook shows no such picture"),
    (mails, "digest.html", "still.png", "stil.png", "a picture does not exist"),
    (mails, "digest.html", "salt-road/index.html", "salt/index.html", "a link does not exist"),
    (mails, "digest.html", "https://films.example/a/salt-road/", "salt-road/", "is no absolute URL"),
    (mails, "digest.html", None, None, "no mail was found"),
    (mails, "digest.txt", None, None, "no digest.txt"),
    (mails, "digest.txt", "Salt Road", "Salt Road " * 9, "a line of"),
    (mails, "digest.txt", "Salt Road", "Salt\tRoad", "a control character"),
    (mails, "digest.txt", "salt-road/", "salt/", "does not exist"),
    (mails, "digest.txt", "-- \n", "--\n", "where the letter ends"),
    (markup, "index.html", "</h1>", "</h2>", "End tag"),
    (markup, "index.html", ' alt="A still"', "", "alt"),
    (markup, "salt-road/index.html", 'id="comments"', 'id="top-of-film"', "Duplicate ID"),
    (markup, "404.html", "<title>Not here</title>", "", "title"),
    (feeds, "rss.xml", "</rss>", "", "not well-formed"),
    (feeds, "rss.xml", "Salt Road", "Salt &bull; Road", "not well-formed"),
    (feeds, "rss.xml", 'version="2.0"', 'version="0.91"', "the version is"),
    (feeds, "rss.xml", "<description>Films in the making</description>", "", "0 description elements"),
    (feeds, "rss.xml", "<title>Films</title>", "<title/>", "title is empty"),
    (feeds, "rss.xml", "<link>https://films.example/a/</link>", "<link>/a/</link>", "is no absolute URL"),
    (feeds, "rss.xml", "/a/rss.xml", "/a/feed.xml", "but the feed will be at"),
    (feeds, "rss.xml", 'rel="self"', 'rel="other"', "0 atom:links rel=self"),
    (feeds, "rss.xml", "<language>en", "<language>English!", "no language"),
    (feeds, "rss.xml", "<lastBuildDate>Fri", "<lastBuildDate>Mon", "is no RFC 822 date"),
    (feeds, "rss.xml", "<pubDate>Fri, 20 Nov 2026 09:00:00 -0500", "<pubDate>2026-11-20", "is no RFC 822 date"),
    (feeds, "rss.xml", "<pubDate>Fri, 20 Nov 2026 09:00:00 -0500</pubDate>", "", "pubDate is missing"),
    (feeds, "rss.xml", "<pubDate>Fri, 20 Nov", "<pubDate>Fri, 31 Nov", "is no RFC 822 date"),
    (feeds, "rss.xml", f'<guid isPermaLink="true">{ENTRY_URL}</guid>', "", "guid is missing"),
    (feeds, "rss.xml", "</guid>", "x</guid>", "does not exist in the output"),
    (feeds, "rss.xml", "<item>", f"<item><title>a</title><link>{ENTRY_URL}</link><guid>{ENTRY_URL}</guid></item><item>", "is not unique"),
    (feeds, "rss.xml", f"<link>{ENTRY_URL}", "<link>https://films.example/a/no.html", "does not exist in the output"),
    (feeds, "rss.xml", f"<link>{ENTRY_URL}", "<link>https://films.example/a/é", "holds characters"),
    (feeds, "rss.xml", 'length="3"', "", "length is"),
    (feeds, "rss.xml", 'type="image/png"', 'type="png"', "type is"),
    (feeds, "rss.xml", "</comments>", "2</comments>", "a part of a page that is not there"),
    (feeds, "rss.xml", "href=\"https://films.example/a/salt-road/index.html#comments\"", 'href="salt-road/"', "is no absolute URL"),
    (feeds, "rss.xml", "&lt;p&gt;A ", "&lt;p&gt;&lt;script&gt;A ", "elements that readers remove"),
    (feeds, "rss.xml", "<dc:creator>Ann Shinn</dc:creator>", "<author>Ann Shinn</author>", "is an e-mail address"),
    (feeds, "rss.xml", None, None, "no RSS feed was found"),
    (feeds, "atom.xml", "</feed>", "</fed>", "not well-formed"),
    (feeds, "atom.xml", "<id>https://films.example/a/feed</id>", "", "0 id elements"),
    (feeds, "atom.xml", "<title>Films</title>", "<title>a</title><title>b</title>", "2 title elements"),
    (feeds, "atom.xml", "<updated>2026-11-20T09:00:00-05:00</updated>", "<updated>2026-11-20</updated>", "is no RFC 3339 date"),
    (feeds, "atom.xml", "<updated>2026-11-20T14:00:00Z</updated>", "", "0 updated elements"),
    (feeds, "atom.xml", "<updated>2026-11-20T14:00:00Z", "<updated>2026-11-20T14:00:01Z", "changed after the whole feed"),
    (feeds, "atom.xml", "<updated>2026-11-20T14:00:00Z", "<updated>2026-11-20T24:61:00Z", "is no RFC 3339 date"),
    (feeds, "atom.xml", "<author><name>Ann Shinn</name><uri>https://films.example/a/</uri></author>", "", "has an author"),
    (feeds, "atom.xml", "<name>Ann Shinn</name>", "", "an author needs one name"),
    (feeds, "atom.xml", "<uri>https://films.example/a/</uri>", "<uri>people/ann</uri>", "the author's uri is no absolute URL"),
    (feeds, "atom.xml", f"<id>{ENTRY_URL}</id>", "<id>salt-road</id>", "the id is no absolute URL"),
    (feeds, "atom.xml", "<entry>", f"<entry><id>{ENTRY_URL}</id><title>a</title><updated>2026-11-20T14:00:00Z</updated><author><name>a</name></author><content>a</content></entry><entry>", "is not unique"),
    (feeds, "atom.xml", 'rel="self"', 'rel="via"', "0 links rel=self"),
    (feeds, "atom.xml", "/a/atom.xml", "/a/feed.xml", "but the feed will be at"),
    (feeds, "atom.xml", f'href="{ENTRY_URL}"/>', 'href="salt-road/"/>', "is no absolute URL"),
    (feeds, "atom.xml", 'term="Short"', 'label="Short"', "without a term"),
    (feeds, "atom.xml", '<content type="html">', '<content type="html"><p/>', "holds elements"),
    (feeds, "atom.xml", "a href=\"https://films.example/a/salt-road/index.html#comments\"", 'a href="#comments"', "is no absolute URL"),
    (feeds, "atom.xml", 'xml:lang="en"', 'xml:lang="en_GB"', "no language"),
    (feeds, "atom.xml", None, None, "no Atom feed was found"),
    (feeds, "feed.json", '"items"', "items", "is no JSON"),
    (feeds, "feed.json", "version/1.1", "version/1", "the version is"),
    (feeds, "feed.json", '"title": "Films"', '"name": "Films"', "title is missing"),
    (feeds, "feed.json", '"title": "Films"', '"title": 3', "is no str"),
    (feeds, "feed.json", '"language": "en"', '"language": "en", "author": "x"', "JSON Feed has no author"),
    (feeds, "feed.json", "/a/feed.json", "/a/feed", "but the feed will be at"),
    (feeds, "feed.json", f'"id": "{ENTRY_URL}"', '"id": 3', "id is no str"),
    (feeds, "feed.json", f'"id": "{ENTRY_URL}"', '"id": "salt-road"', "the id is no absolute URL"),
    (feeds, "feed.json", f'"url": "{ENTRY_URL}"', '"url": "salt-road/"', "is no absolute URL"),
    (feeds, "feed.json", "09:00:00-05:00", "09:00:00", "is no RFC 3339 date"),
    (feeds, "feed.json", '"title": "Salt Road"', '"title": "Who won"', "is that of 'Salt Road' in atom.xml"),
    (feeds, "feed.json", '"content_html"', '"_content"', "needs content_html"),
    (feeds, "feed.json", 'href=\\"https://films.example/a/', 'href=\\"', "is no absolute URL"),
    (feeds, "feed.json", '["Short"]', '"Short"', "tags"),
    (feeds, "feed.json", '{"name": "Ann Shinn"}', '"Ann Shinn"', "an author has"),
    (feeds, "feed.json", None, None, "no JSON feed was found"),
    (feeds, "sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "does not exist in the output"),
    (feeds, "sitemap-1.xml", "<loc>https://films.example/a/</loc>", "", "the schema says"),
    (feeds, "sitemap-1.xml", "<lastmod>2026-11-20</lastmod>", "<lastmod>20 November</lastmod>", "the schema says"),
    (feeds, "sitemap-1.xml", "<lastmod>2026-11-20T09:00:00-05:00<", "<lastmod>2026-11-20T09:00:00<", "the schema says"),
    (feeds, "sitemap-1.xml", "<loc>https://films.example/a/</loc>", "<loc>https://elsewhere.example/</loc>", "is not a URL of"),
    (feeds, "sitemap-1.xml", f"<loc>{ENTRY_URL}</loc>", "<loc>https://films.example/a/</loc>", "is listed twice"),
    (feeds, "sitemap-1.xml", f"<loc>{ENTRY_URL}</loc>", "<loc>https://films.example/a/no.html</loc>", "does not exist in the output"),
    (feeds, "sitemap-1.xml", f"<loc>{ENTRY_URL}</loc>", f"<loc>{ENTRY_URL}#comments</loc>", "not parts of them"),
    (feeds, "sitemap-1.xml", f"<url><loc>{ENTRY_URL}</loc><lastmod>2026-11-20</lastmod></url>", "", "does not list salt-road/index.html"),
    (feeds, "robots.txt", None, None, "no robots.txt was found"),
    (feeds, "robots.txt", "Disallow:", "Disallow: /", "closed to crawlers"),
    (feeds, "robots.txt", "Disallow:", "Dissalow:", "no robots.txt field"),
    (feeds, "robots.txt", "User-agent: *\n", "", "a rule before any User-agent"),
    (feeds, "robots.txt", "/a/sitemap.xml", "/a/map.xml", "does not exist in the output"),
    (feeds, "robots.txt", "Sitemap: https://films.example/a/sitemap.xml\n", "", "names no sitemap"),
    (feeds, "deadlines.ics", "DTSTAMP:20261120T140000Z\r\n", "", "DTSTAMP is missing"),
    (feeds, "deadlines.ics", "DTSTART:20261121T140000Z", "DTSTART:20261121T140000", "has no time zone"),
    (feeds, "deadlines.ics", "DTSTART:20261121T140000Z", "DTSTART:tomorrow", "DTSTART"),
    (feeds, "deadlines.ics", "SUMMARY:Ends", "SUMMARY:" + "Ends" * 20, "more than 75 bytes"),
    (feeds, "deadlines.ics", "\r\nSUMMARY", "\nSUMMARY", "must end with CR LF"),
    (feeds, "deadlines.ics", "URL:https", "URL:ftp", "the URL is no absolute URL"),
]  # fmt: skip


def run(check, output):
    arguments = [str(output)] + ([] if check is markup else ["--base-url", BASE])
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = check.main(arguments)
    return status, said.getvalue()


def write(folder, files):
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        right = folder / "right"
        write(right, right_site())
        for check in (crawl, markup, feeds, mails):
            status, said = run(check, right)
            if status != 0:
                failures += 1
                print(f"FAIL  {check.__name__} does not pass a right site:\n{said}")
        for number, (check, path, old, new, expected) in enumerate(WRONG):
            files = right_site()
            what = f"{check.__name__}, {path}: {old!r} → {new!r}"
            if old is not None:
                if old not in files[path]:
                    failures += 1
                    print(f"FAIL  {what}: there is nothing to replace")
                    continue
                files[path] = files[path].replace(old, new, 1)
            elif new is None:
                del files[path]
            else:
                files[path] = new
            wrong = folder / "wrong"
            write(wrong, files)
            status, said = run(check, wrong)
            shutil.rmtree(wrong)
            if status == 0 or expected not in said:
                failures += 1
                print(f"FAIL  {what}: does not say {expected!r}:\n{said}")

        # The whole run: a right site passes, a wrong one does not, and none is no site.
        entry = Path(__file__).parent / "run"
        wrong = folder / "wrong"
        write(wrong, right_site() | {"rss.xml": "<rss"})
        for sites, expected in [((right, right), 0), ((right, wrong), 1), ((right, folder / "none"), 2)]:
            status = subprocess.run([entry, *sites], capture_output=True).returncode
            if status != expected:
                failures += 1
                print(f"FAIL  run {' '.join(map(str, sites))} exits with {status}, not {expected}")
    print(f"{'FAIL' if failures else 'pass'}  selftest: {len(WRONG)} wrong sites, {failures} not found out")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
