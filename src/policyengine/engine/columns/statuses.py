"""The places of the statuses in `tuple(Status)`, as compiled code knows them."""

(
    ACTIVE,
    NOT_STARTED,
    FULFILLED,
    FULFILLED_LATE,
    OVERDUE,
    WITHDRAWN,
    ENDED,
    WAIVED,
    UNDETERMINED,
    OBSERVED,
    BREACHED,
    AVAILABLE,
    USED,
    NOT_TRIGGERED,
    NOT_APPLICABLE,
    DEFEATED,
    NOT_IN_FORCE,
) = range(17)
