"""How the properties are run: the same examples every time, and no failure because a machine was busy."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
