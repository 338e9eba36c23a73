import CivilTime
import SourceText
import YAML

extension Archive {
  /// Assembles the archive of `sources`: holds back what is not due, resolves every reference, and reports
  /// the mistakes that show when files are seen together, but for ``similarNames``.
  ///
  /// - Complexity: O(*n* log *n*) in the number of write-ups.
  public static func assemble(
    _ sources: ContentSources, options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> Archive {
    let assembly = Assembly(sources, options: options)
    return assembly.archive(
      cast: assembly.cast(), terms: assembly.terms(), schedule: assembly.schedule(),
      diagnostics: &diagnostics)
  }
}

/// An archive in the making: what is due is known, and three things about it can be found out independently of
/// each other, in any order or at once.
public struct Assembly: Sendable {
  private let sources: ContentSources
  private let options: AssemblyOptions
  private let columns: [ColumnSource]
  private let pieces: [Piece]
  private let heldBack: [HeldBack]
  private let unpublished: Unpublished
  private let diagnostics: [Diagnostic]

  /// Selects what is due of `sources`.
  public init(_ sources: ContentSources, options: AssemblyOptions) {
    self.sources = sources
    self.options = options
    var diagnostics: [Diagnostic] = []
    columns = Archive.orderColumns(sources.columns, diagnostics: &diagnostics)
    (pieces, heldBack, unpublished) = Archive.selectDue(
      sources, columns: columns, options: options, diagnostics: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// Everyone with a credit or a biography.
  public struct Cast: Sendable {
    fileprivate let people: [Person]
    fileprivate let personOfName: [String: ID<Person>]
    /// By write-up.
    fileprivate let credits: [[CreditGroup]]
    fileprivate let diagnostics: [Diagnostic]
  }

  /// What write-ups are filed under.
  public struct Terms: Sendable {
    fileprivate let terms: [Term]
    /// By write-up.
    fileprivate let filed: [TermIDs]
    fileprivate let diagnostics: [Diagnostic]
  }

  /// What comes when: weeks with their votes, months, years, and each write-up's neighbours.
  public struct Schedule: Sendable {
    fileprivate let columns: [Column]
    fileprivate let weeks: [Week]
    fileprivate let years: [Year]
    fileprivate let months: [Month]
    fileprivate let ballots: [Ballot]
    /// The files of all periods that are not shown yet.
    fileprivate let coming: [HeldBack]
    /// By write-up.
    fileprivate let neighbours: [Neighbours]
    fileprivate let diagnostics: [Diagnostic]
  }

  /// Gathers the people.
  public func cast() -> Cast {
    var diagnostics: [Diagnostic] = []
    var directory = PersonDirectory(sources.people, diagnostics: &diagnostics)
    var credits: [[CreditGroup]] = []
    credits.reserveCapacity(pieces.count)
    for (index, piece) in pieces.enumerated() {
      credits.append(directory.addCredits(piece.source, on: ID(index)))
      directory.addBylines(piece.source.authors, on: ID(index))
    }
    diagnostics += directory.jointNames(in: pieces)
    let everyone = directory.finish()
    for writeUp in credits.indices {
      for group in credits[writeUp].indices { credits[writeUp][group].renumber(everyone.newIDs) }
    }
    return Cast(
      people: everyone.people, personOfName: everyone.personOfName, credits: credits, diagnostics: diagnostics
    )
  }

  /// Files the write-ups.
  public func terms() -> Terms {
    var diagnostics: [Diagnostic] = []
    var filing = Filing()
    var filed: [TermIDs] = []
    filed.reserveCapacity(pieces.count)
    for (index, piece) in pieces.enumerated() {
      Archive.checkRequirements(
        piece.source, of: columns[piece.column.index], isDue: !piece.source.isDraft && !piece.isFuture,
        diagnostics: &diagnostics)
      filed.append(filing.file(piece, as: ID(index), diagnostics: &diagnostics))
    }
    let all = filing.finish()
    return Terms(
      terms: all.terms, filed: filed.map { $0.renumbered(all.newIDs) }, diagnostics: diagnostics)
  }

  /// Puts the write-ups into their weeks, months and years.
  public func schedule() -> Schedule {
    var diagnostics: [Diagnostic] = []
    var neighbours = [Neighbours](repeating: Neighbours(), count: pieces.count)
    let files = PeriodFiles(sources.periods, columns: columns, options: options, diagnostics: &diagnostics)
    let weeks = Archive.gatherWeeks(
      files, columns: columns, pieces: pieces, neighbours: &neighbours, options: options)
    let calendar = Archive.gatherCalendar(
      columns, files: files, pieces: pieces, weeks: weeks, neighbours: &neighbours)
    var electorate = Electorate(weeks: weeks, months: calendar.months, years: calendar.years)
    electorate.unreadable = unreadablePeriods()
    Archive.gatherBallots(
      on: &electorate, pieces: pieces, unpublished: unpublished, neighbours: &neighbours, options: options,
      diagnostics: &diagnostics)
    return Schedule(
      columns: calendar.columns, weeks: electorate.weeks, years: electorate.years, months: electorate.months,
      ballots: electorate.ballots, coming: files.coming, neighbours: neighbours, diagnostics: diagnostics)
  }

  /// Which kinds of files about weeks, months and years can't be read, by column.
  private func unreadablePeriods() -> [ID<Column>: Set<Period.Kind>] {
    let folders = ColumnFolders(columns)
    var kinds: [ID<Column>: Set<Period.Kind>] = [:]
    for path in sources.unreadable {
      if case .period(let kind) = path.kind, let column = folders[path.folder] {
        kinds[ID(column), default: []].insert(kind)
      }
    }
    return kinds
  }

  /// The archive, from the three.
  public func archive(
    cast: Cast, terms: Terms, schedule: Schedule, diagnostics: inout [Diagnostic]
  ) -> Archive {
    diagnostics += self.diagnostics + cast.diagnostics + terms.diagnostics + schedule.diagnostics
    sources.checkFormerAddresses(diagnostics: &diagnostics)
    let threads = Archive.threadComments(sources, options: options, diagnostics: &diagnostics)
    let writeUps = pieces.indices.map { index in
      let piece = pieces[index]
      return WriteUp(
        piece, in: columns[piece.column.index], neighbours: schedule.neighbours[index],
        authors: piece.source.authors.map { Byline(name: $0, person: cast.personOfName[$0]) },
        credits: cast.credits[index], terms: terms.filed[index],
        comments: threads[piece.source.path] ?? .none, options: options)
    }
    let freePages = Archive.gatherFreePages(
      sources.freePages, options: options, diagnostics: &diagnostics)
    return Archive(
      site: sources.site, zone: options.zone, asOf: options.asOf, columns: schedule.columns,
      writeUps: writeUps, weeks: schedule.weeks, years: schedule.years, months: schedule.months,
      ballots: schedule.ballots,
      people: cast.people, personOfName: cast.personOfName, terms: terms.terms, freePages: freePages.pages,
      heldBack: (heldBack + freePages.heldBack).sorted { $0.path < $1.path },
      comingPeriods: schedule.coming,
      nextChange: Archive.nextChange(
        writeUps, ballots: schedule.ballots, heldBack: heldBack + schedule.coming,
        told: sources.site.url != nil && sources.site.hasDigests ? schedule.weeks : [], options: options))
  }
}

// MARK: - Columns and what is due

extension Archive {
  /// The columns in the order they are shown: by `order`, then by folder.
  fileprivate static func orderColumns(
    _ sources: [ColumnSource], diagnostics: inout [Diagnostic]
  ) -> [ColumnSource] {
    for source in sources where source.path.folder.isEmpty {
      diagnostics.append(.columnAtRoot(source.path))
    }
    return sources.filter { !$0.path.folder.isEmpty }
      .sorted { ($0.order, $0.path.text) < ($1.order, $1.path.text) }
  }

  fileprivate static func selectDue(
    _ sources: ContentSources, columns: [ColumnSource], options: AssemblyOptions,
    diagnostics: inout [Diagnostic]
  ) -> ([Piece], [HeldBack], Unpublished) {
    let folders = ColumnFolders(columns)
    let brokenColumns = Set(
      sources.unreadable.lazy.filter { $0.kind == .column }.map { $0.folder })
    var due: [Piece] = []
    due.reserveCapacity(sources.writeUps.count)
    var heldBack: [HeldBack] = []
    var unpublished = Unpublished()
    for path in sources.unreadable where path.kind == .writeUp {
      if let column = folders[path.folder] { unpublished.addUnreadable(path, in: ID(column)) }
    }
    var columnOfSubfolder: [String: ID<Column>?] = [:]
    var weekOfSubfolder: [String: ISOWeek?] = [:]
    let today = options.zone.timestamp(at: options.asOf.seconds).date
    for source in sources.writeUps {
      let folder = source.path.folder
      let column: ID<Column>?
      if let known = columnOfSubfolder[folder] {
        column = known
      } else {
        column = folders[folder].map { ID($0) }
        columnOfSubfolder[folder] = .some(column)
        weekOfSubfolder[folder] = .some(source.path.weekOfFolder)
      }
      guard let column else {
        if !isInside(folder, any: brokenColumns) {
          diagnostics.append(.outsideColumns(source.path, columns: columns))
        }
        continue
      }
      let date = source.date.start(in: options.zone)
      let week = source.isoWeek(on: date.date)
      if !source.isDraft || options.includesDrafts || options.looksAtDrafts {
        checkDates(
          source, date: date, week: week, folder: weekOfSubfolder[folder] ?? nil, today: today,
          options: options, diagnostics: &diagnostics)
      }
      func hold(_ reason: HeldBack.Reason) {
        let isToCome = if case .future = reason { true } else { false }
        unpublished.addHeldBack(source, in: column, week: week, day: date.date, isToCome: isToCome)
        heldBack.append(HeldBack(path: source.path, title: source.title, reason: reason))
      }
      if source.isDraft, !options.includesDrafts {
        hold(.draft)
        if options.looksAtDrafts {
          checkRequirements(
            source, of: columns[column.index], isDue: false, diagnostics: &diagnostics)
        }
      } else if date.seconds > options.asOf.seconds, !options.includesFuture {
        hold(.future(date))
        checkRequirements(
          source, of: columns[column.index], isDue: false, diagnostics: &diagnostics)
      } else if let expires = source.expires?.start(in: options.zone), expires.seconds <= options.asOf.seconds
      {
        hold(.expired(expires))
      } else {
        due.append(
          Piece(
            source, column: column, date: date, week: week, isFuture: date.seconds > options.asOf.seconds,
            today: today))
      }
    }
    // What can't be read may be no write-up at all, but a file in the wrong folder.
    for path in sources.unreadable.sorted()
    where path.kind == .writeUp && folders[path.folder] == nil
      && !isInside(path.folder, any: brokenColumns)
    {
      diagnostics.append(.outsideColumns(path, columns: columns))
    }
    due.sort { ($0.date.seconds, $0.source.path) < ($1.date.seconds, $1.source.path) }
    reportCopies(among: due, diagnostics: &diagnostics)
    return (due, heldBack, unpublished)
  }

  /// Warns of dates that can hardly be meant: of another week than the folder is called after, of a year that is far
  /// away, after the end, or of a change to come.
  private static func checkDates(
    _ source: WriteUpSource, date: Timestamp, week: ISOWeek, folder: ISOWeek?, today: CivilDate,
    options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) {
    if let folder, let written = source.week, written != folder {
      diagnostics.append(.otherWrittenWeek(source, week: written, folder: folder))
    } else if let folder, abs(week.monday.dayNumber - folder.monday.dayNumber) > 7 {
      // What misses its week by a day or two is filed where it was meant to appear.
      diagnostics.append(.otherWeek(source, date: date.date, week: week, folder: folder))
    } else if date.date.year < 1880 || date.date.year > today.year + 5 {
      diagnostics.append(.farDate(source, date: date.date, today: today))
    }
    if let expires = source.expires?.start(in: options.zone), expires.seconds <= date.seconds {
      diagnostics.append(.expiresBeforeDate(source, expires.date, date.date))
    }
    // What isn't published yet may say that it changes on its day.
    if let updated = source.updated?.start(in: options.zone), updated.seconds > options.asOf.seconds,
      updated.seconds > date.seconds
    {
      diagnostics.append(
        .updatedToCome(updated.date, today: today, at: source.location(source.places.updated)))
    }
  }

  /// Warns of a write-up with the title, the column and the moment of another: most likely a copy that a program has made.
  private static func reportCopies(among due: [Piece], diagnostics: inout [Diagnostic]) {
    var next = due.startIndex
    while next < due.endIndex {
      let moment = due[next...].prefix { $0.date.seconds == due[next].date.seconds }
      next = moment.endIndex
      guard moment.count > 1 else { continue }
      var known: [String: [ID<Column>: WriteUpSource]] = [:]
      for piece in moment {
        if let other = known[piece.source.title]?[piece.column] {
          // Copies get longer names.
          let isOther = other.path.text.utf8.count > piece.source.path.text.utf8.count
          diagnostics.append(isOther ? .copy(other, of: piece.source) : .copy(piece.source, of: other))
        } else {
          known[piece.source.title, default: [:]][piece.column] = piece.source
        }
      }
    }
  }

  private static func isInside(_ folder: String, any folders: Set<String>) -> Bool {
    folders.contains { folder == $0 || folder.hasPrefix($0 + "/") }
  }

  /// Reports what `column` asks of its write-ups and `source` lacks: a mistake in what is due, and something still to be
  /// done in what isn't.
  fileprivate static func checkRequirements(
    _ source: WriteUpSource, of column: ColumnSource, isDue: Bool, diagnostics: inout [Diagnostic]
  ) {
    let missing = column.require.filter { !source.written.contains($0) }
    if isDue {
      for field in missing { diagnostics.append(.missingField(field, in: source, column: column)) }
    } else if !missing.isEmpty {
      diagnostics.append(.unfinished(source, without: missing, column: column))
    }
    diagnostics += isDue ? source.lacking : source.lacking.map { $0.unfinished(source) }
    if let logline = source.project.logline, logline.utf8.count > column.loglineLimit,
      logline.count > column.loglineLimit
    {
      diagnostics.append(.longLogline(source, count: logline.count, limit: column.loglineLimit))
    }
  }

  fileprivate static func gatherFreePages(
    _ sources: [FreePageSource], options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> (pages: [FreePage], heldBack: [HeldBack]) {
    var pages: [FreePage] = []
    var heldBack: [HeldBack] = []
    for source in sources.sorted(by: { $0.path < $1.path }) {
      if source.isDraft, !options.includesDrafts {
        heldBack.append(HeldBack(path: source.path, title: source.title, reason: .draft))
        continue
      }
      let updated = source.updated?.value.start(in: options.zone)
      if let updated, updated.seconds > options.asOf.seconds, let range = source.updated?.range {
        diagnostics.append(
          .updatedToCome(
            updated.date, today: options.zone.timestamp(at: options.asOf.seconds).date,
            at: Location(path: source.path.sourcePath, range: range)))
      }
      // pages/press/kit.md stands at press/kit; pages/press/index.md at press.
      var folder = source.path.folder.split(separator: "/").dropFirst().map(String.init)
      if source.path.isFolderIndex, !folder.isEmpty { folder.removeLast() }
      let name = source.slug ?? source.path.pieceName
      pages.append(
        FreePage(
          source: source, address: (folder + [name]).joined(separator: "/"),
          updated: updated))
    }
    return (pages, heldBack)
  }

  fileprivate static func nextChange(
    _ writeUps: [WriteUp], ballots: [Ballot], heldBack: [HeldBack], told: [Week],
    options: AssemblyOptions
  ) -> Timestamp? {
    var moments: [Timestamp] = heldBack.compactMap { held in
      if case .future(let date) = held.reason { date } else { nil }
    }
    for writeUp in writeUps {
      if writeUp.isFuture { moments.append(writeUp.date) }
      if let expires = writeUp.source.expires { moments.append(expires.start(in: options.zone)) }
      let history = writeUp.source.project.statusHistory
      if writeUp.statusHistory.count < history.count {
        moments.append(options.zone.timestamp(of: history[writeUp.statusHistory.count].date))
      }
      if let campaign = writeUp.source.project.campaign {
        moments += campaign.turningPoints(in: options.zone)
      }
    }
    for ballot in ballots.lazy.map(\.source) {
      if let opens = ballot.opens { moments.append(opens.value.start(in: options.zone)) }
      if let closes = ballot.closes { moments.append(closes.value.end(in: options.zone)) }
    }
    moments += told.lazy.filter { !$0.writeUps.isEmpty }.map { $0.lastEnd(in: options.zone) }
    return moments.filter { $0.seconds > options.asOf.seconds }.min { $0.seconds < $1.seconds }
  }
}

extension WriteUpSource {
  /// Whether it stands where `other` does, in time and on the site.
  public func staysInPlace(of other: WriteUpSource) -> Bool {
    path == other.path && date == other.date && week == other.week && slug == other.slug
      && isDraft == other.isDraft && expires == other.expires
  }

  /// The week that it belongs to when its day is `day`, in the site's zone.
  public func isoWeek(on day: CivilDate) -> ISOWeek { week ?? ISOWeek(of: day) }

  /// The place of `range` in the write-up's file.
  public func location(_ range: ByteRange) -> Location { Location(path: path.sourcePath, range: range) }
}

extension Diagnostic {
  fileprivate static func columnAtRoot(_ path: ContentPath) -> Diagnostic {
    .error(
      "column/at-root", "a column needs a folder of its own in content/",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)),
      fix: "move it to a folder, as in content/project-of-the-day/_column.md")
  }

  fileprivate static func outsideColumns(_ path: ContentPath, columns: [ColumnSource]) -> Diagnostic {
    let folders = columns.map { "content/\($0.path.folder)/" }.joined(separator: ", ")
    return .error(
      "write-up/outside-columns", "this write-up is in no column",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)),
      fix: folders.isEmpty
        ? "put a _column.md with a name into its folder"
        : "move it into \(folders), into pages/, or put a _column.md into its folder")
  }

