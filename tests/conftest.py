"""What all tests share."""

import os

from hypothesis import settings

# The same examples are drawn in every run, so that a red one is about the change: some while one works, all
# of them in `make check`. To search for new ones, run with HYPOTHESIS_PROFILE=explore.
settings.register_profile("thorough", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Sentences are compared in English wherever the tests run; the processes that they start inherit it.
os.environ["CADENCE_LANGUAGE"] = "en"
