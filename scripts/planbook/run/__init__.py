"""Running notebooks into pages and pages into the book: jobs, stamps, execution, stage, one swap."""