  fileprivate static func missingField(
    _ field: RequiredField, in source: WriteUpSource, column: ColumnSource
  ) -> Diagnostic {
    .error(
      "write-up/missing-field", "'\(field.rawValue)' is missing, which \(column.name) asks for",
      at: source.location(source.places.frontMatter), fix: "add \(field.example)")
  }

  fileprivate static func otherWeek(
    _ source: WriteUpSource, date: CivilDate, week: ISOWeek, folder: ISOWeek
  ) -> Diagnostic {
    // The year is what is mistaken most.
    let meant = [folder.year - 1, folder.year, folder.year + 1].compactMap {
      CivilDate(year: $0, month: date.month, day: date.day)
    }.first { ISOWeek(of: $0) == folder }
    return .warning(
      "write-up/other-week",
      "this is of \(date), for \(week), and lies in a folder that is called after \(folder)",
      at: source.location(source.places.date),
      fix: "correct the date\(meant.map { ", as to \($0)" } ?? ""), or move the file")
  }

  fileprivate static func otherWrittenWeek(
    _ source: WriteUpSource, week: ISOWeek, folder: ISOWeek
  ) -> Diagnostic {
    .warning(
      "write-up/other-week", "this is for \(week), and lies in a folder that is called after \(folder)",
      at: source.location(source.places.week), fix: "write 'week: \(folder)', or move the file")
  }

