import CivilTime
import Columns
import SitePipeline
import SourceText

/// Prints a calendar on a terminal of 80 columns, or for programs.
struct CalendarPrinting {
  let calendar: EditorialCalendar
  let title: String
  let isColored: Bool

  private typealias Slot = EditorialCalendar.Slot

  /// As many cells as a line has.
  private let width = 80

  /// All weeks, and what they come to.
  var text: String {
    var text = paint(terminalText(title), .bold) + paint("  \(span)", .faint) + "\n"
    for week in calendar.weeks { text += "\n" + self.text(of: week) }
    return text + "\n" + summary
  }

  /// The weeks, in words.
  var span: String {
    guard let first = calendar.weeks.first, let last = calendar.weeks.last else { return "no week" }
    return first.isoWeek == last.isoWeek
      ? "\(first.isoWeek)" : "\(first.isoWeek) to \(last.isoWeek), \(counted(calendar.weeks.count, "week"))"
  }

  private func text(of week: EditorialCalendar.Week) -> String {
    let isCurrent = week.isoWeek == ISOWeek(of: calendar.today)
    var text = paint("\(week.isoWeek)", .bold) + "  \(days(of: week.isoWeek))"
    text += (isCurrent ? paint("  this week", .bold) : "") + "\n"
    for (column, slots) in zip(calendar.columns, week.slots) where !slots.isEmpty {
      text += "  " + paint(terminalText(terminalText(column.name), within: width - 2), .faint) + "\n"
      for slot in slots { text += lines(of: slot) }
    }
    guard !week.events.isEmpty else { return text }
    text += "  " + paint("Votes and campaigns", .faint) + "\n"
    for event in week.events {
      text += line(
        event.date.date, event.hasTime ? event.date.timeOfDay : "", .plain, title: words(for: event),
        note: terminalText(note(on: event)))
    }
    return text
  }

  private func lines(of slot: Slot) -> String {
    let isDouble = slot.state == .doubleBooked
    let stray = slot.isRegular ? "" : "not one of its days"
    guard !slot.entries.isEmpty else {
      return line(slot.date, "empty", slot.date < calendar.today ? .faint : .yellow, title: "", note: "")
    }
    return slot.entries.enumerated().map { index, entry in
      line(
        index == 0 ? slot.date : nil, entry.standing.rawValue.replacing("-", with: " "), paint(of: entry),
        title: entry.title, note: index == 0 ? (isDouble ? "double-booked" : stray) : "",
        time: entry.standing == .heldBack && entry.hasTime ? entry.date.timeOfDay : nil,
        noteIsBad: isDouble)
    }.joined()
  }

  private func paint(of entry: EditorialCalendar.Entry) -> Paint {
    switch entry.standing {
    case .published: .green
    case .heldBack: .blue
    case .draft: .magenta
    case .expired: .faint
    }
  }

  /// A line: the day, a word on how it stands, a title that has what room there is, and at the end a note.
  private func line(
    _ date: CivilDate?, _ word: String, _ wordPaint: Paint, title: String, note: String, time: String? = nil,
    noteIsBad: Bool = false
  ) -> String {
    let isToday = date == calendar.today
    let day = (isToday ? "  > " : "    ") + (date.map(Self.day) ?? "")
    let end = [time, note.isEmpty ? nil : note].compactMap(\.self).joined(separator: "  ")
    let room = width - 29 - (end.isEmpty ? 0 : terminalWidth(end) + 2)
    let title = terminalText(terminalText(title), within: max(10, room))
    var text =
      (isToday ? paint(padded(day, 17), .bold) : padded(day, 17)) + paint(padded(word, 12), wordPaint)
    text += title
    if !end.isEmpty {
      text += String(repeating: " ", count: max(2, room - terminalWidth(title) + 2))
      text += paint(end, noteIsBad ? .red : .faint)
    }
    // Nobody sees blanks at the end, and they turn up in diffs.
    return (isColored ? text : String(text.reversed().drop { $0 == " " }.reversed())) + "\n"
  }

  private var summary: String {
    var parts: [String] = []
    let total = EditorialCalendar.State.allCases.reduce(0) { $0 + calendar.count($1) }
    for state in EditorialCalendar.State.allCases where calendar.count(state) > 0 {
      parts.append("\(calendar.count(state)) \(state == .draft ? "with a draft" : state.rawValue)")
    }
    var text = "\(counted(total, "slot"))\(parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")).\n"
    if let (date, column) = calendar.nextEmptySlot {
      text += "The next empty one is \(Self.day(date)), \(terminalText(column.name)).\n"
    }
    return text
  }
}

// MARK: - Words

