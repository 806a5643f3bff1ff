"""One case in time: its events, the limits of the duties, and how each duty stands."""

from policyengine.report.timeline.drawing import timeline_svg
from policyengine.report.timeline.making import timeline
from policyengine.report.timeline.markdown import timeline_markdown
from policyengine.report.timeline.text import timeline_text
from policyengine.report.timeline.values import Timeline

__all__ = ["Timeline", "timeline", "timeline_markdown", "timeline_svg", "timeline_text"]
