"""Cohort-component projection of municipalities: engine, rates, scenarios and the errors of the past.

Arrays inside, frames at the edge. The axes are always in this order: step, scenario, municipality, sex
(female, male), age group; persons are floats and are rounded only for display. A rate of age group *a* belongs
to those who are in *a* at the start of the five years.
"""
