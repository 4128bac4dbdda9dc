"""What holds for every test."""

from hypothesis import settings

# How long an example takes says more of the machine than of the code: no test is judged by its time.
settings.register_profile("huset", deadline=None)
settings.load_profile("huset")
