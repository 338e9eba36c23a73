import CivilTime

extension Archive {
  /// The names that mean `writeUps`, and no others, in the lists of `ballot`: their slugs, and where these mean another, the
  /// day in front.
  public func names(of writeUps: [ID<WriteUp>], on ballot: Ballot) -> [String] {
    var projects = projects(of: ballot)
    return writeUps.map { projects.name(of: $0) }
  }

  /// The write-ups that `names` mean in the lists of `ballot`; `nil` for a name that means none, or several.
  public func meanings(of names: [String], on ballot: Ballot) -> [ID<WriteUp>?] {
    var projects = projects(of: ballot)
    return names.map { name in
      if case .published(let writeUp) = projects.meaning(of: name) { writeUp } else { nil }
    }
  }

  /// What can be named on `ballot`, but for what the archive doesn't have.
  func projects(of ballot: Ballot) -> BallotProjects {
    let electorate = Electorate(weeks: weeks, months: months, years: years, ballots: ballots)
    return BallotProjects(of: ballot.page, in: electorate, unpublished: Unpublished()) { id in
      let writeUp = writeUps[id]
      return (writeUp.source.slug, writeUp.isoWeek, writeUp.date.date)
    }
  }
}
