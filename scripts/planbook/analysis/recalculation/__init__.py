"""The check of a plan 「計画の検算」: what the text claims, held against what follows from its own numbers."""
