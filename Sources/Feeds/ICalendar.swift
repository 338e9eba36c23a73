import CivilTime
import SourceText

/// Appends `calendar` as iCalendar (RFC 5545), with times in UTC.
public func writeCalendar(_ calendar: Calendar, into buffer: inout ByteBuffer) {
  buffer.append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sitegen//sitegen//EN\r\n" as StaticString)
  buffer.append("CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n" as StaticString)
  buffer.appendLine("NAME:", calendar.name)
  buffer.appendLine("X-WR-CALNAME:", calendar.name)
  buffer.appendLine("DESCRIPTION:", calendar.summary)
  buffer.appendLine("X-WR-CALDESC:", calendar.summary)
  buffer.appendLine("URL:", url: calendar.url)
  for event in calendar.events { writeEvent(event, into: &buffer) }
  buffer.append("END:VCALENDAR\r\n" as StaticString)
}

private func writeEvent(_ event: CalendarEvent, into buffer: inout ByteBuffer) {
  buffer.append("BEGIN:VEVENT\r\n" as StaticString)
  buffer.appendLine("UID:", event.id)
  buffer.appendLine("DTSTAMP:", time: event.updated)
  switch event.time {
  case .day(let day):
    buffer.appendLine("DTSTART;VALUE=DATE:", day: day)
  case .days(let first, let last):
    buffer.appendLine("DTSTART;VALUE=DATE:", day: first)
    // The end is the first day that is no longer part of the event.
    if last > first { buffer.appendLine("DTEND;VALUE=DATE:", day: last.adding(days: 1)) }
  case .moment(let start):
    buffer.appendLine("DTSTART:", time: start)
  case .period(let start, let end):
    buffer.appendLine("DTSTART:", time: start)
    if end.seconds > start.seconds { buffer.appendLine("DTEND:", time: end) }
  }
  buffer.appendLine("SUMMARY:", event.title)
  buffer.appendLine("DESCRIPTION:", event.details)
  buffer.appendLine("URL:", url: event.url)
  if !event.categories.isEmpty {
    buffer.appendLine("CATEGORIES:") {
      for (index, category) in event.categories.enumerated() {
        if index > 0 { $0.append("," as StaticString) }
        $0.append(category, as: .calendar)
      }
    }
  }
  // Deadlines do not make anybody busy.
  buffer.append("TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n" as StaticString)
}

extension ByteBuffer {
  fileprivate mutating func appendLine(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    appendLine(name) { $0.append(text, as: .calendar) }
  }

  fileprivate mutating func appendLine(_ name: StaticString, url: String?) {
    guard let url else { return }
    appendLine(name) { $0.appendURL(url, as: .line) }
  }

  fileprivate mutating func appendLine(_ name: StaticString, time: Timestamp) {
    appendLine(name) { $0.appendCalendarTime(time) }
  }

  fileprivate mutating func appendLine(_ name: StaticString, day: CivilDate) {
    appendLine(name) { $0.append(day, separator: "") }
  }

  /// Appends a content line, folded so that no line has more than 75 bytes and none ends inside a character.
  fileprivate mutating func appendLine(_ name: StaticString, _ value: (inout ByteBuffer) -> Void) {
    let start = count
    append(name)
    value(&self)
    let limit = 75
    if count - start > limit {
      let line = Array(bytes[start...])
      bytes.removeLast(line.count)
      var position = 0
      // The space that begins a continued line counts.
      var room = limit
      while line.count - position > room {
        var end = position + room
        while line[end] & 0xC0 == 0x80 { end -= 1 }
        append(line[position..<end])
        append("\r\n " as StaticString)
        position = end
        room = limit - 1
      }
      append(line[position...])
    }
    append("\r\n" as StaticString)
  }
}
