"""Indicators of a plan with what is known beside them: official series, calendars, lint context."""
