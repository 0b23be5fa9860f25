"""`pip install .` gives a package that carries all it needs: the wheel, looked into and run."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from docs.pages import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the wheel's files; made of this checkout, with no network."""
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = made.glob("triplary-*.whl")
    zipfile.ZipFile(wheel).extractall(made / "files")
    return made / "files"


def test_the_wheel_carries_atlas_and_page(unpacked: Path) -> None:
    needed = (
        "triplary/atlas/ontology.ttl",
        "triplary/atlas/graph/sources.ttl",
        "triplary/atlas/graph/claims.ttl",
        "triplary/server/static/triplary.css",
        "triplary/server/static/explorer.js",
        "triplary/query/library/sources.rq",
        "triplary/server/templates/explorer.html",
        "triplary/server/locale/zh.json",
    )
    assert [file for file in needed if not (unpacked / file).is_file()] == []


def test_the_wheel_answers_by_itself(unpacked: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "triplary", "search", "百度", "--limit", "1"],
        cwd=tmp_path, env={"PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("Baidu  (id:Baidu)  ")


def test_the_extra_of_the_readme_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert [line.split(">")[0] for line in project["optional-dependencies"]["pandas"]] == ["pandas"]
