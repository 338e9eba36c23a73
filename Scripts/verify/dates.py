"""The two ways in which feeds write dates, as strictly as their specifications."""

import re
from datetime import datetime, timedelta, timezone

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def rfc3339(text):
    """The instant; nothing when the text is no date."""
    match = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))", text or "", re.ASCII
    )
    if not match:
        return None
    return instant(*match.groups()[:6], *match.groups()[6:])


def rfc822(text):
    """The instant, in a year of four digits; nothing when the text is no date or its weekday is not the date's."""
    match = re.fullmatch(
        r"(?:(\w{3}), )?(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:(GMT|UT|Z)|([+-])(\d\d)(\d\d))",
        text or "",
        re.ASCII,
    )
    if not match or match[3] not in MONTHS:
        return None
    month = MONTHS.index(match[3]) + 1
    result = instant(match[4], month, match[2], match[5], match[6], match[7] or 0, match[9], match[10], match[11])
    if result and match[1] and DAYS[result.weekday()] != match[1]:
        return None
    return result


def instant(year, month, day, hour, minute, second, sign, hours, minutes):
    try:
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-offset if sign == "-" else offset)
        return datetime(*map(int, (year, month, day, hour, minute, second)), tzinfo=zone)
    except ValueError:
        return None
