"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# A deadline, and the check for slow generation, judge the machine and what else it does, not our code.
settings.register_profile("attache", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("attache")
