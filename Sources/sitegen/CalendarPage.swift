import CivilTime
import Columns
import SitePipeline
import SourceText

/// A calendar as one page that needs nothing else: for the wall on A4, and for a screen.
struct CalendarPage {
  let calendar: EditorialCalendar
  let title: String

  private var printing: CalendarPrinting {
    CalendarPrinting(calendar: calendar, title: title, isColored: false)
  }

  /// The page, as HTML.
  var bytes: [UInt8] {
    var page = ByteBuffer()
    page.append(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\(SiteCalendar.pageMark)\n")
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.append("<meta name=\"robots\" content=\"noindex\">\n<title>")
    page.append(title + ", " + printing.span, escaping: .jinja)
    page.append("</title>\n<style>\n\(CalendarPage.style)</style>\n</head>\n<body>\n<header>\n<h1>")
    page.append(title, escaping: .jinja)
    page.append("</h1>\n<p>\(printing.span)</p>\n</header>\n")
    // A table of so many rows is read by day and week in a screen reader, too.
    page.append("<table>\n<thead>\n<tr><th scope=\"col\">Week</th>")
    for day in Weekday.allCases {
      page.append("<th scope=\"col\"><abbr title=\"\(day.name)\">\(day.name.prefix(3))</abbr></th>")
    }
    page.append("</tr>\n</thead>\n<tbody>\n")
    for week in calendar.weeks { append(week, to: &page) }
    page.append("</tbody>\n</table>\n<footer>\n<ul class=\"key\">\n")
    for (kind, words) in CalendarPage.key {
      page.append("<li><span class=\"\(kind)\">\(words)</span></li>\n")
    }
    page.append(
      "</ul>\n<p>As of \(CalendarPrinting.day(calendar.today).replacing("  ", with: " ")) \(calendar.today.year)."
    )
    if let (date, column) = calendar.nextEmptySlot {
      page.append(" The next empty slot is \(CalendarPrinting.day(date).replacing("  ", with: " ")), ")
      page.append(column.name, escaping: .jinja)
      page.append(".")
    }
    page.append("</p>\n</footer>\n</body>\n</html>\n")
    return page.bytes
  }

  private static let key = [
    ("slot published", "Published"), ("slot held-back", "Held back until its day"), ("slot draft", "Draft"),
    ("slot empty", "Empty"), ("slot draft double", "Two on one day"),
  ]

  private func append(_ week: EditorialCalendar.Week, to page: inout ByteBuffer) {
    let isCurrent = week.isoWeek == ISOWeek(of: calendar.today)
    page.append("<tr\(isCurrent ? " class=\"now\"" : "")>\n<th scope=\"row\"><b>W\(week.isoWeek.number)</b> ")
    page.append("<span>\(CalendarPrinting.days(of: week.isoWeek))</span></th>\n")
    for day in Weekday.allCases {
      let date = week.isoWeek.day(on: day)
      var classes = date < calendar.today ? ["past"] : []
      if date == calendar.today { classes.append("today") }
      page.append("<td\(classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"")>")
      page.append("<time datetime=\"\(date)\"><i>\(day.name.prefix(3)) </i>\(date.day)</time>")
      for (column, slots) in zip(calendar.columns, week.slots) {
        // What belongs to the week by name alone stands at that end of it which is nearer.
        for slot in slots where min(max(slot.date, week.isoWeek.monday), week.isoWeek.sunday) == date {
          append(slot, of: column, on: date, to: &page)
        }
      }
      for event in week.events where event.date.date == date {
        page.append("<p class=\"event\">")
        if event.hasTime { page.append("<b>\(event.date.timeOfDay)</b> ") }
        page.append(printing.words(for: event), escaping: .jinja)
        let note = printing.note(on: event)
        if !note.isEmpty {
          page.append(" <em>")
          page.append(note, escaping: .jinja)
          page.append("</em>")
        }
        page.append("</p>")
      }
      page.append("</td>\n")
    }
    page.append("</tr>\n")
  }

  private func append(
    _ slot: EditorialCalendar.Slot, of column: ColumnSource, on date: CivilDate, to page: inout ByteBuffer
  ) {
    func label() {
      guard calendar.columns.count > 1 else { return }
      page.append("<small>")
      page.append(column.name, escaping: .jinja)
      page.append("</small>")
    }
    if slot.entries.isEmpty {
      page.append("<p class=\"slot empty\">")
      label()
      page.append("empty</p>")
    }
    for entry in slot.entries {
      let double = slot.state == .doubleBooked && entry.standing != .expired ? " double" : ""
      page.append("<p class=\"slot \(entry.standing.rawValue)\(double)\">")
      label()
      page.append(entry.title, escaping: .jinja)
      var notes = [entry.standing == .published ? "" : entry.standing.rawValue.replacing("-", with: " ")]
      if entry.standing == .heldBack, entry.hasTime { notes.append(entry.date.timeOfDay) }
      if slot.date != date { notes.append("on \(CalendarPrinting.day(slot.date))") }
      if !double.isEmpty { notes.append("double-booked") }
      notes.removeAll(where: \.isEmpty)
      if !notes.isEmpty { page.append(" <em>\(notes.joined(separator: ", "))</em>") }
      page.append("</p>")
    }
  }

