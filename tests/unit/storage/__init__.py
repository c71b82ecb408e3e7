"""Tests of bot.storage beyond the contract suites."""
