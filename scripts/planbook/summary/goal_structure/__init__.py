"""Facts of goal hierarchies: of one plan, of several side by side, and of two plans of one place."""
