"""A server sends the digests that are due while it serves."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from cadence.chores.digest_addresses import DigestAddresses, Places
from cadence.operations.digests import set_digest
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.chores.mailbox import a_webhook
from tests.web.servers import a_small_team, serving


def test_a_server_sends_what_is_due(tmp_path: Path) -> None:
    team = a_small_team(tmp_path / "team.json")
    workspace = Workspace.open(team.path)
    anna = workspace.calendar.member("Anna")
    workspace.run(set_digest, anna.id, who=anna, now=NOW - timedelta(days=1), every="daily")
    with a_webhook() as hook:
        data = tmp_path / "DATA" / "cadence" / "digest"
        DigestAddresses(data, workspace).put(anna.id, Places((hook.url,)))
        with serving(team.path) as server:
            for _ in range(100):
                if hook.arrived:
                    break
                time.sleep(0.05)
            server.stop()
    assert len(hook.arrived) == 1
    assert "a-secret" not in server.log.read_text()
