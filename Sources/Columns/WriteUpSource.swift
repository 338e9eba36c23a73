import CivilTime
import Markdown
import SourceText
import YAML

/// One write-up as its file has it: nothing in it depends on any other file.
///
/// A class, because it has many parts and is passed around whole.
public final class WriteUpSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The title of the film or project.
  public let title: String
  /// The title of the piece, where it has one of its own.
  public let headline: String?
  /// The day or moment of publication.
  public let date: Moment
  /// The day or moment of the last change of substance.
  public let updated: Moment?
  /// Whether it is held back until its author says otherwise.
  public let isDraft: Bool
  /// From when on it is no longer published.
  public let expires: Moment?
  /// The last segment of its address.
  public let slug: String
  /// Former addresses.
  public let aliases: [Located<String>]
  /// The week it belongs to, where that is not the week of its date.
  public let week: ISOWeek?
  /// The names of its byline.
  public let authors: [String]
  /// The facts about the project.
  public let project: Project
  /// Whether readers may comment.
  public let comments: CommentsPolicy
  /// What the author adds for the theme, free in form.
  public let extra: Node?
  /// The body.
  public let body: MarkdownDocument
  /// Where in the file things stand that later phases may have to point at.
  public let places: Places
  /// The fields that are written at all, those that could not be read among them.
  public let written: [RequiredField]
  /// What its fields lack that they can't do without, as a picture its `alt`, and what can't be read of a draft's: mistakes,
  /// once it is published.
  public let lacking: [Diagnostic]

  init(
    path: ContentPath, title: String, headline: String?, date: Moment, updated: Moment?, isDraft: Bool,
    expires: Moment?, slug: String, aliases: [Located<String>], week: ISOWeek?, authors: [String],
    project: Project, comments: CommentsPolicy, extra: Node?, body: MarkdownDocument, places: Places,
    written: [RequiredField], lacking: [Diagnostic]
  ) {
    self.path = path
    self.title = title
    self.headline = headline
    self.date = date
    self.updated = updated
    self.isDraft = isDraft
    self.expires = expires
    self.slug = slug
    self.aliases = aliases
    self.week = week
    self.authors = authors
    self.project = project
    self.comments = comments
    self.extra = extra
    self.body = body
    self.places = places
    self.written = written
    self.lacking = lacking
  }

  /// The facts about the project that a write-up is on.
  public struct Project: Sendable {
    /// The form.
    public let format: Format?
    /// The film in one sentence, to share.
    public let logline: String?
    /// How far it has come.
    public let status: Status?
    /// Its way so far, in order of date.
    public let statusHistory: [StatusEntry]
    /// Who makes it, in the order written.
    public let credits: [CreditEntry]
    /// Its crowdfunding.
    public let campaign: Campaign?
    /// A clip.
    public let video: Video?
    /// Pictures, in the order written.
    public let images: [ImageEntry]
    /// Links to other places.
    public let links: [LinkEntry]
    /// Its pages in public databases.
    public let sameAs: [String]
    /// Former and foreign titles.
    public let alternateTitles: [String]
    /// Genres, tags and countries as written.
    public let genres: [Located<String>]
    /// Tags as written.
    public let tags: [Located<String>]
    /// Countries as written.
    public let countries: [Located<String>]
    /// Languages as written.
    public let languages: [String]
    /// The running time in minutes.
    public let runtime: Int?
    /// The year of release, or the one planned.
    public let year: Int?
    /// Who sponsors the piece.
    public let sponsor: Sponsor?
    /// Where the piece comes from, when it appeared elsewhere first.
    public let source: String?
  }

  /// Ranges of the file that later phases may point at.
  public struct Places: Sendable {
    /// The front matter.
    public let frontMatter: ByteRange
    /// The slug, or what it was taken from.
    public let slug: ByteRange
    /// The date, or the file's start when it came from the file's name.
    public let date: ByteRange
    /// The day of the last change; the front matter when there is none.
    let updated: ByteRange
    /// The week; the front matter when there is none.
    public let week: ByteRange
    /// The logline; the front matter when there is none.
    public let logline: ByteRange
    /// The status; the front matter when there is none.
    public let status: ByteRange
    /// The campaign; the front matter when there is none.
    public let campaign: ByteRange
  }
}

