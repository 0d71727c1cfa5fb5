"""What tests need of the machine beside Python, from Debian where we may install it."""

import os
import shutil
import subprocess

QUIET = ["apt-get", "-qq"]


def install(*packages: str) -> None:
    """Install packages when we are root on a Debian; else leave it to whoever reads the failure."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run([*QUIET, *command], check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
