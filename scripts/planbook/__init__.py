"""planbook: a reproducible analysis book of Japanese municipal plans."""

__version__ = "0.1.0"
