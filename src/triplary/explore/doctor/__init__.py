"""The query doctor: why a query found nothing, takes long or was stopped, in words.

It asks for counts and nobody else's time: `diagnose` yields small queries and is sent how many
solutions each has, so that whoever drives it decides where they run and how long they may.
"""

from triplary.explore.doctor.diagnosis import Ran, diagnose
from triplary.explore.doctor.findings import Finding, Near
from triplary.explore.doctor.steps import MOST, Probe

__all__ = ["MOST", "Finding", "Near", "Probe", "Ran", "diagnose"]
