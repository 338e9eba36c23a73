"""A small right site, which machines.py passes, and what it says when one thing in it is made wrong."""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

import machines
from selftest import run, write

BASE = "https://films.example/a/"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} · Films</title>
<meta property="og:title" content="{title} · Films">
<meta property="og:type" content="article">
<meta property="og:url" content="https://films.example/a/{path}">
<meta property="og:image" content="https://films.example/a/still.png">
<meta property="og:image:width" content="20">
<meta property="og:image:height" content="10">
<meta property="og:image:alt" content="A road">
<meta name="twitter:card" content="summary">
</head>
<body>
{body}
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{data}]}}</script>
</body>
</html>
"""

HOME = (
    """<div class="h-feed"><h1 class="p-name">Films</h1>
<p class="h-entry"><a class="p-name u-url" href="road/">Road</a>
<time class="dt-published" datetime="2026-11-20T09:00:00-05:00">Friday</time></p></div>""",
    """{"@type": "CollectionPage", "@id": "https://films.example/a/", "url": "https://films.example/a/", "name": "Films",
"about": {"@type": "CreativeWorkSeries", "@id": "https://films.example/a/#series", "name": "Films",
"url": "https://films.example/a/", "startDate": "2026-11-20"}, "mainEntity": {"@type": "ItemList", "numberOfItems": 1,
"itemListElement": {"@type": "ListItem", "position": 1, "name": "Road", "url": "https://films.example/a/road/"}}}""",
)

FILM = (
    """<link rel="alternate" type="application/json+oembed" href="oembed.json"><div class="h-entry"><h1 class="p-name"><a class="u-url" href="">Road</a></h1>
