"""The hierarchy of goals: charts, tables and sentences."""