  fileprivate static func farDate(
    _ source: WriteUpSource, date: CivilDate, today: CivilDate
  ) -> Diagnostic {
    // Digits that changed places, or a year that was written with two.
    let meant = [today.year, today.year - 1, today.year + 1].first { year in
      date.year == year % 100 || "\(date.year)".utf8.sorted() == "\(year)".utf8.sorted()
    }.flatMap { CivilDate(year: $0, month: date.month, day: date.day) }
    return .warning(
      "write-up/far-date",
      "this is of \(date), \(date < today ? "from before there were films" : "years from now")",
      at: source.location(source.places.date), fix: "correct the year\(meant.map { ", as in \($0)" } ?? "")")
  }

  fileprivate static func expiresBeforeDate(
    _ source: WriteUpSource, _ expires: CivilDate, _ date: CivilDate
  ) -> Diagnostic {
    .warning(
      "write-up/never-shown",
      expires == date
        ? "this expires on \(expires), the day on which it appears"
        : "this expires on \(expires), before it appears on \(date)",
      at: source.location(source.places.date),
      fix: expires == date ? "let it expire on the day after its last" : "correct 'expires' or 'date'")
  }

  fileprivate static func updatedToCome(
    _ updated: CivilDate, today: CivilDate, at place: Location
  ) -> Diagnostic {
    .warning(
      "write-up/updated-to-come", "this was changed on \(updated), which is still to come", at: place,
      fix: "correct 'updated': today is \(today)")
  }

