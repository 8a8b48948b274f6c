"""Property tests give the same examples on every machine, and a slow one is not a failing one."""

from hypothesis import settings

settings.register_profile("planbook", deadline=None, derandomize=True)
settings.load_profile("planbook")
