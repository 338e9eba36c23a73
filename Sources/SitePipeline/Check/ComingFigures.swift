import CivilTime
import Columns
import SourceText
import YAML

extension Check {
  /// Figures of a campaign that are of a day to come: `campaign/figures-to-come`.
  static let comingFigures = Check { site in
    let today = site.today
    return site.archive.writeUps.compactMap { writeUp in
      guard let day = writeUp.source.project.campaign?.asOf, day > today else { return nil }
      return .figuresToCome(day, today: today, in: writeUp.source)
    }
  }

  /// Comments that were written later than now: `comments/to-come`. One a file is enough.
  static let comingComments = Check { site in
    // Clocks of readers and of servers differ, and a day in one zone has begun in another.
    let tomorrow = site.archive.asOf.seconds + 86_400
    return site.archive.writeUps.compactMap { writeUp in
      guard let file = writeUp.comments.path,
        let late = writeUp.comments.comments.first(where: { ($0.date?.seconds ?? .min) > tomorrow }),
        let date = late.date
      else { return nil }
      return .commentToCome(date.date, late.source, in: file)
    }
  }
}

extension Diagnostic {
  fileprivate static func figuresToCome(
    _ day: CivilDate, today: CivilDate, in source: WriteUpSource
  ) -> Diagnostic {
    .warning(
      "campaign/figures-to-come", "the figures of '\(source.title)' are of \(day), and today is \(today)",
      at: source.location(source.places.campaign), fix: "correct 'as_of'")
  }

  fileprivate static func commentToCome(
    _ day: CivilDate, _ comment: CommentSource, in file: ContentPath
  ) -> Diagnostic {
    .warning(
      "comments/to-come", "a comment is of \(day), which is to come, and heads the feed until then",
      at: Location(path: file.sourcePath, range: comment.place), fix: "correct its 'date'")
  }
}
