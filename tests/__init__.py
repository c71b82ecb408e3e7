"""Tests of Attaché; `python -m tests` runs every check."""
