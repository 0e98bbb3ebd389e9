"""Who writes, and names that nobody else has. Without `socket` and `secrets`, whose import alone takes longer
than many a command."""

import os


def host() -> str:
    """The name of this computer."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "unknown")


def user() -> str:
    """The login name."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown user"


def token() -> str:
    """Sixteen random hexadecimal digits."""
    return os.urandom(8).hex()
