import os

import pytest

from deploy.image.contents import look


@pytest.fixture(name="tree")
def _tree(tmp_path):
    (tmp_path / "usr/bin").mkdir(parents=True)
    (tmp_path / "usr/bin/python3").write_bytes(b"x")
    (tmp_path / "usr/bin/link").symlink_to("python3")
    return tmp_path


def test_times_do_not_count(tree):
    """Two builds of one source have one digest, whenever they were made."""
    before = look(tree).digest
    os.utime(tree / "usr/bin/python3", (1, 1))
    assert before == look(tree).digest


def test_content_modes_and_links_count(tree):
    """Whatever changes what an image does changes its digest."""
    seen = {look(tree).digest}
    (tree / "usr/bin/python3").write_bytes(b"y")
    seen.add(look(tree).digest)
    (tree / "usr/bin/python3").chmod(0o700)
    seen.add(look(tree).digest)
    (tree / "usr/bin/link").unlink()
    (tree / "usr/bin/link").symlink_to("elsewhere")
    assert 4 == len({*seen, look(tree).digest})


@pytest.mark.parametrize("name", ["gcc", "x86_64-linux-gnu-gcc", "pip3", "make", "ld"])
def test_build_tools_are_found(tree, name):
    """A compiler or an installer is found under any prefix."""
    (tree / "usr/bin" / name).touch()
    assert [f"usr/bin/{name}"] == look(tree).tools


def test_files_that_lend_rights_are_found(tree):
    """A set-uid file is named."""
    (tree / "usr/bin/su").touch()
    (tree / "usr/bin/su").chmod(0o4755)
    assert ["usr/bin/su"] == look(tree).privileged
