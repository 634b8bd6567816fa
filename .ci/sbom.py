"""The bill of materials of what runs, as CycloneDX 1.6 JSON: `python .ci/sbom.py > sbom.json`.

Walks from requirements.txt through what is installed, so that it names exactly the versions of this environment.
`--list` prints package, version and licence as a table; `--pins` what requirements.txt does not name, for
constraints.txt.
"""

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
VENDORED = [
    ("htmx", "0BSD", "theme/static/theme/vendor"),
    ("Figtree", "OFL-1.1", "theme/static/theme/vendor"),
    ("Atkinson Hyperlegible Next", "OFL-1.1", "theme/static/theme/vendor"),
    ("Lucide", "ISC", "theme/static/theme/vendor"),
    ("DejaVu Sans Condensed", "Bitstream-Vera", "theme/fonts"),
]


def requirements(file: Path) -> list[Requirement]:
    lines = (line.partition(" #")[0].strip() for line in file.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def installed() -> dict[str, tuple[Distribution, list[str]]]:
    """{name: (package, names it needs)} of everything that requirements.txt brings along on this machine."""
    found, waiting = {}, [(each.name, frozenset(each.extras)) for each in requirements(ROOT / "requirements.txt")]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # not for this platform
        key = normal(package.name)
        if (key, extras) in seen:
            continue
        seen.add((key, extras))
        needs = [need for line in package.requires or [] if applies(need := Requirement(line), extras)]
        names = found.get(key, (package, []))[1] + [normal(need.name) for need in needs]
        found[key] = (package, sorted(set(names)))
        waiting += [(need.name, frozenset(need.extras)) for need in needs]
    return found


def applies(need: Requirement, extras) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or [""])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """As the package says it: an SPDX expression, else the classifiers, else its first line."""
    meta = package.metadata
    if expression := meta.get("License-Expression"):
        return expression
    classified = [line.split(" :: ")[-1] for line in meta.get_all("Classifier") or [] if line.startswith("License ::")]
    named = [name for name in classified if name != "OSI Approved"]
    return " / ".join(named) or (meta.get("License") or "unknown").splitlines()[0][:80]


def component(name: str, package: Distribution) -> dict:
    where = f"pkg:pypi/{name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": where,
        "name": package.name,
        "version": package.version,
        "purl": where,
        "licenses": [{"license": {"name": licence(package)}}],
    }


def bill() -> dict:
    packages = installed()
    refs = {name: f"pkg:pypi/{name}@{package.version}" for name, (package, _needs) in packages.items()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "paraplu", "bom-ref": "paraplu"}},
        "components": [component(name, package) for name, (package, _needs) in sorted(packages.items())]
        + [
            {"type": "file", "bom-ref": name, "name": name, "licenses": [{"license": {"name": terms}}], "group": folder}
            for name, terms, folder in VENDORED
        ],
        "dependencies": [
            {"ref": refs[name], "dependsOn": [refs[need] for need in needs if need in refs]}
            for name, (_package, needs) in sorted(packages.items())
        ],
    }


def pins() -> list[str]:
    """What comes along without being asked for by name."""
    named = {normal(each.name) for each in requirements(ROOT / "requirements.txt")}
    return [
        f"{name}=={package.version}" for name, (package, _needs) in sorted(installed().items()) if name not in named
    ]


if __name__ == "__main__":
    if "--pins" in sys.argv:
        print("# What the packages of requirements.txt bring along: `python .ci/sbom.py --pins > constraints.txt`.")
        print("\n".join(pins()))
    elif "--list" in sys.argv:
        for name, (package, _needs) in sorted(installed().items()):
            print(f"{name:32} {package.version:14} {licence(package)}")
    else:
        json.dump(bill(), sys.stdout, indent=1)
        print()
