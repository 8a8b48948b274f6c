"""Tables of any origin, read as they stand: what the checker of machine readability looks at."""
