"""Where a municipality is going, what its plan assumes, and what would have to be true: from data to facts."""
