"""Taking the network, further files and boundless memory away from this process, for good."""

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import Final

__all__ = ["bound_memory", "confine", "leave_the_network"]

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_MEBIBYTE: Final = 2**20


def confine(memory_mebibytes: int) -> None:
    """Let this process open nothing more and take so much memory beyond what it has.

    Where the system allows it, it also lives in an empty network namespace from here on.
    """
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    leave_the_network()
    bound_memory(memory_mebibytes, for_good=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def leave_the_network() -> None:
    """Move this process, and all that it forks, into an empty network, where that is allowed."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.unshare(_NEW_NETWORK) != 0:
                libc.unshare(_NEW_USER | _NEW_NETWORK)


def bound_memory(mebibytes: int | None, *, for_good: bool = False) -> None:
    """Let this process take so much memory beyond what it has; None lifts a bound not for good."""
    if sys.platform != "linux":
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = most
    if mebibytes is not None:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        soft = pages * resource.getpagesize() + mebibytes * _MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (soft, soft if for_good else most))
