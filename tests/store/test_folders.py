"""Folders where several computers write behind each other's back are told from the others."""

from pathlib import Path

import pytest

from cadence.store.files import folders

MOUNTS = r"""
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
22 21 0:20 / /mnt/nfs rw,relatime shared:1 - nfs4 server:/x rw,vers=4.2
23 21 0:21 / /mnt/nfs/nolock rw - nfs server:/y rw,nolock
24 21 0:22 / /mnt/local rw - nfs4 server:/z rw,local_lock=all
25 21 0:23 / /mnt/smb rw - cifs //server/x rw,nobrl
26 21 0:24 / /mnt/good\040smb rw - cifs //server/y rw
27 21 0:25 / /home/a/cloud rw - fuse.rclone remote: rw
28 21 0:26 / /mnt/usb rw - fuseblk /dev/sdb1 rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "phrase"),
    [
        ("/home/a/team.json", None),
        ("/mnt/usb/team.json", None),
        ("/mnt/nfs/team.json", None),
        ("/mnt/good smb/team.json", None),
        ("/mnt/nfs/nolock/team.json", "without working locks (nolock)"),
        ("/mnt/nfs/nolocks/team.json", None),
        ("/mnt/local/team.json", "local_lock=all"),
        ("/mnt/smb/a/b/team.json", "nobrl"),
        ("/home/a/cloud/team.json", "fuse.rclone"),
        ("/home/a/Dropbox/team/team.json", "Dropbox copies"),
        ("/home/a/OneDrive - Company/team.json", "OneDrive copies"),
        ("/home/a/Dropbox.json", None),
    ],
)
def test_where_a_calendar_may_be_written(path: str, phrase: str | None) -> None:
    why = folders.unsafe(Path(path), MOUNTS)
    assert (why is None) == (phrase is None)
    assert phrase is None or (why and phrase in why and "local disk" in why)


@pytest.mark.parametrize(
    ("path", "answer"), [("/home/a/t", False), ("/mnt/nfs/t", True), ("/mnt/good smb/t", True)]
)
def test_what_is_a_network_folder(path: str, answer: bool) -> None:
    assert folders.is_network(Path(path), MOUNTS) is answer


def test_a_system_that_does_not_tell_is_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(folders, "MOUNTS", tmp_path / "nothing")
    assert folders.unsafe(tmp_path / "team.json") is None
    assert not folders.is_network(tmp_path / "team.json")


def test_a_calendar_in_such_a_folder_is_opened_for_reading(
    calendar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cadence.store import ReadOnly, open_store
    from tests.store.acts import add

    monkeypatch.setattr(folders, "unsafe", lambda _path: "it is in the clouds; come down")
    store = open_store(calendar)
    assert store.seq == 3
    with pytest.raises(ReadOnly, match="in the clouds; come down"):
        add(store)


def test_on_a_network_folder_the_journal_is_opened_anew_for_every_look(
    calendar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cadence.store import open_store
    from cadence.store.files import backend
    from tests.store.acts import add, posts

    monkeypatch.setattr(folders, "is_network", lambda _path: True)
    monkeypatch.setattr(backend, "NETWORK_POLL", 0.0)
    mine, theirs = open_store(calendar), open_store(calendar)
    add(theirs, title="Three")
    assert mine.wait(1)
    mine.refresh()
    assert posts(mine)[3] == {"title": "Three"}
    add(mine, title="Four")
    assert mine.verify().ok
