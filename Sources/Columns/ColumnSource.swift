import CivilTime
import Markdown
import SourceText
import YAML

/// What a `_column.md` says: the column's rules, and its introduction.
public struct ColumnSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The column's name.
  public let name: String
  /// What its pieces are.
  public let kind: ColumnKind
  /// What a piece is called, such as "Project of the Day".
  public let itemLabel: String
  /// One sentence about the column.
  public let description: String?
  /// The days on which it appears, in the order of the week.
  public let cadence: [Weekday]
  /// The number of characters past which a logline is too long to share.
  public let loglineLimit: Int
  /// The pattern of its write-ups' addresses.
  public let permalink: Permalink
  /// Whether it has week pages.
  public let hasWeeks: Bool
  /// Further fields that each write-up must have.
  public let require: [RequiredField]
  /// Where it stands among the columns; lower comes first.
  public let order: Int
  /// How many write-ups stand on one page of its front.
  public let pageSize: Int
  /// The folders that it had before, as paths from the site's root.
  public let formerly: [Located<String>]
  /// Its introduction.
  public let body: MarkdownDocument
}

/// A field that a column can ask of each write-up.
public enum RequiredField: String, Vocabulary {
  case format, logline, status, credits, campaign, video, images, links, genres, tags, countries
  case languages, runtime, year, authors, headline, sponsor, source
}

extension ColumnSource {
  enum Key {
    static let name = Field("name", .line, "The column's name.").required
    static let kind = Field("kind", .oneOf(ColumnKind.self), "projects (the default) or articles.")
    static let itemLabel = Field(
      "item_label", .line, "What a piece is called, such as Project of the Day; the name by default.")
    static let description = Field("description", .text, "One sentence about the column.")
    static let cadence = Field(
      "cadence", .list(of: .weekday), "The days on which it appears; Monday to Friday by default.")
    static let loglineLimit = Field(
      "logline_limit", .integer(in: 20...2000), "The characters a logline may have; 140 by default.")
    static let permalink = Field(
      "permalink", .located(.line),
      "The pattern of addresses, of {column} {year} {month} {day} {week} {slug}.")
    static let weeks = Field(
      "weeks", .boolean, "Whether the column has week pages; true by default for kind projects.")
    static let require = Field(
      "require", .list(of: .oneOf(RequiredField.self)), "Further fields that each write-up must have.")
    static let order = Field("order", .integer(in: -1000...1000), "Where it stands among the columns.")
    static let pageSize = Field(
      "page_size", .integer(in: 1...1000), "Write-ups on one page of the front; 20 by default.")
    static let formerly = Field(
      "formerly", .list(of: .located(.formerFolder)),
      "Folders that the column had before, the oldest first, as /old-name/: all addresses there redirect to those of now."
    )
  }

  /// The keys of a `_column.md`.
  public static let fields: [AnyField] = [
    Key.name.erased, Key.kind.erased, Key.itemLabel.erased, Key.description.erased, Key.cadence.erased,
    Key.loglineLimit.erased, Key.permalink.erased, Key.weeks.erased, Key.require.erased, Key.order.erased,
    Key.pageSize.erased, Key.formerly.erased,
  ]

  /// Reads a `_column.md`; `nil` when it has no name or can't be read.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> ColumnSource? {
    var piece = MarkdownFile(
      source, fields: fields, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !piece.isBroken else { return nil }
    defer { diagnostics += piece.reader.finish() }
    let name = piece.reader.required(Key.name)
    let kind = piece.reader.optional(Key.kind) ?? .projects
    let hasWeeks = piece.reader.optional(Key.weeks) ?? (kind == .projects)
    let permalink = piece.reader.optional(Key.permalink)
    var pattern = hasWeeks ? Permalink.weekly : Permalink.yearly
    if let permalink {
      do {
        pattern = try Permalink(permalink.value)
      } catch {
        piece.reader.report(.permalink(error, at: piece.reader.location(of: "permalink")))
      }
    }
    let itemLabel = piece.reader.optional(Key.itemLabel)
    let description = piece.reader.optional(Key.description)
    let cadence = piece.reader.optional(Key.cadence) ?? [.monday, .tuesday, .wednesday, .thursday, .friday]
    let loglineLimit = piece.reader.optional(Key.loglineLimit) ?? 140
    let require = piece.reader.optional(Key.require) ?? []
    let order = piece.reader.optional(Key.order) ?? 0
    let pageSize = piece.reader.optional(Key.pageSize) ?? 20
    let formerly = piece.reader.optional(Key.formerly) ?? []
    guard let name else { return nil }
    return ColumnSource(
      path: path, name: name, kind: kind, itemLabel: itemLabel ?? name, description: description,
      cadence: Set(cadence).sorted(), loglineLimit: loglineLimit, permalink: pattern, hasWeeks: hasWeeks,
      require: (kind == .projects ? [.format, .logline, .status, .credits] : []) + require,
      order: order, pageSize: pageSize, formerly: formerly, body: piece.document)
  }
}

extension Diagnostic {
  fileprivate static func permalink(_ problem: Permalink.Problem, at location: Location) -> Diagnostic {
    let tokens = Permalink.Token.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
    switch problem {
    case .unknownToken(let name):
      return .error(
        "column/permalink", "a permalink has no part '{\(name)}'", at: location,
        fix: didYouMean(name, among: Permalink.Token.allCases.map(\.rawValue)) ?? "use \(tokens)")
    case .missingSlug:
      return .error(
        "column/permalink", "a permalink without {slug} gives every write-up the same address",
        at: location, fix: "add {slug}, as in {column}/{year}/{slug}")
    case .malformed:
      return .error(
        "column/permalink", "this is not a path", at: location,
        fix: "write letters, digits, - _ . / and \(tokens)")
    }
  }
}

extension ColumnSource {
  /// Whether an editor means this column by `name`: its name or its folder.
  public func isCalled(_ name: String) -> Bool {
    let folder = name.hasPrefix("content/") ? String(name.dropFirst("content/".count)) : name
    return sortKey(for: name) == sortKey(for: self.name) || folder == path.folder
      || folder == path.folder + "/"
  }
}

extension ColumnSource {
  /// The address, without slashes at its ends, of a write-up of that day and week.
  public func address(on date: CivilDate, week: ISOWeek, slug: String) -> String {
    permalink.address(column: path.folder, date: date, week: week, slug: slug)
  }

  /// The address of its page on `week`.
  public func address(of week: ISOWeek) -> String { "\(path.folder)/\(week.segment)" }

  /// The address of its page on `month`.
  public func address(of month: CivilMonth) -> String {
    "\(address(ofYear: month.year))/\(twoDigits(month.number))"
  }

  /// The address of its page on a year.
  public func address(ofYear year: Int) -> String { "\(path.folder)/\(year)" }
}
