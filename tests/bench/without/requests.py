"""As on a machine that only runs the house: this package comes with the tests."""

raise ImportError("left out for the measurement")
