"""What belongs to whoever uses Cadence, and not to the team: their settings, and where their files lie."""
