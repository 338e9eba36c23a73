import CivilTime
import SourceText
import YAML

/// The write-ups of all columns that exist and are not published: a ballot may name them all the same.
struct Unpublished {
  private var heldBack: Set<Key> = []
  private var unreadable: [(column: ID<Column>, slug: String, week: ISOWeek?)] = []

  private struct Key: Hashable {
    let column: ID<Column>
    let week: ISOWeek
    let slug: String
  }

  /// Notes a write-up that is a draft, not yet due or expired.
  mutating func addHeldBack(_ slug: String, in column: ID<Column>, week: ISOWeek) {
    heldBack.insert(Key(column: column, week: week, slug: slug))
  }

  /// Notes a write-up of which only the file's name is known.
  mutating func addUnreadable(_ path: ContentPath, in column: ID<Column>) {
    let name = PieceName(path)
    unreadable.append((column, slug(for: name.words), name.date.map { ISOWeek(of: $0) }))
  }

  /// Whether `slug` is, or could be, that of an unpublished write-up of that week.
  func contains(_ slug: String, in column: ID<Column>, week: ISOWeek) -> Bool {
    heldBack.contains(Key(column: column, week: week, slug: slug))
      || unreadable.contains {
        // What can't be read may give itself any slug, and any week if its name has no date.
        $0.column == column && ($0.slug == slug || $0.week == nil || $0.week == week)
      }
  }
}

/// What the slugs of one week's ballot can mean.
struct BallotProjects {
  let published: [ID<WriteUp>]
  let pieces: [Piece]
  let unpublished: Unpublished
  let column: ID<Column>
  let week: ISOWeek

  /// What one slug means.
  enum Meaning: Equatable {
    case published(ID<WriteUp>)
    case unpublished
    case unknown
  }

  func meaning(of slug: String) -> Meaning {
    if let piece = published.first(where: { pieces[$0.index].source.slug == slug }) {
      return .published(piece)
    }
    return unpublished.contains(slug, in: column, week: week) ? .unpublished : .unknown
  }

  /// The slugs that have a page.
  var slugs: [String] { published.map { pieces[$0.index].source.slug } }
}

extension Ballot {
  /// The vote that `file` describes, with its slugs resolved among the week's write-ups.
  ///
  /// Those that are not published drop out, but their votes count: nobody else wins because of that.
  static func assemble(
    _ source: BallotSource, in file: WeekSource, among projects: BallotProjects, options: AssemblyOptions,
    diagnostics: inout [Diagnostic]
  ) -> Ballot {
    /// The first mention of each slug that a write-up of the week has.
    func known<Entry>(
      _ entries: [Entry], of list: String, _ slug: (Entry) -> Located<String>
    ) -> [(entry: Entry, writeUp: ID<WriteUp>?)] {
      var seen: Set<String> = []
      return entries.compactMap { entry in
        let slug = slug(entry)
        guard seen.insert(slug.value).inserted else {
          diagnostics.append(.repeatedProject(slug, in: file, list: list))
          return nil
        }
        switch projects.meaning(of: slug.value) {
        case .published(let writeUp): return (entry, writeUp)
        case .unpublished: return (entry, nil)
        case .unknown:
          diagnostics.append(.unknownProject(slug, in: file, among: projects.slugs))
          return nil
        }
      }
    }
    let state = State(of: source, options: options)
    let counted = known(source.results, of: "results") { $0.project }
    let named = source.winners.map { known($0, of: "winners") { $0 }.compactMap(\.writeUp) }
    let candidates = source.candidates.map { known($0, of: "candidates") { $0 }.compactMap(\.writeUp) }
    let total = counted.reduce(0) { $0 + $1.entry.votes }
    let most = counted.map(\.entry.votes).max() ?? 0
    var winners = named ?? []
    if named == nil, state == .closed, most > 0 {
      winners = counted.filter { $0.entry.votes == most }.compactMap(\.writeUp).sorted()
    }
    // Winners that are written before the vote closes wait until it does.
    if state != .closed { winners = [] }
    let lines = counted.compactMap { entry, writeUp in
      writeUp.map {
        Line(
          writeUp: $0, votes: entry.votes,
          percent: total > 0 ? (entry.votes * 200 + total) / (total * 2) : 0, isWinner: winners.contains($0))
      }
    }
    return Ballot(
      source: source, opens: source.opens?.start(in: options.zone),
      opensHasTime: source.opens?.hasTime ?? false, closes: source.closes?.start(in: options.zone),
      closesHasTime: source.closes?.hasTime ?? false, state: state,
      candidates: candidates ?? projects.published,
      results: lines.sorted { ($1.votes, $0.writeUp) < ($0.votes, $1.writeUp) }, winners: winners,
      total: total)
  }
}

extension Ballot.State {
  /// How the vote of `source` stands at the build's moment.
  fileprivate init(of source: BallotSource, options: AssemblyOptions) {
    let now = options.asOf.seconds
    if source.state == .void || source.state == .closed {
      self = source.state == .void ? .void : .closed
    } else if let closes = source.closes?.end(in: options.zone), closes.seconds <= now {
      // A poll that was left `open` closes all the same.
      self = .closed
    } else if let opens = source.opens?.start(in: options.zone), opens.seconds > now {
      self = .upcoming
    } else {
      let isCounted = !source.results.isEmpty || source.winners != nil
      self = !isCounted || source.closes != nil || source.state == .open ? .open : .closed
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownProject(
    _ slug: Located<String>, in file: WeekSource, among slugs: [String]
  ) -> Diagnostic {
    .error(
      "week/unknown-project", "\(file.week.value) has no write-up '\(slug.value)'",
      at: Location(path: file.path.sourcePath, range: slug.range),
      fix: didYouMean(slug.value, among: slugs)
        ?? (slugs.isEmpty ? "the week is empty" : "its write-ups are \(slugs.joined(separator: ", "))"))
  }

  fileprivate static func repeatedProject(
    _ slug: Located<String>, in file: WeekSource, list: String
  ) -> Diagnostic {
    .error(
      "week/repeated-project", "'\(slug.value)' stands in \(list) twice; the first counts",
      at: Location(path: file.path.sourcePath, range: slug.range), fix: "remove one of the two")
  }
}
