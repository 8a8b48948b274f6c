"""Indicators: charts, tables and sentences."""
