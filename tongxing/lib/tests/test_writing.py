import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from tongxing.lib.files import write_atomically


def test_a_file_appears_whole_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "new" / "list.csv"
    write_atomically(path, b"a")
    write_atomically(path, lambda file: file.write(b"bb"), mode=0o600)
    assert path.read_bytes() == b"bb"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_half_way_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_atomically(path, b"old")

    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_atomically(path, fail)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_who_comes_second_does_not_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    write_atomically(path, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_atomically(path, b"second", replace=False)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
