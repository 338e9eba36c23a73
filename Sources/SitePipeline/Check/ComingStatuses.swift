import CivilTime
import Columns
import SourceText

extension Check {
  /// Steps of a status's history that are dated after today: `status/to-come`.
  static let comingStatuses = Check { site in
    let today = site.today
    return site.archive.writeUps.flatMap { writeUp -> [Diagnostic] in
      writeUp.source.project.statusHistory.filter { $0.date > today }.map {
        .statusToCome($0, today: today, in: writeUp.source)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func statusToCome(
    _ step: StatusEntry, today: CivilDate, in source: WriteUpSource
  ) -> Diagnostic {
    .warning(
      "status/to-come",
      "'\(source.title)' is said to be at '\(step.status.rawValue)' on \(step.date), and today is \(today)",
      at: source.location(source.places.status),
      fix: "correct the date; if it is right, readers see the step from that day on")
  }
}
