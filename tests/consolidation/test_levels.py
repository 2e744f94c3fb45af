"""A card says whom it asks, so that the desk can be searched by it."""

from facilitator.consolidation.levels import levels


def test_levels_are_read_from_the_names_of_offices():
    assert levels("Urząd Miasta\nMinisterstwo Zdrowia; Rada Miasta") == ["city", "national"]
    assert levels("Everybody") == ["institution"]
    assert levels(" \n") == []
