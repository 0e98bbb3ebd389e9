"""One open calendar: the only door for the faces."""

from cadence.workspace.past import Key
from cadence.workspace.workspace import Done, Listener, Workspace, login_name

__all__ = ["Done", "Key", "Listener", "Workspace", "login_name"]