extension WriteUpSource {
  enum Key {
    static let title = Field("title", .line, "The title of the film or project.").required
    static let headline = Field(
      "headline", .line, "The title of the piece; the column's item label and the title by default.")
    static let date = Field(
      "date", .moment, "The day of publication, or an RFC 3339 moment; else taken from the file's name.")
    static let updated = Field("updated", .moment, "The day of the last change of substance.")
    static let draft = Field("draft", .boolean, "true holds the write-up back.")
    static let expires = Field("expires", .moment, "From this day on it is no longer published.")
    static let slug = Field("slug", .slug, "The last part of the address; else the file's name.")
    static let aliases = Field(
      "aliases", .list(of: .located(.formerAddressOrURL)), "Former addresses, which redirect here.")
    static let week = Field("week", .week, "The ISO week it belongs to, as 2026-W47.")
    static let authors = Field(
      "authors", .list(of: .name, apart: separateBylines), "The names of the byline.")
    static let format = Field("format", .oneOf(Format.self), "The form of the film.")
    static let logline = Field("logline", .text, "The film in one sentence that can be shared.")
    static let status = Field("status", .oneOf(Status.self), "How far the project has come.")
    static let statusHistory = Field(
      "status_history", .list(of: .record(StatusEntry.self)), "Its way so far; the last is status.")
    static let credits = Field(
      "credits", .list(of: .record(CreditEntry.self)), "Who makes it: roles and names.")
    static let campaign = Field("campaign", .record(Campaign.self), "Its crowdfunding.")
    static let video = Field("video", .video, "A clip: a YouTube or Vimeo address, or a mapping.")
    static let images = Field("images", .list(of: .record(ImageEntry.self)), "Pictures.")
    static let links = Field("links", .list(of: .record(LinkEntry.self)), "Links to other places.")
    static let ids = Field("ids", .record(DatabaseIDs.self), "Ids in public databases.")
    static let alternateTitles = Field(
      "alternate_titles", .list(of: .line), "Former and foreign titles.")
    static let genres = Field("genres", .list(of: .located(.name), apart: separateWords), "Genres.")
    static let tags = Field("tags", .list(of: .located(.name), apart: separateTags), "Tags.")
    static let countries = Field(
      "countries", .list(of: .located(.name), apart: separateCountries), "Countries.")
    static let languages = Field("languages", .list(of: .name, apart: separateLanguages), "Languages.")
    static let runtime = Field("runtime", .minutes(in: 1...10_000), "The running time in minutes.")
    static let year = Field("year", .integer(in: 1880...2200), "The year of release, or the one planned.")
    static let comments = Field(
      "comments",
      .oneOf(
        CommentsPolicy.self,
        otherWords: ["yes": .open, "true": .open, "on": .open, "no": .none, "false": .none, "off": .none]),
      "open (the default), closed or none.")
    static let sponsor = Field("sponsor", .sponsor, "Who sponsors the piece: a name, or name and url.")
    static let source = Field("source", .line, "Where the piece appeared first.")
    static let extra = Field("extra", .node, "Anything; themes can read it.")
  }

  /// The keys of a write-up's front matter.
  public static let fields: [AnyField] = [
    Key.title.erased, Key.headline.erased, Key.date.erased, Key.updated.erased, Key.draft.erased,
    Key.expires.erased, Key.slug.erased, Key.aliases.erased, Key.week.erased, Key.authors.erased,
    Key.format.erased, Key.logline.erased, Key.status.erased, Key.statusHistory.erased,
    Key.credits.erased, Key.campaign.erased, Key.video.erased, Key.images.erased, Key.links.erased,
    Key.ids.erased, Key.alternateTitles.erased, Key.genres.erased, Key.tags.erased,
    Key.countries.erased, Key.languages.erased, Key.runtime.erased, Key.year.erased,
    Key.comments.erased, Key.sponsor.erased, Key.source.erased, Key.extra.erased,
  ]

