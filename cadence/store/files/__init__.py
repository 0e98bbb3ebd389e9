"""A calendar in files: `team.json` (TinyDB, opens fast), `team.json.log` (the truth), `team.json.lock`."""
