"""The goal hierarchy of a plan: its tree, measures of it, its themes, and its likeness to another plan's."""
