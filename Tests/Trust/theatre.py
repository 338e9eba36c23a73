"""One output folder, two versions of a site that are built into it by turns, and what it should hold."""

import re
import shutil
import sys
from pathlib import Path

from versions import FOREIGN, site
from workshop import Program, Run, difference, fresh, tree, write


class Theatre:
    """One output folder, the two versions, and what it should hold after each."""

    def __init__(self, program: Program, folder: Path):
        self.program, self.folder, self.output = program, fresh(folder), folder / "output"
        self.foreign = {name: text if isinstance(text, bytes) else text.encode() for name, text in FOREIGN.items()}
        self.clean: dict[int, dict[str, bytes | None]] = {}
        for version in (1, 2):
            root = folder / f"version-{version}"
            write(root / "content", site(version))
            clean = folder / f"clean-{version}"
            result = self.build(version, output=clean)
            if result.code != 0:
                sys.exit(f"Version {version} can't be built\n{result}")
            self.clean[version] = tree(clean)

    def build(self, version: int, *options: str, output: Path | None = None, **more) -> Run:
        return self.program.build(self.folder / f"version-{version}", output or self.output, *options, **more)

    def strew(self):
        """Puts the foreign files into the output."""
        write(self.output, FOREIGN)

    def prepare(self, version: int, has_foreign: bool = True):
        """Brings the output to what an undisturbed build of the version leaves; 0 for none yet."""
        shutil.rmtree(self.output, ignore_errors=True)
        if has_foreign:
            self.strew()
        if version:
            shutil.copytree(self.folder / f"clean-{version}", self.output, dirs_exist_ok=True)

    def wanted(self, version: int, has_foreign: bool) -> dict[str, bytes | None]:
        """What the output holds after an undisturbed build."""
        wanted = dict(self.clean[version])
        for name, text in (self.foreign if has_foreign else {}).items():
            wanted[name] = text
            parts = name.split("/")
            wanted |= {"/".join(parts[:count]): None for count in range(1, len(parts))}
        return wanted

    def after_kill(self, versions: set[int], lasting: bool, has_foreign: bool) -> list[str]:
        """What is wrong with the output after a kill: `versions` may show, and when it is `lasting`, it was built before."""
        found = tree(self.output) if self.output.exists() else {}
        wrong = []
        for name, bytes_ in found.items():
            if bytes_ is None or name.startswith(".sitegen/stage/") or name in (".sitegen/manifest.new", ".sitegen/stamp.new"):
                continue
            if name == ".sitegen/manifest":
                wrong += self.manifest(bytes_, versions)
            elif name in self.foreign:
                if bytes_ != self.foreign[name]:
                    wrong.append(f"{name}, a foreign file, is changed")
            elif not any(self.clean[version].get(name) == bytes_ for version in versions):
                wrong.append(f"{name} is neither the old nor the new file ({len(bytes_)} bytes)")
        if has_foreign:
            wrong += [f"{name}, a foreign file, is lost" for name in self.foreign if found.get(name) is None]
        if lasting:
            shared = set.intersection(*({n for n, b in self.clean[v].items() if b is not None} for v in versions))
            wrong += [f"{name}, in both versions, is lost" for name in sorted(shared) if found.get(name) is None]
        return wrong

    def manifest(self, bytes_: bytes, versions: set[int]) -> list[str]:
        """A manifest has to be whole: that of one version, or of both together."""
        *lines, end = bytes_.decode(errors="replace").split("\n")
        own = (".sitegen/manifest", ".sitegen/stamp")
        files = {v: {n for n, b in self.clean[v].items() if b is not None and n not in own} for v in versions}
        possible = [*files.values(), set.union(*files.values())]
        are_whole = all(re.fullmatch("[0-9a-f]{32}  .+", line) for line in lines)
        is_whole = end == "" and are_whole and {line[34:] for line in lines} in possible
        return [] if is_whole else [".sitegen/manifest is half-written"]

    def after_build(self, version: int, has_foreign: bool) -> list[str]:
        """What is wrong with the output after an undisturbed build of the version."""
        return difference(tree(self.output), self.wanted(version, has_foreign))
