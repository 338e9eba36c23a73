import CivilTime
import SourceText
import YAML

/// A column's week, month or year, as a key.
struct PeriodKey: Hashable, Comparable {
  let column: ID<Column>
  let period: Period

  static func < (left: PeriodKey, right: PeriodKey) -> Bool {
    (left.column, left.period) < (right.column, right.period)
  }
}

/// The files that tell of weeks, months and years, by what they tell of.
struct PeriodFiles {
  /// The files of all periods that have begun, or of all.
  private(set) var files: [PeriodKey: PeriodSource] = [:]
  /// The files of all periods that have not begun.
  private(set) var coming: [HeldBack] = []

  /// Finds the column of each of `sources`; a second file for one period is reported.
  init(
    _ sources: [PeriodSource], columns: [ColumnSource], options: AssemblyOptions,
    diagnostics: inout [Diagnostic]
  ) {
    let today = options.zone.timestamp(at: options.asOf.seconds).date
    let folders = ColumnFolders(columns)
    var seen: [PeriodKey: PeriodSource] = [:]
    for source in sources.sorted(by: { $0.path < $1.path }) {
      guard let column = folders[source.path.folder] else {
        diagnostics.append(.outsideColumns(source))
        continue
      }
      let period = source.period.value
      guard columns[column].hasWeeks || period.kind != .week else {
        diagnostics.append(.withoutPage(source, columns[column]))
        continue
      }
      if case .week(let week) = period, let folder = source.path.weekOfFolder, folder != week {
        diagnostics.append(.otherWeek(source, week, folder: folder))
      }
      let key = PeriodKey(column: ID(column), period: period)
      if let other = seen.updateValue(source, forKey: key) {
        seen[key] = other
        diagnostics.append(.secondFile(source, other))
      } else if period.firstDay <= today || options.includesFuture {
        files[key] = source
      } else {
        let begin = options.zone.timestamp(of: period.firstDay)
        coming.append(HeldBack(path: source.path, title: "\(period)", reason: .future(begin)))
      }
    }
  }

  /// What the file of `period` says.
  subscript(column: ID<Column>, period: Period) -> PeriodSource? {
    files[PeriodKey(column: column, period: period)]
  }
}

extension Diagnostic {
  fileprivate static func outsideColumns(_ source: PeriodSource) -> Diagnostic {
    .error(
      "period/outside-columns", "this \(source.path.name) is in no column", at: source.place,
      fix: "move it into a column's folder")
  }

  fileprivate static func otherWeek(_ source: PeriodSource, _ week: ISOWeek, folder: ISOWeek) -> Diagnostic {
    .warning(
      "period/other-week", "this is about \(week), and lies in a folder that is called after \(folder)",
      at: source.place, fix: "write 'week: \(folder)', or move the file")
  }

  fileprivate static func withoutPage(_ source: PeriodSource, _ column: ColumnSource) -> Diagnostic {
    .error(
      "period/no-page", "\(column.name) has no week pages", at: source.place,
      fix: "write 'weeks: true' in \(column.path.sourcePath), or remove this file")
  }

  fileprivate static func secondFile(_ source: PeriodSource, _ other: PeriodSource) -> Diagnostic {
    .error(
      "period/duplicate", "\(source.period.value) already has a \(source.path.name)", at: source.place,
      fix: "correct the \(source.period.value.kind.rawValue), or merge the two files",
      notes: [Note("the other file", at: other.place)])
  }
}
