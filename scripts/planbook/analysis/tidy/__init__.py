"""The rules for machine-readable tables: pure functions on what `planbook.load.tidy` has read."""