  /// Reads a write-up; `nil` when its title or date is missing or its front matter can't be read.
  ///
  /// Never throws and reports every problem of the file at once, but for what is ``lacking``. What a column requires is
  /// checked when the archive is assembled, because that is another file's word.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> WriteUpSource? {
    var file = MarkdownFile(
      source, fields: fields, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !file.isBroken else { return nil }
    let result = read(&file, at: path, in: source)
    let problems = file.reader.finish()
    diagnostics += problems.isEmpty ? [] : problems.filter { !(result?.isStillToDo($0) ?? false) }
    return result
  }

  private static func read(
    _ file: inout MarkdownFile, at path: ContentPath, in source: Source
  ) -> WriteUpSource? {
    let named = PieceName(path)
    let title = file.reader.required(Key.title).map { singleSpaced($0) }
    var date = file.reader.optional(Key.date)
    if date == nil, !file.reader.contains("date") {
      date = named.date.map(Moment.date)
      if date == nil { date = file.reader.required(Key.date.required) }
    }
    var slug = file.reader.optional(Key.slug)
    if slug == nil, !file.reader.contains("slug") {
      slug = Columns.slug(for: named.words)
      if slug == "" {
        slug = nil
        file.reader.report(.unusableFileName(path, at: Location(path: source.path, range: ByteRange(at: 0))))
      }
    }
    let headline = file.reader.optional(Key.headline)
    let updated = file.reader.optional(Key.updated)
    let isDraft = file.reader.optional(Key.draft) ?? false
    let expires = file.reader.optional(Key.expires)
    let aliases = file.reader.optional(Key.aliases) ?? []
    let week = file.reader.optional(Key.week)
    let authors = file.reader.optional(Key.authors) ?? []
    let project = readProject(&file.reader)
    let comments = file.reader.optional(Key.comments) ?? .open
    let extra = file.reader.optional(Key.extra)
    guard let title, let date, let slug else { return nil }
    var written = RequiredField.allCases.filter { file.reader.contains($0.rawValue) }
    if file.reader.isEmptyList(Key.credits.name) { written.removeAll { $0 == .credits } }
    // A misspelt field is reported as such, and is not missing.
    for name in file.reader.misspeltFields {
      if let field = RequiredField(rawValue: name) { written.append(field) }
    }
    func place(_ name: String) -> ByteRange { file.reader.range(of: name) ?? file.frontMatter }
    return WriteUpSource(
      path: path, title: title, headline: headline, date: date, updated: updated, isDraft: isDraft,
      expires: expires, slug: slug, aliases: aliases, week: week, authors: authors.map { singleSpaced($0) },
      project: project, comments: comments, extra: extra, body: file.document,
      places: Places(
        frontMatter: file.frontMatter, slug: file.reader.range(of: "slug") ?? place("title"),
        date: place("date"), updated: updated == nil ? file.frontMatter : place("updated"),
        week: place("week"), logline: place("logline"), status: place("status"),
        campaign: place("campaign")),
      written: written,
      lacking: file.reader.finish().filter { Self.isStillToDo($0, inDraft: isDraft) })
  }

  /// How many tags nobody needs more of: an entry of a feed names no others.
  public static let manyTags = 40

  /// Whether `problem` is no mistake until the write-up is due: a value that isn't there, and in a draft one that can't be
  /// read, such as `deadline: soon`.
  private static func isStillToDo(_ problem: Diagnostic, inDraft isDraft: Bool) -> Bool {
    problem.isOfMissingValue || isDraft && problem.severity == .error
  }

  private func isStillToDo(_ problem: Diagnostic) -> Bool { Self.isStillToDo(problem, inDraft: isDraft) }

