package policy

import rego.v1

hour := 3600000000

grave if input.severity in {"major", "extraordinary"}

wide if input.reach >= 100000

wide if input.channel in {"news_media", "hot_list"}

wide if input.vital_interests

# [provision, due, first instant that is late, act or 0]
owed contains [1, input.detected + hour, (input.detected + hour) + 1, input.report_to_leader] if input.detected > 0

owed contains [2, input.detected + hour, (input.detected + hour) + 1, input.report_to_office] if input.detected > 0

owed contains [3, due, due + 1, input.notify_network_office] if {
	input.detected > 0
	wide
	due := input.detected + (4 * hour)
}

owed contains [4, due, due + 1, input.publish_first_bulletin] if {
	input.classified > 0
	grave
	due := input.classified + hour
}

owed contains [5, due, due + 1, input.hold_press_conference] if {
	input.classified > 0
	grave
	due := input.classified + (24 * hour)
}

owed contains [6, due, due + 1, input.take_the_lead] if {
	input.classified > 0
	grave
	due := input.classified + (2 * hour)
}

owed contains [8, due, due + 1, input.respond] if {
	input.classified > 0
	not grave
	due := input.classified + (48 * hour)
}

released if {
	input.released > 0
	input.released <= input.classified + (24 * hour)
}

owed contains [9, input.released, input.released, input.confirm_with_agency] if {
	input.classified > 0
	input.other_agency
	released
}

owed contains [9, due, due + 1, input.confirm_with_agency] if {
	input.classified > 0
	input.other_agency
	not released
	due := input.classified + (24 * hour)
}

owed contains [10, due, due + 1, input.pass_on_leads] if {
	input.detected > 0
	input.illegal_rumour
	due := input.detected + (24 * hour)
}

owed contains [11, input.fifth, input.fifth, input.file_report] if {
	input.detected > 0
	input.report_required
}

status(late, act) := 1 if {
	act > 0
	act < late
}

status(late, act) := 2 if {
	act > 0
	act >= late
}

status(late, act) := 0 if {
	act == 0
	input.now < late
}

status(late, act) := 3 if {
	act == 0
	input.now >= late
}

standing := 4 if input.closed > 0

standing := 0 if input.closed == 0

first contains [rule, due, found] if {
	some [rule, due, late, act] in owed
	found := status(late, act)
}

first contains [7, 0, standing] if {
	input.classified > 0
	grave
}

missed := min({row[1] |
	some row in first
	row[2] in {2, 3}
})

notices := [at | some at in input.notices; at >= missed]

# the notices come in the order of time
criticism := [12, missed + (24 * hour), status((missed + (24 * hour)) + 1, notices[0])] if count(notices) > 0

criticism := [12, missed + (24 * hour), status((missed + (24 * hour)) + 1, 0)] if {
	missed
	count(notices) == 0
}

every_one contains row if some row in first

every_one contains criticism

# a set is iterated in order
duties := [row | some row in every_one]
