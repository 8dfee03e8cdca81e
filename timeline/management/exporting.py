"""What commands share that write a text: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

NOT_WRITABLE = 4

Write = Callable[[str], object]


class ExportCommand(BaseCommand):
    """Exit code 4: what was to be written cannot be."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="appears whole or not at all")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path | None = options["output"]
        try:
            self.export(output, options)
        except BrokenPipeError:
            # The reader of the pipe has what it wanted; what is left in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = output or "Standard output"
            raise CommandError(
                f"{where} cannot be written: {error.strerror or error}", returncode=NOT_WRITABLE
            ) from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}") from error

    def export(self, output: Path | None, options: dict[str, Any]) -> None:
        """Write all of it by `destination`."""
        raise NotImplementedError

    @contextmanager
    def destination(self, output: Path | None) -> Iterator[Write]:
        """Where the text goes: a whole new file, a device or pipe, or standard output."""
        if output is None:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            yield partial(self.stdout.write, ending="")
            self.stdout.flush()
        elif output.exists() and not output.is_file() and not output.is_dir():
            with output.open("w", encoding="utf-8", newline="") as stream:
                yield stream.write
        else:
            with whole_file(output.resolve()) as write:
                yield write


@contextmanager
def whole_file(path: Path) -> Iterator[Write]:
    """A file that takes the place of `path` when all is written and safe on the disk, and is gone otherwise."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream.write
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~current_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
