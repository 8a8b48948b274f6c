"""Scenarios, the plan's own assumptions, and what a target takes: charts, tables and sentences."""
