"""Indicators as pure functions of dated facts: no database, no clock, one small file a group."""