  private static func readProject(_ reader: inout FieldReader) -> Project {
    let status = reader.optional(Key.status)
    let history = reader.optional(Key.statusHistory) ?? []
    if zip(history, history.dropFirst()).contains(where: { $0.date > $1.date }) {
      reader.report(.unorderedHistory(at: reader.location(of: "status_history")))
    }
    if let status, let last = history.last, last.status != status {
      reader.report(.statusMismatch(status, last: last.status, at: reader.location(of: "status")))
    }
    let tags = reader.optional(Key.tags) ?? []
    if tags.count > manyTags { reader.report(.manyTags(tags.count, at: reader.location(of: Key.tags.name))) }
    return Project(
      format: reader.optional(Key.format),
      logline: reader.optional(Key.logline).map { singleSpaced(oneLine($0)) },
      status: status ?? history.last?.status, statusHistory: history,
      credits: reader.atMost(1000, Key.credits), campaign: reader.optional(Key.campaign),
      video: reader.optional(Key.video), images: reader.atMost(1000, Key.images),
      links: reader.optional(Key.links) ?? [], sameAs: reader.optional(Key.ids)?.urls ?? [],
      alternateTitles: reader.optional(Key.alternateTitles) ?? [],
      genres: reader.optional(Key.genres) ?? [], tags: tags,
      countries: reader.optional(Key.countries) ?? [], languages: reader.optional(Key.languages) ?? [],
      runtime: reader.optional(Key.runtime), year: reader.optional(Key.year),
      sponsor: reader.optional(Key.sponsor), source: reader.optional(Key.source))
  }
}

/// What a write-up's file name tells: a date in front, and the words of the slug.
struct PieceName {
  let date: CivilDate?
  let words: String

  init(_ path: ContentPath) {
    let name = path.pieceName
    let rest = name.utf8.dropFirst(10)
    if let separator = rest.first, rest.count > 1, [0x2D, 0x5F, 0x20].contains(separator),
      let date = CivilDate(String(name[..<rest.startIndex]))
    {
      self.date = date
      words = String(name[name.utf8.index(after: rest.startIndex)...])
    } else {
      date = nil
      words = name
    }
  }
}

/// `text` with its line breaks as spaces.
func oneLine(_ text: String) -> String {
  text.contains(byte: 0x0A) || text.contains(byte: 0x0D)
    ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text
}

extension FieldReader {
  /// The first `limit` elements of a list; it is reported when there are more.
  fileprivate mutating func atMost<Element>(_ limit: Int, _ field: Field<[Element]>) -> [Element] {
    let list = optional(field) ?? []
    guard list.count > limit else { return list }
    report(.tooMany(field.name, limit: limit, at: location(of: field.name)))
    return Array(list.prefix(limit))
  }
}

extension Diagnostic {
  /// A list that no page could show.
  static func tooMany(_ list: String, limit: Int, at location: Location) -> Diagnostic {
    .error(
      "write-up/too-many", "there are more than \(limit) \(list); the rest is left out", at: location,
      fix: "keep the first \(limit)")
  }
}

extension Diagnostic {
  fileprivate static func manyTags(_ count: Int, at location: Location) -> Diagnostic {
    .warning(
      "write-up/many-tags",
      "this has \(groupedDigits(count)) tags, each of which gets a page and feeds of its own", at: location,
      fix: "keep those under which somebody would look for it; feeds name the first \(WriteUpSource.manyTags)"
    )
  }

  fileprivate static func unusableFileName(_ path: ContentPath, at location: Location) -> Diagnostic {
    .error(
      "write-up/file-name", "the file's name '\(path.pieceName)' gives no address", at: location,
      fix: "rename the file in letters and digits, or give it a slug")
  }

  fileprivate static func unorderedHistory(at location: Location) -> Diagnostic {
    .error(
      "write-up/status-order", "the steps of status_history are not in order of date", at: location,
      fix: "put the earliest first")
  }

  fileprivate static func statusMismatch(
    _ status: Status, last: Status, at location: Location
  ) -> Diagnostic {
    .error(
      "write-up/status-mismatch",
      "status is '\(status.rawValue)', but status_history ends with '\(last.rawValue)'", at: location,
      fix: "add the step to status_history, or correct the status")
  }
}