  fileprivate static func copy(_ source: WriteUpSource, of other: WriteUpSource) -> Diagnostic {
    .warning(
      "write-up/copy", "this has the title and the day of \(other.path.sourcePath), and both are published",
      at: source.location(source.places.frontMatter), fix: "delete the file if it is a copy")
  }

  fileprivate static func unfinished(
    _ source: WriteUpSource, without missing: [RequiredField], column: ColumnSource
  ) -> Diagnostic {
    let names = missing.map { "'\($0.rawValue)'" }
    let list = [names.dropLast().joined(separator: ", "), names.last ?? ""].filter { !$0.isEmpty }
    return .warning(
      "write-up/unfinished",
      "\(list.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") still to be written, which \(column.name) asks for",
      at: source.location(source.places.frontMatter),
      fix: source.isDraft ? "write them before 'draft' goes" : "write them before its day comes")
  }

  /// The same as something still to be written.
  fileprivate func unfinished(_ source: WriteUpSource) -> Diagnostic {
    var warning = self
    warning.severity = .warning
    warning.id = "write-up/unfinished"
    warning.message +=
      source.isDraft
      ? "; once this is no draft any more, that stops the build" : "; from its day on, that stops the build"
    return warning
  }

  fileprivate static func longLogline(_ source: WriteUpSource, count: Int, limit: Int) -> Diagnostic {
    .warning(
      "write-up/long-logline", "the logline has \(count) characters; \(limit) can be shared",
      at: source.location(source.places.logline), fix: "cut \(count - limit)")
  }
}

extension RequiredField {
  /// A line of front matter that would do.
  var example: String {
    switch self {
    case .format: "a line such as 'format: documentary-feature'"
    case .logline: "a line such as 'logline: A ferryman rows his rival across the last open water.'"
    case .status: "a line such as 'status: production'"
    case .credits: "'credits:' with lines such as '- {role: Director, name: Ann Shinn}'"
    case .campaign: "'campaign:' with its url"
    case .video: "a line such as 'video: https://vimeo.com/123456789'"
    case .images: "'images:' with lines such as '- {src: still.jpg, alt: A road through salt}'"
    case .links: "'links:' with lines such as '- {rel: website, url: https://example.org/}'"
    case .runtime, .year: "a line such as '\(rawValue): \(self == .year ? "2026" : "94")'"
    case .genres, .tags, .countries, .languages, .authors: "a line such as '\(rawValue): [...]'"
    case .headline, .sponsor, .source: "a line such as '\(rawValue): ...'"
    }
  }
}
