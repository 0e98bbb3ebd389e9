"""What all tests share."""

import os

from hypothesis import settings

# The checks draw the same examples in every run, so that a red one is about the change; to search for new
# ones, run with HYPOTHESIS_PROFILE=explore.
settings.register_profile("checks", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "checks"))

# Sentences are compared in English wherever the tests run; the processes that they start inherit it.
os.environ["CADENCE_LANGUAGE"] = "en"
