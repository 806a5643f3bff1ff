"""The words of `benchmark-steady` as constants, with the codes that columns and rows have for them."""

from __future__ import annotations

from types import MappingProxyType

MICROS = 1_000_000
MINUTE = 60 * MICROS
HOUR = 60 * MINUTE
DAY = 24 * HOUR

SEVERITIES = ("ordinary", "larger", "major", "extraordinary")
GRAVE = frozenset(SEVERITIES[2:])
CHANNELS = ("microblog", "messenger", "short_video", "forum", "news_media", "hot_list")
LOUD = frozenset(CHANNELS[4:])
REACH = 100_000
REGIONS = tuple(f"district {number:02}" for number in range(13))

TYPES = (
    "detected",
    "report_to_leader",
    "report_to_office",
    "notify_network_office",
    "classified",
    "publish_first_bulletin",
    "hold_press_conference",
    "take_the_lead",
    "publish_update",
    "respond",
    "confirm_with_agency",
    "released",
    "pass_on_leads",
    "file_report",
    "closed",
    "circulate_notice",
)
CODE = MappingProxyType({name: code for code, name in enumerate(TYPES)})

AFTER_DETECTION = frozenset(
    {"report_to_leader", "report_to_office", "notify_network_office", "pass_on_leads", "file_report"}
)
AFTER_GRADING = frozenset(
    {
        "publish_first_bulletin",
        "hold_press_conference",
        "take_the_lead",
        "respond",
        "confirm_with_agency",
        "released",
        "closed",
    }
)

ACTIVE, FULFILLED, LATE, OVERDUE, ENDED, WITHDRAWN, UNDETERMINED = range(7)
STATUSES = ("active", "fulfilled", "fulfilled_late", "overdue", "ended", "withdrawn", "undetermined")

PROVISIONS = MappingProxyType(
    {
        1: ("report-to-leader", "BMS:1", "monitoring_post", "report_to_leader"),
        2: ("report-to-office", "BMS:2", "monitoring_post", "report_to_office"),
        3: ("notify-network-office", "BMS:3", "bureau_office", "notify_network_office"),
        4: ("first-bulletin", "BMS:4", "publicity_section", "publish_first_bulletin"),
        5: ("press-conference", "BMS:5", "spokesperson", "hold_press_conference"),
        6: ("head-leads", "BMS:6", "bureau_head", "take_the_lead"),
        7: ("rolling-publication", "BMS:7", "publicity_section", "publish_update"),
        8: ("respond", "BMS:8", "responsible_section", "respond"),
        9: ("confirm-with-agency", "BMS:9", "responsible_section", "confirm_with_agency"),
        10: ("leads-to-police", "BMS:10", "legal_section", "pass_on_leads"),
        11: ("written-report", "BMS:11", "responsible_section", "file_report"),
        12: ("notice-of-criticism", "BMS:12", "supervision_office", "circulate_notice"),
    }
)
"""By number: the provision's id, its clause, its bearer and its act."""
