"""Sample outlets on loopback for `attache demo`: feeds and pages as package data, and a Settings value; no more."""