<p><time class="dt-published" datetime="2026-11-20T09:00:00-05:00">Friday</time> <a class="p-author h-card" href="../ann/">Ann</a></p>
<p class="p-summary">A road.</p><div class="e-content"><p>Sand.</p></div>
<div class="u-comment h-cite" id="c1"><a class="u-url" href="#c1">1</a> <div class="e-content">Nice</div></div></div>""",
    """{"@type": "Article", "@id": "https://films.example/a/road/#article", "url": "https://films.example/a/road/",
"headline": "Road", "description": "A road.", "datePublished": "2026-11-20T09:00:00-05:00", "commentCount": 1,
"author": {"@id": "https://films.example/a/ann/#person"}, "publisher": {"@type": "Organization", "name": "Films"},
"isPartOf": {"@id": "https://films.example/a/#series"}, "about": {"@type": "Movie", "name": "Road", "duration": "PT90M",
"director": {"@id": "https://films.example/a/ann/#person"}, "producer": {"@type": "Role", "roleName": "Line Producer",
"producer": {"@type": "Person", "name": "Bo"}}}, "video": {"@type": "VideoObject", "name": "Road", "uploadDate": "2026-11-01",
"thumbnailUrl": "https://films.example/a/still.png"}},
{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Films",
"item": "https://films.example/a/"}, {"@type": "ListItem", "position": 2, "name": "Road", "item": "https://films.example/a/road/"}]}""",
)

PERSON = (
    """<div class="h-card"><h1 class="p-name">Ann</h1><data class="u-url" value="../ann/"></data></div>""",
    """{"@type": "ProfilePage", "@id": "https://films.example/a/ann/", "url": "https://films.example/a/ann/",
"mainEntity": {"@type": "Person", "@id": "https://films.example/a/ann/#person", "name": "Ann",
"url": "https://films.example/a/ann/", "hasOccupation": {"@type": "Occupation", "name": "Director"}}}""",
)


API = {
    "index.json": """{"version":1,"title":"Films","url":"https://films.example/a/","language":"en","columns":[{"name":"Films","slug":"f",
"url":"https://films.example/a/","kind":"projects","years":[{"year":2026,"writeups":"https://films.example/a/api/f/2026.json"}],
"weeks":"https://films.example/a/api/f/weeks.json","ballots":"https://films.example/a/api/f/ballots.json"}],
"people":["https://films.example/a/api/people/1.json"],"terms":"https://films.example/a/api/terms.json"}""",
    "f/2026.json": '{"column":"f","year":2026,"writeups":[]}',
    "f/weeks.json": """{"column":"f","weeks":[{"week":"2026-W47","url":"https://films.example/a/","first_day":"2026-11-16",
"last_day":"2026-11-22","writeups":["https://films.example/a/road/"]}]}""",
    "f/ballots.json": """{"column":"f","ballots":[{"period":"2026-11","kind":"month","page":"https://films.example/a/","state":"open",
"opens":"2026-11-20T17:00:00-05:00","candidates":[],"results":[],"disqualified":[],"winners":[],"total":0}]}""",
    "people/1.json": """{"people":[{"url":"https://films.example/a/ann/","name":"Ann","also_known_as":[],"same_as":[],
"credits":[{"role":"Director","writeup":"https://films.example/a/road/"}],"written":[]}]}""",
    "terms.json": '{"tags":[],"genres":[],"countries":[],"formats":[],"status":[]}',
}

EMBED = """{"version":"1.0","type":"link","title":"Road","provider_name":"Films","provider_url":"https://films.example/a/",
"thumbnail_url":"https://films.example/a/still.png","thumbnail_width":20,"thumbnail_height":10}"""


def right_site():
    picture = io.BytesIO()
    Image.new("RGB", (20, 10)).save(picture, "PNG")
    return {
        "index.html": PAGE.format(title="Films", path="", body=HOME[0], data=HOME[1]),
        "road/index.html": PAGE.format(title="Road", path="road/", body=FILM[0], data=FILM[1]),
        "ann/index.html": PAGE.format(title="Ann", path="ann/", body=PERSON[0], data=PERSON[1]),
        "robots.txt": f"User-agent: *\nSitemap: {BASE}sitemap.xml\n",
        "still.png": picture.getvalue(),
        "road/oembed.json": EMBED,
    } | {f"api/{path}": text for path, text in API.items()}


# The file that is made wrong, what is replaced in it by what, and a part of what the check must say.
WRONG = [
    ("road/index.html", '"Movie"', '"Film"', "schema.org has no type Film"),
    ("road/index.html", '"director"', '"directedBy"', "schema.org has no property directedBy"),
    ("road/index.html", '"duration"', '"startDate"', "in schema.org a Movie has no startDate"),
    ("road/index.html", "PT90M", "90 minutes", "duration of a Movie is none of"),
    ("road/index.html", '"commentCount": 1', '"commentCount": "one"', "commentCount of a Article is none of"),
    ("road/index.html", '"commentCount": 1', '"commentCount": 2', "has 2 comments in JSON-LD, 1 in microformats"),
    ("road/index.html", '"2026-11-20T09:00:00-05:00", "com', '"2026-11-20T09:00:00", "com', "datePublished of a Article is none of"),
    ("road/index.html", '"2026-11-20T09:00:00-05:00", "com', '"2026-11-21T09:00:00-05:00", "com', "was published 2026-11-21T09:00:00-05:00 in JSON-LD"),
    ("road/index.html", '"headline": "Road", ', "", "JSON-LD lacks headline of a Article"),
    ("road/index.html", '"uploadDate": "2026-11-01",', "", "JSON-LD lacks uploadDate of a VideoObject"),
    ("road/index.html", '"@type": "Person", "name": "Bo"', '"name": "Bo"', "JSON-LD has a thing without a type"),
    ("road/index.html", '"@type": "Person", "name": "Bo"', '"@type": "Country", "name": "Bo"', "producer of a Role is no Country"),
    ("road/index.html", '"producer": {"@type": "Person"', '"actor": {"@type": "Person"', "the Role in producer of a Movie does not say whose it is"),
    ("road/index.html", "a/#series", "a/#serie", "JSON-LD names what no page tells of: https://films.example/a/#serie"),
    ("road/index.html", '"description": "A road."', '"description": "A rod."', "do not sum it up in the same words"),
    ("road/index.html", '"position": 2', '"position": 3', "the positions of the BreadcrumbList are not 1, 2, 3"),
    ("road/index.html", '"item": "https://films.example/a/road/"', '"item": "https://films.example/a/ann/"', "the BreadcrumbList does not end at the page"),
    ("road/index.html", '"https://schema.org"', '"https://schema.example"', "JSON-LD is no graph in the words of"),
    ("road/index.html", '"headline": "Road"', '"headline": Road', "extruct cannot read it"),
    ("road/index.html", "ld+json", "json", "has 0 scripts of JSON-LD, not one"),
    ("road/index.html", '"name": "Bo"', '"name": "Bo", "url": "bo"', "url of a Person is none of URL"),
    ("road/index.html", '<a class="u-url" href="">Road</a>', "Road", "an h-entry has 0 of url, not one"),
    ("road/index.html", 'class="dt-published" ', "", "an h-entry has 0 of published, not one"),
    ("road/index.html", 'datetime="2026-11-20T09:00:00-05:00"', 'datetime="2026-11-20"', "was published at no moment with a zone"),
    ("road/index.html", 'class="p-author h-card"', 'class="x"', "the h-entry lacks author"),
    ("road/index.html", '<div class="e-content"><p>', "<div><p>", "the h-entry lacks content"),
    ("road/index.html", '<a class="u-url" href="#c1">1</a>', "1", "an h-cite of a comment lacks url"),
    ("road/index.html", 'href="oembed.json"', 'href="../oembed.json"', "leads to the oEmbed of another page"),
    ("road/oembed.json", '"thumbnail_width":20,', "", "is not as api.schema.json says: $: 'thumbnail_width' is a dependency"),
    ("api/index.json", '"version":1', '"version":2', "is not as api.schema.json says: $.version: 1 was expected"),
    ("api/f/weeks.json", "2026-11-16", "2026-11-36", "$.weeks[0].first_day: '2026-11-36' is not a 'date'"),
    ("api/f/ballots.json", "17:00:00-05:00", "17:00:00", "$.ballots[0].opens: '2026-11-20T17:00:00' is not valid under any of the given schemas"),
    ("api/f/ballots.json", "2026-11-20T17", "2026-11-31T17", "$.ballots[0].opens: '2026-11-31T17:00:00-05:00' is not valid under any of the given schemas"),
    ("api/f/weeks.json", "a/road/", "a/ro ad/", "is not a 'uri"),
    ("api/f/ballots.json", '"total":0', '"total":-1', "$.ballots[0].total: -1 is less than"),
    ("api/people/1.json", "a/road/", "a/rode/", "does not exist in the output: https://films.example/a/rode/"),
    ("api/people/1.json", '"name":"Ann"', '"name":"Ann","age":3', "'age' was unexpected"),
    ("api/index.json", '["https://films.example/a/api/people/1.json"]', "[]", "is named by no file of api/"),
    ("ann/index.html", '<h1 class="p-name">Ann', '<h1 class="p-name">Anna', "is of Ann in JSON-LD, of ['Anna'] in the h-card"),
    ("ann/index.html", 'class="h-card"', 'class="card"', "has 0 h-cards of its own address, not one"),
    ("index.html", 'class="h-feed"', 'class="feed"', "no h-feed was found"),
    ("index.html", '"@id": "https://films.example/a/", "url": "https://films.example/a/"', '"url": "https://films.example/a/road/"', "JSON-LD's CollectionPage is another page"),
    ("index.html", 'og:title" content="Films', 'og:title" content="Film', "og:title is ['Film · Films'], and the title 'Films · Films'"),
    ("index.html", '<meta property="og:type" content="article">', "", "has 0 of og:type, not one"),
    ("index.html", 'og:url" content="https://films.example/a/"', 'og:url" content="https://films.example/"', "og:url is"),
    ("index.html", "a/still.png", "a/stil.png", "og:image does not exist in the output"),
    ("index.html", 'content="20"', 'content="30"', "og:image is 20 by 10, not 30 by 10"),
    ("index.html", 'content="A road"', 'content=""', "og:image has no words"),
    ("index.html", 'content="summary"', 'content="big"', "twitter:card is ['big']"),
]


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        write(folder / "right", right_site())
        status, said = run(machines, folder / "right")
        if status != 0:
            failures += 1
            print(f"FAIL  machines does not pass a right site:\n{said}")
        for path, old, new, expected in WRONG:
            files = right_site()
            status, said = 0, "there is nothing to replace"
            if old in files[path]:
                files[path] = files[path].replace(old, new, 1)
                write(folder / "wrong", files)
                status, said = run(machines, folder / "wrong")
                shutil.rmtree(folder / "wrong")
            if status == 0 or expected not in said:
                failures += 1
                print(f"FAIL  machines, {path}: {old!r} → {new!r}: does not say {expected!r}:\n{said}")
    if machines.unchecked_formats({"$defs": {"x": {"anyOf": [{"format": "date"}, {"format": "moon"}]}}}) != ["moon"]:
        failures += 1
        print("FAIL  machines does not say which formats nothing checks")
    print(f"{'FAIL' if failures else 'pass'}  selftest of machines: {len(WRONG)} wrong sites, {failures} not found out")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
