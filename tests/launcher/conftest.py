"""The launcher file as a module, and an environment in which nothing outside is set."""

import os
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`quorate` loaded afresh, its `.venv` and log in a folder of the test's own."""
    loader = SourceFileLoader("quorate_launcher", str(ROOT / "quorate"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader.exec_module(module)
    environment = tmp_path / ".venv"
    environment.mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "ENVIRONMENT", environment)
    monkeypatch.setattr(module, "PYTHON", environment / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", environment / "stamp.json")
    monkeypatch.setattr(module, "LOG", tmp_path / "var" / "install.log")
    return module


@pytest.fixture
def bare_environment(tmp_path: Path) -> dict[str, str]:
    """An environment without servers, its data in a folder of the test's own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "QUORATE_DATA": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
