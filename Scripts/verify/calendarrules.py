"""The rules of iCalendar files (RFC 5545)."""

import icalendar


def check_calendar(path, content, site, report):
    report.count("calendar")
    if content.replace(b"\r\n", b"").count(b"\n") or content.replace(b"\r\n", b"").count(b"\r"):
        report.problem(path, "lines must end with CR LF")
    if not content.endswith(b"\r\n"):
        report.problem(path, "the last line does not end")
    for number, line in enumerate(content.split(b"\r\n"), 1):
        if len(line) > 75:
            report.problem(f"{path}:{number}", "a line has more than 75 bytes")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            report.problem(f"{path}:{number}", "a line is folded inside a character")
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except Exception as error:  # whatever the parser trips over is the file's fault
        return report.problem(path, f"cannot be parsed: {error}")
    for name in ("VERSION", "PRODID"):
        if name not in calendar:
            report.problem(path, f"{name} is missing")
    if not calendar.subcomponents:
        report.problem(path, "a calendar needs at least one event")
    uids = set()
    for event in calendar.walk("VEVENT"):
        report.count("event")
        uid = str(event.get("UID", ""))
        place = f"{path}, event {uid}"
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            if name not in event:
                report.problem(place, f"{name} is missing")
        for name, reason in event.errors:
            report.problem(place, f"{name}: {reason}")
        broken = {name for name, _ in event.errors}
        if uid in uids:
            report.problem(place, "the UID is not unique")
        uids.add(uid)
        if "URL" in event:
            problem = site.problem(str(event["URL"]))
            if problem:
                report.problem(place, f"the URL {problem}")
        times = {
            name: event[name].dt for name in ("DTSTART", "DTEND", "DTSTAMP") if name in event and name not in broken
        }
        for name, moment in times.items():
            if hasattr(moment, "hour") and moment.tzinfo is None:
                report.problem(place, f"{name} has no time zone")
        if "DTSTART" in times and "DTEND" in times:
            start, end = times["DTSTART"], times["DTEND"]
            if type(start) is not type(end) or end <= start:
                report.problem(place, "the event does not end after it starts")
