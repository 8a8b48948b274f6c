"""The same measures of several places and plans side by side."""
