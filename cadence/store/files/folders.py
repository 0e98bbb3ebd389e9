"""Where a calendar should not be written: folders that several computers change behind each other's back."""

import os
from dataclasses import dataclass
from pathlib import Path

from cadence.language import _, later

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "9p", "virtiofs"}
LOCAL_FUSE = {"fuseblk", "fuse.ntfs-3g", "fuse.lxcfs", "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.encfs"}
BROKEN_LOCKS = {
    "nfs": ("nolock", "local_lock=all", "local_lock=flock"),
    "nfs4": ("nolock", "local_lock=all", "local_lock=flock"),
    "cifs": ("nobrl",),
    "smb3": ("nobrl",),
}
SYNCED = (
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "Nextcloud",
    "iCloud Drive",
    "Mobile Documents",
)
REMEDY = later("keep it on a local disk of one computer")


@dataclass(frozen=True)
class Mount:
    point: str
    kind: str
    options: frozenset[str]


def unsafe(path: Path, mounts: str | None = None) -> str | None:
    """Why nobody should write a calendar at `path`, or None. `mounts` is the text of `/proc/self/mountinfo`;
    systems without it are trusted."""
    remedy = _(REMEDY)
    if service := _sync_service(path):
        why = _("it is in a folder that {service} copies between computers", service=service)
        return f"{why}; {remedy}"
    mount = mount_of(path, mounts)
    if mount is None:
        return None
    broken = sorted(mount.options.intersection(BROKEN_LOCKS.get(mount.kind, ())))
    if broken:
        why = _(
            "{folder} is a network folder without working locks ({options})",
            folder=mount.point,
            options=", ".join(broken),
        )
        return f"{why}; {remedy}"
    if mount.kind.startswith("fuse") and mount.kind not in LOCAL_FUSE:
        why = _("{folder} ({kind}) may not keep locks between computers", folder=mount.point, kind=mount.kind)
        return f"{why}; {remedy}"
    return None


def is_network(path: Path, mounts: str | None = None) -> bool:
    mount = mount_of(path, mounts)
    return mount is not None and mount.kind in NETWORK


def mount_of(path: Path, mounts: str | None = None) -> Mount | None:
    """The mounted file system that holds `path`; None where the system does not tell."""
    if mounts is None:
        if not MOUNTS.exists():
            return None
        mounts = MOUNTS.read_text(errors="replace")
    place = os.path.realpath(path)
    found: Mount | None = None
    for mount in filter(None, map(_parse, mounts.splitlines())):
        inside = place == mount.point or place.startswith(mount.point.rstrip("/") + "/")
        if inside and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _parse(line: str) -> Mount | None:
    """`36 35 98:0 /root /point rw,noatime shared:1 - ext4 /dev/root rw,errors=continue`"""
    before, separator, after = line.partition(" - ")
    fields, rest = before.split(" "), after.split(" ")
    if not separator or len(fields) < 6 or len(rest) < 3:
        return None
    options = f"{fields[5]},{rest[2]}".split(",")
    return Mount(_unescape(fields[4]), rest[0], frozenset(options))


def _unescape(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point


def _sync_service(path: Path) -> str | None:
    for part in path.absolute().parts[:-1]:
        for service in SYNCED:
            if part == service or part.startswith(f"{service} - "):
                return service
    return None
