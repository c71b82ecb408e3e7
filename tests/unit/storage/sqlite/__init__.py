"""Tests of the SQLite files themselves."""
