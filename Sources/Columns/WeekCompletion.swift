import CivilTime

extension Archive {
  /// The write-ups of a week that everybody may see, by date.
  public func digested(_ week: ID<Week>) -> [ID<WriteUp>] {
    weeks[week].writeUps.filter { writeUps[$0].isPublic }
  }
}

extension Week {
  /// When nothing more is to come of the week: with the last of its write-ups once no day is left empty, else
  /// with the end of its last day.
  public func completion(in archive: Archive) -> Timestamp {
    if let last = slots.last?.writeUp, slots.allSatisfy({ $0.writeUp != nil }) {
      return archive.writeUps[last].date
    }
    return archive.zone.timestamp(of: (slots.last?.date ?? isoWeek.sunday).adding(days: 1))
  }

  /// When ``completion(in:)`` has come, whatever else is published.
  func lastEnd(in zone: TimeZoneRules) -> Timestamp {
    zone.timestamp(of: (slots.last?.date ?? isoWeek.sunday).adding(days: 1))
  }
}
