"""The command line ``planbook``."""
