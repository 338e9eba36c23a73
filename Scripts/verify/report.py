"""What a check found, printed as one line of counts and, if anything is wrong, the first of it."""

import sys


class Report:
    def __init__(self, name, shown=10):
        self.name = name
        self.shown = shown
        self.counts = {}
        self.maxima = {}
        self.problems = {}
        self.warnings = {}

    def count(self, what, number=1):
        """Adds to a figure of the summary; 'page' is printed as 'pages' when there are many."""
        self.counts[what] = self.counts.get(what, 0) + number

    def most(self, what, number, where):
        """Keeps the greatest of the figures of one kind, and where it was found, for the summary."""
        self.maxima[what] = max(self.maxima.get(what, (0, "")), (number, where))

    def problem(self, where, what):
        """Something wrong. The same thing in many places is printed once."""
        self.problems.setdefault(what, []).append(where)

    def warning(self, where, what):
        """Something to look at that fails nothing."""
        self.warnings.setdefault(what, []).append(where)

    def require(self, what, reason):
        """A check that looked at nothing has found nothing out."""
        if not self.counts.get(what):
            self.problem(self.name, f"no {what} was found: {reason}")

    def add(self, other):
        """Takes over what another report of the same check found."""
        for what, number in other.counts.items():
            self.count(what, number)
        for what, (number, where) in other.maxima.items():
            self.most(what, number, where)
        for what, places in other.problems.items():
            self.problems.setdefault(what, []).extend(places)
        for what, places in other.warnings.items():
            self.warnings.setdefault(what, []).extend(places)

    def finish(self):
        """Prints the summary and returns the exit status."""
        figures = ", ".join(f"{number:,} {plural(what, number)}" for what, number in self.counts.items())
        figures += "".join(f", at most {number:,} {what} ({where})" for what, (number, where) in self.maxima.items())
        wrong = sum(map(len, self.problems.values()))
        verdict = f"{wrong:,} {plural('problem', wrong)}" if wrong else "ok"
        if self.warnings:
            number = sum(map(len, self.warnings.values()))
            verdict += f", {number:,} {plural('warning', number)}"
        print(f"{'FAIL' if wrong else 'pass'}  {self.name}: {figures or 'nothing'}: {verdict}")
        self._print("warning", self.warnings)
        self._print("problem", self.problems)
        sys.stdout.flush()
        return 1 if wrong else 0

    def _print(self, kind, found):
        for what, places in list(found.items())[: self.shown]:
            print(f"      {kind}: {what}")
            for place in places[:3]:
                print(f"        in {place}")
            if len(places) > 3:
                print(f"        and in {len(places) - 3:,} more")
        if len(found) > self.shown:
            print(f"      … and {len(found) - self.shown:,} other {plural(kind, len(found) - self.shown)}")


def plural(word, number):
    if number == 1:
        return word
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch")) else "s")
