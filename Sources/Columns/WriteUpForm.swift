public import CivilTime
import YAML

/// The file of a write-up that is still to be written: where it goes, and a form to fill in.
public struct WriteUpForm: Sendable, Hashable {
  /// Where it goes.
  public let path: ContentPath
  /// The day on which it appears.
  public let date: CivilDate
  /// The address that it will have, without slashes at its ends.
  public let address: String
  /// Front matter with a remark at each field, and the headings.
  public let text: String

  /// A form for a draft that is called `title` and appears in `column` on `date`, among what the column has; `nil` when
  /// neither the title nor `slug` gives an address that it can have.
  public init?(
    title: String, on date: CivilDate, in column: ColumnSource, among shelf: Shelf, slug: String? = nil
  ) {
    let slug = slug ?? Columns.slug(for: title)
    guard !slug.isEmpty, !isReservedName(slug) else { return nil }
    let folder = shelf.folder(for: date)
    // A day in the name of the file is the write-up's.
    let isDated = folder == column.path.folder
    // That would be the folder's own.
    guard isDated || slug != "index" else { return nil }
    path = ContentPath("\(folder)/\(isDated ? "\(date)-" : "")\(slug).md")
    self.date = date
    address = column.address(on: date, week: ISOWeek(of: date), slug: slug)
    var lines = ["---", "title: \(yamlScalar(title))"]
    // Without its quotes a date is one, so that one in the file's name would do, and two could differ.
    if !isDated { lines.append("date: \(date)") }
    lines.append("draft: true  # remove this line, and it appears on its day")
    switch column.kind {
    case .projects: lines += Self.projectFields(column)
    case .articles: lines += ["logline:  # what it is about, in a sentence", "authors: []", "tags: []"]
    }
    lines += ["---", ""]
    if column.kind == .projects {
      for heading in ["Elevator pitch", "About the production"] { lines += ["## \(heading)", "", ""] }
    }
    text = lines.joined(separator: "\n") + (column.kind == .projects ? "" : "\n")
  }

  private static func projectFields(_ column: ColumnSource) -> [String] {
    func words<Word: Vocabulary>(_ type: Word.Type) -> String {
      Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
    return [
      "format:  # \(words(Format.self))",
      "logline:  # one sentence of at most \(column.loglineLimit) characters",
      "status:  # \(words(Status.self))",
      "credits:",
      "#  - {role: Director, name: }",
      "#  - {role: Producer, name: }",
      "#campaign: {platform: , url: \"https://\", goal: , currency: USD, deadline: }",
      "#video: \"https://\"",
      "#images:",
      "#  - {src: still.jpg, alt: what it shows, credit: }",
      "#links:",
      "#  - {rel: website, url: \"https://\"}",
      "genres: []",
      "countries: []",
      "tags: []",
    ]
  }
}

/// The days on which a column has something already, and the folders that it stands in.
public struct Shelf: Sendable {
  private let column: ColumnSource
  /// How many write-ups there are of each day.
  private var days: [CivilDate: Int] = [:]
  /// How many files of each week stand in each folder, but for the column's own.
  private var folders: [ISOWeek: [String: Int]] = [:]
  /// Whether everything stands in the column's own folder.
  private var isFlat = false
  /// What has an address already.
  private var holders: [String: ContentPath] = [:]

  /// What `sources` have of `column`, drafts and what is still to come among them.
  public init(_ column: ColumnSource, in sources: ContentSources, zone: TimeZoneRules) {
    self.column = column
    let columns = ColumnFolders(sources.columns)
    func isOurs(_ path: ContentPath) -> Bool {
      columns[path.folder].map { sources.columns[$0].path == column.path } ?? false
    }
    var hasFlat = false
    var hasFolders = false
    for writeUp in sources.writeUps where isOurs(writeUp.path) {
      let date = writeUp.date.start(in: zone).date
      let week = writeUp.isoWeek(on: date)
      days[date, default: 0] += 1
      holders[column.address(on: date, week: week, slug: writeUp.slug)] = writeUp.path
      let folder = writeUp.path.isFolderIndex ? ContentPath(writeUp.path.folder).folder : writeUp.path.folder
      if folder == column.path.folder { hasFlat = true } else { hasFolders = true }
      note(folder, of: week)
    }
    for note in sources.periods where isOurs(note.path) {
      if case .week(let week) = note.period.value { self.note(note.path.folder, of: week) }
    }
    isFlat = !column.hasWeeks || (hasFlat && !hasFolders)
  }

  private mutating func note(_ folder: String, of week: ISOWeek) {
    guard folder != column.path.folder else { return }
    folders[week, default: [:]][folder, default: 0] += 1
  }

  /// Whether the column has something on `date`.
  public func isTaken(_ date: CivilDate) -> Bool { days[date] != nil }

  /// The file of the column whose page has the address of `form`.
  public func holder(ofAddressOf form: WriteUpForm) -> ContentPath? { holders[form.address] }

  /// The first day of the column's cadence from `start` to `end` on which it has nothing; of the next ten years where no
  /// end is told.
  public func freeSlot(from start: CivilDate, through end: CivilDate? = nil) -> CivilDate? {
    let last = end?.dayNumber ?? start.dayNumber + 3653
    guard start.dayNumber <= last else { return nil }
    return (start.dayNumber...last).lazy.map { CivilDate(dayNumber: $0) }
      .first { column.cadence.contains($0.weekday) && !isTaken($0) }
  }

  /// The folder for what appears on `date`: that of its week, as it is called already.
  func folder(for date: CivilDate) -> String {
    let week = ISOWeek(of: date)
    let known = (folders[week] ?? [:]).max { ($0.value, $1.key) < ($1.value, $0.key) }
    return known?.key
      ?? (isFlat ? column.path.folder : "\(column.path.folder)/\(week.description.lowercased())")
  }
}