extension CalendarPrinting {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A day, as `Mon  7 Dec`.
  static func day(_ date: CivilDate) -> String {
    "\(date.weekday.name.prefix(3)) \(date.day < 10 ? " " : "")\(date.day) \(months[date.month - 1])"
  }

  /// The days of a week, as `23–29 Nov 2026`.
  private func days(of week: ISOWeek) -> String { Self.days(of: week) }

  /// The days of a week, as `23–29 Nov 2026`.
  static func days(of week: ISOWeek) -> String {
    let (first, last) = (week.monday, week.sunday)
    let end = "\(last.day) \(months[last.month - 1]) \(last.year)"
    if first.month == last.month { return "\(first.day)–\(end)" }
    return
      "\(first.day) \(months[first.month - 1])\(first.year == last.year ? "" : " \(first.year)") – \(end)"
  }

  /// What happens, in words; with the column where there are several.
  func words(for event: EditorialCalendar.Event) -> String {
    let column = calendar.columns.count > 1 ? ", \(calendar.columns[event.column].name)" : ""
    switch event.kind {
    case .voteOpens(let period): return "the vote of \(period) opens\(column)"
    case .voteCloses(let period, _): return "the vote of \(period) closes\(column)"
    case .campaignEnds(let title, _):
      return "campaign ends: \(title)"
    }
  }

  /// Where the campaign is, and whether the votes of a poll that has closed are in its file.
  func note(on event: EditorialCalendar.Event) -> String {
    switch event.kind {
    case .voteOpens: ""
    case .voteCloses(_, let isCounted):
      isCounted ? "counted" : event.date.date < calendar.today ? "not counted" : ""
    case .campaignEnds(_, let platform): platform ?? ""
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - terminalWidth(text)))
  }

  private enum Paint: String {
    case plain = ""
    case bold = "1"
    case faint = "2"
    case red = "1;31"
    case green = "32"
    case yellow = "1;33"
    case blue = "34"
    case magenta = "35"
  }

  private func paint(_ text: String, _ paint: Paint) -> String {
    isColored && paint != .plain ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

// MARK: - For programs

extension CalendarPrinting {
  /// The same as one object in a line.
  var json: String {
    var text = ByteBuffer()
    func field(_ name: String, _ value: String) {
      text.append("\"\(name)\":")
      text.appendJSONString(value)
    }
    func list<Element>(_ name: String, _ elements: some Sequence<Element>, _ body: (Element) -> Void) {
      text.append("\"\(name)\":[")
      for (index, element) in elements.enumerated() {
        text.append(index == 0 ? "{" : ",{")
        body(element)
        text.append("}")
      }
      text.append("]")
    }
    text.append("{")
    field("title", title)
    text.append(",")
    field("today", "\(calendar.today)")
    text.append(",")
    list("weeks", calendar.weeks) { week in
      field("week", "\(week.isoWeek)")
      text.append(",")
      list("columns", zip(calendar.columns, week.slots)) { column, slots in
        field("folder", column.path.folder)
        text.append(",")
        field("name", column.name)
        text.append(",")
        list("slots", slots) { slot in
          field("date", "\(slot.date)")
          text.append(",\"regular\":\(slot.isRegular),")
          field("state", slot.state.rawValue)
          text.append(",")
          list("writeUps", slot.entries) { entry in
            field("path", entry.path.sourcePath)
            text.append(",")
            field("title", entry.title)
            text.append(",")
            field("date", entry.hasTime ? entry.date.rfc3339 : "\(entry.date.date)")
            text.append(",")
            field("standing", entry.standing.rawValue)
          }
        }
      }
      text.append(",")
      list("events", week.events) { event in
        switch event.kind {
        case .voteOpens(let period):
          field("kind", "vote-opens")
          text.append(",")
          field("period", "\(period)")
        case .voteCloses(let period, let isCounted):
          field("kind", "vote-closes")
          text.append(",")
          field("period", "\(period)")
          text.append(",\"counted\":\(isCounted)")
        case .campaignEnds(let title, let platform):
          field("kind", "campaign-ends")
          text.append(",")
          field("title", title)
          if let platform {
            text.append(",")
            field("platform", platform)
          }
        }
        text.append(",")
        field("date", event.hasTime ? event.date.rfc3339 : "\(event.date.date)")
        text.append(",")
        field("column", calendar.columns[event.column].path.folder)
        text.append(",")
        field("path", event.path.sourcePath)
      }
    }
    for state in EditorialCalendar.State.allCases {
      text.append(",\"\(state.jsonName)\":\(calendar.count(state))")
    }
    return text.string + "}\n"
  }
}

extension EditorialCalendar.State {
  fileprivate var jsonName: String { self == .doubleBooked ? "doubleBooked" : rawValue }
}
