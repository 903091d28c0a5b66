"""What reads strangers' texts and files raises nothing, whatever they hold, and answers the same twice."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.failed import failures
from tests.fuzz.trials import TRIALS

COSTLY = {"ckan", "data-json", "json-ld", "turtle", "rdf-xml", "datapackage", "table", "jkan", "portal"}
"""Each input makes a portal."""


@pytest.mark.parametrize("name", TRIALS)
def test_odd_inputs_are_read_or_told(name):
    """
    The same inputs at each run, so that a failure says something of the change; `make fuzz` tries others.
    """
    trial = TRIALS[name]
    most = 2 if name == "portal" else 8 if name in COSTLY else 40
    sober = settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    sober(given(trial.inputs)(trial.run))()


@pytest.mark.parametrize(("name", "content"), [pytest.param(n, c, id=f"{n}-{stem}") for n, stem, c in failures()])
def test_what_once_failed_is_mended(name, content):
    """
    Each input that a long run found raises nothing any more.
    """
    TRIALS[name].run(content)
