"""The check of a plan: its statements with the official figures they are held against."""
