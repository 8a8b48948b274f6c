"""Pure functions on validated frames: populations, targets, indicators, goals."""
