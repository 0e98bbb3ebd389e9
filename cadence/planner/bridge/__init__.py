"""Between the calendar and the planner: a problem from a calendar, and a plan as changes to it."""
