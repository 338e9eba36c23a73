"""Two versions of a site with files to add, change and remove, and files that become folders and back."""

PROJECT = "logline: It happens.\nformat: feature\nstatus: production\n"

# What somebody else put into the output.
FOREIGN = {
    "CNAME": "films.example\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    "daily/own.txt": "mine\n",
    "files/old/deep/own.bin": bytes(range(256)) * 40,
    "tags/rope/own.txt": "mine too\n",
}


def _common(version: int) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        "site.yaml": f"title: Version {version}\nurl: https://films.example/\ntheme: plain\n",
        "daily/_column.md": "---\nname: Daily\n---\nEvery day.\n",
        "essays/_column.md": "---\nname: Essays\nkind: articles\n---\n",
        "pages/about.md": "---\ntitle: About\n---\nUs.\n",
        # The same in both, and large ones of which only some differ.
        "files/same.bin": b"same" * 5000,
        "files/large.bin": bytes([version]) * 400_000,
        "files/grows.bin": b"g" * (1000 if version == 1 else 300_000),
    }
    for number in range(12):
        files[f"daily/film-{number}.md"] = (
            f"---\ntitle: Film {number}\ndate: 2026-11-{number + 1:02}\n{PROJECT}tags: [rope, tide {number % 3}]\n"
            f"credits: [{{role: Director, name: Ann {number // 6}}}]\n---\nText {number if number % 2 else number * version}.\n")
    return files


def site(version: int) -> dict[str, str | bytes]:
    """The files below content/ of version 1 or 2."""
    files = _common(version)
    if version == 1:
        files |= {
            "essays/2026-11-01-first.md": "---\ntitle: First\naliases: [/old/first/]\n---\nOne.\n",
            "daily/gone.md": "---\ntitle: Gone\ndate: 2026-10-02\ntags: [departures]\n" + PROJECT +
                             "credits: [{role: Director, name: Ann Leaving}]\n---\nGone.\n",
            # A file that becomes a folder, and a folder that becomes a file.
            "swap/a": "a file\n",
            "swap/b/c/d.txt": "deep\n",
            "swap/b/e.txt": "less deep\n",
            "first/in/five/folders/of/its.txt": "1\n",
            "files/old/deep/x.txt": "1\n",
        }
    else:
        files |= {
            "essays/2026-11-02-second.md": "---\ntitle: Second\n---\nTwo.\n",
            "daily/come.md": "---\ntitle: Come\ndate: 2026-10-20\ntags: [arrivals]\n" + PROJECT +
                             "credits: [{role: Director, name: Bo Arriving}]\n---\nCome.\n",
            "swap/a/one.txt": "in a folder\n",
            "swap/a/two/three.txt": "in a folder\n",
            "swap/b": "a file\n",
            "second/in/five/folders/of/its.txt": "2\n",
            "files/Old-Name.txt": "2\n",
        }
    return files
