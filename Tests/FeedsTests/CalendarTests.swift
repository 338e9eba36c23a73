import CivilTime
import SourceText
import Testing

@testable import Feeds

struct CalendarTests {
  private func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

  private func lines(of event: CalendarEvent) -> [String] {
    let written = text { writeCalendar(Calendar(name: "Deadlines", events: [event]), into: &$0) }
    let lines = written.unicodeScalars.split(separator: "\r\n".unicodeScalars).map { String($0) }
    let first = lines.firstIndex(of: "BEGIN:VEVENT").map { $0 + 1 } ?? 0
    return Array(lines[first..<(lines.firstIndex(of: "END:VEVENT") ?? lines.count)])
  }

  @Test func wholeCalendar() {
    let event = CalendarEvent(
      id: "https://films.example/salt-road/#deadline", updated: november,
      time: .moment(Timestamp(seconds: november.seconds + 86_400, offset: -18_000)),
      title: "Salt Road: campaign ends", details: "Goal: $10,000; pledged: $9,000\nLast day",
      url: "https://films.example/salt road/", categories: ["Campaigns", "Film, short"])
    #expect(
      text {
        writeCalendar(
          Calendar(
            name: "Deadlines, votes", summary: "What ends when", url: "https://films.example/",
            events: [event]), into: &$0)
      }
        == [
          "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sitegen//sitegen//EN", "CALSCALE:GREGORIAN",
          "METHOD:PUBLISH", "NAME:Deadlines\\, votes", "X-WR-CALNAME:Deadlines\\, votes",
          "DESCRIPTION:What ends when", "X-WR-CALDESC:What ends when", "URL:https://films.example/",
          "BEGIN:VEVENT", "UID:https://films.example/salt-road/#deadline", "DTSTAMP:20261120T140000Z",
          "DTSTART:20261121T140000Z", "SUMMARY:Salt Road: campaign ends",
          "DESCRIPTION:Goal: $10\\,000\\; pledged: $9\\,000\\nLast day",
          "URL:https://films.example/salt%20road/", "CATEGORIES:Campaigns,Film\\, short",
          "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
        ].joined(separator: "\r\n"))
  }

  @Test func times() {
    func check(
      _ time: CalendarEvent.Time, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let written = lines(of: CalendarEvent(id: "a", updated: november, time: time, title: "t"))
      #expect(
        written.filter { $0.hasPrefix("DTSTART") || $0.hasPrefix("DTEND") } == expected,
        sourceLocation: sourceLocation)
    }
    check(.day(day("2026-11-20")), ["DTSTART;VALUE=DATE:20261120"])
    check(
      .days(day("2026-11-30"), through: day("2026-12-31")),
      ["DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20270101"])
    check(.days(day("2026-11-30"), through: day("2026-11-30")), ["DTSTART;VALUE=DATE:20261130"])
    check(.days(day("2026-11-30"), through: day("2026-11-01")), ["DTSTART;VALUE=DATE:20261130"])
    check(.moment(november), ["DTSTART:20261120T140000Z"])
    check(
      .period(november, until: Timestamp(seconds: november.seconds + 1)),
      ["DTSTART:20261120T140000Z", "DTEND:20261120T140001Z"])
    check(.period(november, until: november), ["DTSTART:20261120T140000Z"])
  }

  /// Lines of every length, of characters of one to four bytes, are folded and unfold to what they were.
  @Test(arguments: ["x", "é", "…", "😀", "a😀é", "\\", ","])
  func folding(unit: String) {
    for count in 0..<200 {
      let title = String(repeating: unit, count: count)
      let written = text {
        writeCalendar(
          Calendar(
            name: "",
            events: [CalendarEvent(id: "a", updated: november, time: .moment(november), title: title)]),
          into: &$0)
      }
      var unfolded: [UInt8] = []
      var lineStart = 0
      let bytes = Array(written.utf8)
      for index in bytes.indices {
        guard bytes[index] == 0x0A else { continue }
        #expect(bytes[index - 1] == 0x0D)
        let line = bytes[lineStart..<index - 1]
        #expect(line.count <= 75)
        #expect(String(validating: line, as: UTF8.self) != nil)
        if line.first == 0x20 {
          unfolded += line.dropFirst()
        } else {
          unfolded += [0x0A] + line
        }
        lineStart = index + 1
      }
      let escaped = unit == "\\" || unit == "," ? String(repeating: "\\" + unit, count: count) : title
      #expect(String(decoding: unfolded, as: UTF8.self).contains("\nSUMMARY:\(escaped)\n"))
    }
  }

  @Test func hostileTextStaysInItsLine() {
    let event = CalendarEvent(
      id: hostile, updated: november, time: .day(day("2026-11-20")), title: "a\r\nEND:VCALENDAR\n\u{0}x",
      details: hostile, url: "https://films.example/\r\nATTACH:x", categories: [hostile, "\r\nX:1"])
    #expect(lines(of: event).contains("SUMMARY:a\\nEND:VCALENDAR\\nx"))
    let names = lines(of: event).filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" && $0 != ";" } }
    #expect(names == ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "TRANSP"])
  }
}
