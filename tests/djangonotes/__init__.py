"""An application of the tests, with one model."""
