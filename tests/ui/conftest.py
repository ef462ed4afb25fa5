"""What the tests of pages share."""

import pytest

from tests.ui import invented


@pytest.fixture(scope="session")
def bent_root(tmp_path_factory):
    """A content root with the invented languages; nothing may be written into it."""
    return invented.make(tmp_path_factory.mktemp("content"))
