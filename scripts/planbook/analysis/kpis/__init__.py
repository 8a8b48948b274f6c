"""Indicators: series, what a document lists of them, and the arithmetic that their type allows."""
