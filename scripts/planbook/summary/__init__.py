"""What is known of a plan and of several plans, as numbers with their sources."""
