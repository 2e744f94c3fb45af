"""The world in which every action is tried."""

import pytest

from tests.actions.world import peopled


@pytest.fixture
def world(forum):
    return peopled(forum)