  private static let style = """
    :root {
      color-scheme: light dark;
      --paper: #fbfaf7; --ink: #1d1b19; --quiet: #67615a; --rule: #cfc8bd; --now: #f2ede2;
      --accent: #a3341f; --wash: #efe9dd;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #191714; --ink: #eee8de; --quiet: #a59d91; --rule: #443f38; --now: #24211c;
        --accent: #f08a70; --wash: #2d2922;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 3rem); max-width: 100rem; background: var(--paper);
      color: var(--ink); font: 0.875rem/1.35 "Avenir Next", Avenir, "Segoe UI", "Noto Sans", system-ui, sans-serif;
    }
    header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.5rem; margin-bottom: 1rem; }
    h1 {
      margin: 0; font: 400 2rem/1.15 "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, serif;
      overflow-wrap: anywhere;
    }
    header p, footer p { margin: 0; color: var(--quiet); }
    table { width: 100%; border-collapse: collapse; table-layout: fixed; }
    th { text-align: start; font-weight: 400; }
    thead th {
      padding: 0 0.5rem 0.3rem; border-bottom: 2px solid var(--ink); color: var(--quiet); font-size: 0.75rem;
      letter-spacing: 0.08em; text-transform: uppercase;
    }
    thead th:first-child { width: 8rem; }
    abbr { text-decoration: none; }
    tbody tr { border-bottom: 1px solid var(--rule); break-inside: avoid; }
    tbody th { padding: 0.5rem; vertical-align: top; }
    tbody th b {
      display: block; font: 400 1.5rem/1 "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, serif;
    }
    tbody th span { color: var(--quiet); font-size: 0.75rem; }
    .now { background: var(--now); }
    .now th b { color: var(--accent); }
    td { height: 6rem; padding: 0.5rem; border-left: 1px solid var(--rule); vertical-align: top; }
    time { display: block; margin-bottom: 0.3rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
    time i { display: none; font-style: normal; }
    .today time { color: var(--accent); font-weight: 700; }
    .slot, .event { margin: 0 0 0.3rem; overflow-wrap: anywhere; hyphens: auto; }
    .slot { padding: 0.2rem 0.4rem; border-left: 3px solid var(--ink); background: var(--wash); }
    .slot small { display: block; color: var(--quiet); font-size: 0.6875rem; }
    .slot em, .event em { color: var(--quiet); font-size: 0.75rem; }
    .held-back { border-left-style: double; }
    .draft { border: 1px dashed var(--ink); background: none; }
    .empty { border: 1px dotted var(--rule); background: none; color: var(--quiet); }
    td:not(.past) .empty, .key .empty { border-color: var(--accent); color: var(--accent); }
    .expired { background: none; color: var(--quiet); text-decoration: line-through; }
    .double { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
    .event { font-size: 0.75rem; line-height: 1.3; }
    .event::before { content: "◆ "; color: var(--accent); }
    footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 2rem; margin-top: 1rem; font-size: 0.75rem; }
    .key { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; margin: 0; padding: 0; list-style: none; }
    .key span { display: block; }
    @media screen and (max-width: 60rem) {
      table, tbody, tr, td, tbody th { display: block; }
      thead { position: absolute; clip-path: inset(50%); }
      tbody tr { padding: 0.75rem 0.5rem; }
      tbody th { padding: 0 0 0.5rem; }
      tbody th b, tbody th span { display: inline; margin-right: 0.5rem; }
      td { display: grid; grid-template-columns: 4.5rem 1fr; height: auto; padding: 0.25rem 0; border: 0; }
      td > :not(time) { grid-column: 2; }
      td:not(:has(p)) { display: none; }
      time { margin: 0; grid-row: 1; padding-top: 0.2rem; }
      time i { display: inline; }
    }
    @page { size: A4 landscape; margin: 11mm; }
    @media print {
      html { font-size: 11.5px; }
      :root {
        color-scheme: light;
        --paper: #fff; --ink: #000; --quiet: #555; --rule: #bbb; --now: #f4f4f4; --accent: #a3341f; --wash: #f1f1f1;
      }
      body { padding: 0; max-width: none; font-size: 8.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      h1 { font-size: 20pt; }
      td { height: 25mm; }
      thead { display: table-header-group; }
    }

    """
}
