"""One answer, asked for in every way there is: the reference's must come back from each, field by field.

Cases are generated under generated policies, packaged ones and misprints of these; whatever a way answers otherwise is
made as small as it can be and told as a policy file and a case file with the commands that show it::

    from policyengine.testing.differential.campaign import Manner, campaign
    from policyengine.testing.differential.ways import WAYS

    found = campaign(Manner(seeds=range(3)), [WAYS["compiled"]])
    assert not found.differences, found.differences[0].told

A way is a value (:class:`~policyengine.testing.differential.way.Way`): an evaluator of your own is held to the
reference by handing it over among the ways. Needs Hypothesis (the extra `testing`).
"""
