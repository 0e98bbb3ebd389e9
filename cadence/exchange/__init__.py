"""Other ways in and out: the team file, CSV and JSON, a publication history, the sample team.

Reading never changes anything: it gives plans and rows (`operations.setup`), or one clear BadInput.
"""
