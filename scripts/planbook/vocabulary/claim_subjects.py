"""The subjects of claims that name something else of the plan."""

from __future__ import annotations

#: count.basic_goal counts the goals of the level basic_goal.
COUNT = "count."
#: title.g1 gives the title of the goal g1.
TITLE = "title."
