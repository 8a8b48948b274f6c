"""The population page: charts, tables and sentences on what has been counted and projected."""
