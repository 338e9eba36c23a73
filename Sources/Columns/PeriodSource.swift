import CivilTime
import Markdown
import SourceText
import YAML

/// What a `_week.md`, `_month.md` or `_year.md` says: the editor's note and the vote of that time.
public struct PeriodSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The week, month or year.
  public let period: Located<Period>
  /// Its motto.
  public let title: String?
  /// The vote.
  public let vote: BallotSource?
  /// The editor's note.
  public let body: MarkdownDocument

  /// Whether it has mistakes, so that it may not say what its author meant.
  let hasMistakes: Bool

  /// Where the file names its period.
  public var place: Location { Location(path: path.sourcePath, range: period.range) }

  enum Key {
    static let week = Field("week", .located(.week), "The ISO week, as 2026-W47.").required
    static let month = Field("month", .located(.month), "The month, as 2026-11.").required
    static let year = Field("year", .located(.integer(in: 1880...9998)), "The year, as 2026.").required
    static let title = Field("title", .line, "A motto.")
    static let vote = Field("vote", .record(BallotSource.self), "The ballot.")
  }

  /// The keys of the file that tells of a `kind` of period.
  public static func fields(of kind: Period.Kind) -> [AnyField] {
    let period =
      switch kind {
      case .week: Key.week.erased
      case .month: Key.month.erased
      case .year: Key.year.erased
      }
    return [period, Key.title.erased, Key.vote.erased]
  }

  /// Reads the file that tells of a `kind` of period; `nil` when it doesn't name one.
  public static func parse(
    _ source: Source, at path: ContentPath, as kind: Period.Kind, smartPunctuation: Bool,
    diagnostics: inout [Diagnostic]
  ) -> PeriodSource? {
    var file = MarkdownFile(
      source, fields: fields(of: kind), smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !file.isBroken else { return nil }
    let period: Located<Period>? =
      switch kind {
      case .week: file.reader.required(Key.week).map { Located(.week($0.value), at: $0.range) }
      case .month: file.reader.required(Key.month).map { Located(.month($0.value), at: $0.range) }
      case .year: file.reader.required(Key.year).map { Located(.year($0.value), at: $0.range) }
      }
    let title = file.reader.optional(Key.title)
    let vote = file.reader.optional(Key.vote)
    if let period { vote?.checkDays(of: period.value, in: path, &file.reader) }
    let problems = file.reader.finish()
    diagnostics += problems
    guard let period else { return nil }
    return PeriodSource(
      path: path, period: period, title: title, vote: vote, body: file.document,
      hasMistakes: problems.contains { $0.severity == .error })
  }
}
