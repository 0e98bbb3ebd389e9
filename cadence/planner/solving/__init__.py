"""From a problem to a plan: a first one at once, then better ones, and bounds on the best."""
