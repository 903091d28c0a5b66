"""A lock that one process holds while it writes to a folder, and that its forked workers do not."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def lock(file: Path) -> int | None:
    """Lock a file that is there only while it is locked: its descriptor; None while another process has it."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), file.stat()):
                _locks.add(descriptor)
                return descriptor
        except FileNotFoundError:
            pass  # unlinked between open and lock, by whoever held it
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                return None
            raise
        os.close(descriptor)


def unlock(descriptor: int, file: Path) -> None:
    with suppress(OSError):  # Windows unlinks no open file
        file.unlink()  # while it is held: whoever has opened it meanwhile looks again once it holds
    _locks.discard(descriptor)
    os.close(descriptor)


def _leave_locks() -> None:
    while _locks:
        os.close(_locks.pop())


_locks: set[int] = set()
if sys.platform != "win32":  # a forked worker that outlives a killed build would go on holding its lock
    os.register_at_fork(after_in_child=_leave_locks)
