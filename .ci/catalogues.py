"""The Dutch catalogues hold every visible string, translated. Run by .ci/run from the top of the checkout."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["community", "polls", "finance", "groups", "notifications", "theme"]


def main() -> int:
    faults = [*(fault for package in PACKAGES for fault in faults_of(package)), *said_in_two_ways()]
    print("\n".join(faults) or "Every string has its Dutch.")
    return 1 if faults else 0


def faults_of(package: str) -> list[str]:
    kept = ROOT / package / "locale/nl/LC_MESSAGES/django.po"
    wanted = messages(extracted(package))
    if not kept.exists():
        return [f"{package}: no Dutch catalogue for {len(wanted)} strings"] if wanted else []
    return [*differences(package, wanted, messages(kept)), *untranslated(package, kept), *format_faults(package, kept)]


def extracted(package: str) -> Path:
    """What makemessages finds, worked out in a copy so that the checkout stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / package
        shutil.copytree(ROOT / package, copy, ignore=shutil.ignore_patterns("__pycache__", "locale", "*.mo"))
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "nl", "--no-wrap", "-v0"], cwd=copy, check=True
        )
        found = copy / "locale/nl/LC_MESSAGES/django.po"
        result = Path(tempfile.mkdtemp()) / f"{package}.po"
        result.write_text(found.read_text() if found.exists() else "")
    return result


def messages(path: Path) -> dict:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    return {(message.context, message.id): message for message in catalogue if message.id}


def differences(package, wanted, kept) -> list[str]:
    missing = [f"{package}: not in the catalogue: {shown(key)}" for key in wanted if key not in kept]
    return missing + [f"{package}: no longer in the code: {shown(key)}" for key in kept if key not in wanted]


def shown(key) -> str:
    text = key[1] if isinstance(key[1], str) else key[1][0]
    return repr(text if len(text) < 90 else f"{text[:90]}…")


def untranslated(package, path) -> list[str]:
    faults = []
    for key, message in messages(path).items():
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy:
            faults.append(f"{package}: fuzzy: {shown(key)}")
        elif not all(words):
            faults.append(f"{package}: no Dutch: {shown(key)}")
    return faults


def format_faults(package, path) -> list[str]:
    result = subprocess.run(
        ["msgfmt", "--check-format", "--check-header", "-o", "/dev/null", str(path)], capture_output=True, text=True
    )
    return [f"{package}: {line}" for line in result.stderr.splitlines()] if result.returncode else []


def said_in_two_ways() -> list[str]:
    """One English message has one Dutch: Django knows one text per message, the first app's."""
    said: dict = {}
    for package in PACKAGES:
        for key, message in messages(ROOT / package / "locale/nl/LC_MESSAGES/django.po").items():
            said.setdefault(key, {}).setdefault(message.string, package)
    return [
        f"{' and '.join(texts.values())}: two Dutch texts for {shown(key)}"
        for key, texts in said.items()
        if len(texts) > 1
    ]


if __name__ == "__main__":
    sys.exit(main())
