"""Pages across plans: charts, tables, sentences, and what may be compared."""
