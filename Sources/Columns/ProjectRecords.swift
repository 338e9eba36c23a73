import CivilTime
import Markdown
import SourceText
import YAML

/// A role and the name of who fills it, as written in front matter.
public struct CreditEntry: Record {
  /// The roles; "Producer/Director" is two.
  public let roles: [String]
  /// The name, with single spaces.
  public let name: Located<String>
  /// Whether the name is written in quotes, and is one whatever it looks like.
  let isQuoted: Bool

  enum Key {
    static let role = Field("role", .name, "The role; two roles are written Producer/Director.").required
    static let name = Field("name", .located(.name), "The person's name.").required
  }

  /// The keys of a credit.
  public static let fields: [AnyField] = [Key.role.erased, Key.name.erased]

  /// As writers spell it.
  public static let example = "{role: Director, name: Ann Shinn}"

  /// A name is a director's; a role is anybody's.
  public static func example(holding value: String) -> String? {
    roles.contains(value.lowercased())
      ? "{role: \(yamlScalar(value)), name: Ann Shinn}" : "{role: Director, name: \(yamlScalar(value))}"
  }

  private static let roles: Set = [
    "actor", "actress", "animation", "animator", "cast", "cinematographer", "cinematography", "composer",
    "director",
    "directors", "editing", "editor", "executive producer", "music", "narrator", "producer", "producers",
    "production company", "production designer", "screenplay", "screenwriter", "sound", "writer", "writers",
  ]

  /// Reads one credit; `nil` when either key is missing.
  public init?(_ reader: inout FieldReader) {
    // `- Editor: Jane Doe`, as credits are written everywhere else.
    if let entry = reader.soleStranger() {
      reader.refuse(.roleAsField(entry.key, entry.value, at: entry.place))
      return nil
    }
    let role = reader.required(Key.role)
    let name = reader.required(Key.name)
    guard let role, let name else { return nil }
    var roles =
      (role.utf8.contains(0x2F) ? role.split(separator: "/").map { singleSpaced($0) } : [singleSpaced(role)])
      .filter { !$0.isEmpty }
    if roles.count > 50 {
      reader.report(.tooMany("roles", limit: 50, at: reader.location(of: "role")))
      roles.removeLast(roles.count - 50)
    }
    self.roles = roles
    self.name = Located(singleSpaced(name.value), at: name.range)
    isQuoted = reader.isQuoted(Key.name)
    guard !roles.isEmpty else {
      reader.report(.emptyRole(at: reader.location(of: "role")))
      return nil
    }
  }
}

/// A project's crowdfunding.
public struct Campaign: Record, Hashable {
  /// The name of the platform.
  public let platform: String?
  /// The campaign's page, where it is written.
  public let address: Located<String>
  /// The sum asked for, in whole units of the currency.
  public let goal: Int?
  /// The currency's ISO 4217 code.
  public let currency: String?
  /// The sum pledged so far.
  public let pledged: Int?
  /// The number of backers.
  public let backers: Int?
  /// The first day.
  public let launched: CivilDate?
  /// The end; a bare date includes that day.
  public let deadline: Moment?
  /// The day of these figures.
  public let asOf: CivilDate?

  /// The campaign's page.
  public var url: String { address.value }

  enum Key {
    static let platform = Field("platform", .line, "The platform's name.")
    static let url = Field(
      "url", .located(.url), "The campaign's page.", insteadOf: ["link", "href", "website"]
    ).required
    static let goal = Field("goal", .integer(in: 0...1_000_000_000_000), "The sum asked for, in whole units.")
    static let currency = Field("currency", .line, "The currency's ISO 4217 code, such as USD.")
    static let pledged = Field("pledged", .integer(in: 0...1_000_000_000_000), "The sum pledged so far.")
    static let backers = Field("backers", .integer(in: 0...1_000_000_000), "The number of backers.")
    static let launched = Field("launched", .date, "The first day.")
    static let deadline = Field("deadline", .moment, "The last day, or the moment at which it ends.")
    static let asOf = Field("as_of", .date, "The day of these figures.")
  }

  /// The keys of a campaign.
  public static let fields: [AnyField] = [
    Key.platform.erased, Key.url.erased, Key.goal.erased, Key.currency.erased, Key.pledged.erased,
    Key.backers.erased, Key.launched.erased, Key.deadline.erased, Key.asOf.erased,
  ]

  /// Of an address, which is its page.
  public static func example(holding value: String) -> String? {
    isWebAddress(value) ? "{url: \(yamlItem(value))}" : nil
  }

  /// Reads a campaign; `nil` when it has no `url`.
  public init?(_ reader: inout FieldReader) {
    platform = reader.optional(Key.platform)
    let url = reader.required(Key.url)
    goal = reader.optional(Key.goal)
    currency = reader.optional(Key.currency)
    pledged = reader.optional(Key.pledged)
    backers = reader.optional(Key.backers)
    launched = reader.optional(Key.launched)
    deadline = reader.optional(Key.deadline)
    asOf = reader.optional(Key.asOf)
    if let currency, !(currency.utf8.count == 3 && currency.utf8.allSatisfy { (0x41...0x5A).contains($0) }) {
      reader.report(.notACurrency(currency, at: reader.location(of: "currency")))
    }
    if let launched, let deadline, deadline.day < launched {
      reader.report(.endsBeforeLaunch(at: reader.location(of: "deadline")))
    }
    guard let url else { return nil }
    address = url
  }
}

/// A picture of a project, as written in front matter.
public struct ImageEntry: Record {
  /// The file, relative to the write-up, or an absolute URL.
  public let source: Located<String>
  /// What it shows, for those who can't see it.
  public let alternativeText: String
  /// Who made it.
  public let credit: String?
  /// What kind of picture it is.
  public let kind: ImageKind

  enum Key {
    static let source = Field("src", .located(.line), "The file, relative to this one.").required
    static let alternativeText = Field("alt", .line, "What the picture shows, in words.").required
    static let credit = Field("credit", .line, "Who made it.")
    static let kind = Field("kind", .oneOf(ImageKind.self), "still (the default), poster or portrait.")
  }

  /// The keys of an image.
  public static let fields: [AnyField] = [
    Key.source.erased, Key.alternativeText.erased, Key.credit.erased, Key.kind.erased,
  ]

  /// As writers spell it.
  public static let example = "{src: still.jpg, alt: A road through salt}"

  /// Of a file's name or address, and of the tag or the Markdown of a picture.
  public static func example(holding value: String) -> String? {
    let (source, words) = pastedPicture(value) ?? (value, nil)
    return "{src: \(yamlItem(source)), alt: \(words.map(yamlScalar) ?? "What the picture shows")}"
  }

  /// Reads an image; `nil` when `src` or `alt` is missing.
  public init?(_ reader: inout FieldReader) {
    let source = reader.required(Key.source)
    let alternativeText = reader.required(Key.alternativeText)
    credit = reader.optional(Key.credit)
    kind = reader.optional(Key.kind) ?? .still
    guard let source, let alternativeText else { return nil }
    self.source = source
    self.alternativeText = alternativeText
  }

  /// The picture at `source`, which stands at `range` of its file.
  public init(
    source: String, at range: ByteRange, alternativeText: String, credit: String?, kind: ImageKind
  ) {
    self.source = Located(source, at: range)
    self.alternativeText = alternativeText
    self.credit = credit
    self.kind = kind
  }
}

/// The address and the words of a picture that is written as HTML or as Markdown; `nil` if `text` is neither.
private func pastedPicture(_ text: String) -> (source: String, words: String?)? {
  guard text.hasPrefix("<") || text.hasPrefix("![") else { return nil }
  var options = MarkdownOptions.writeUp
  options.smartPunctuation = false
  let source = Source(path: "", text: text)
  var unused: [Diagnostic] = []
  let range = ByteRange(0, source.bytes.count)
  let image = parseMarkdown(source, in: range, options: options, diagnostics: &unused).images.first
  return image.map { ($0.destination, $0.alt.isEmpty ? nil : $0.alt) }
}

/// A link to another place about a project or a person.
public struct LinkEntry: Record, Hashable {
  /// What it leads to, such as `website` or `trailer`.
  public let relation: String
  /// The address, where it is written.
  public let address: Located<String>

  /// The address.
  public var url: String { address.value }

  enum Key {
    static let relation = Field(
      "rel", .line, "What it leads to: website, trailer, press kit …", insteadOf: ["name", "label", "title"]
    ).required
    static let url = Field(
      "url", .located(.url), "The address.", insteadOf: ["link", "href", "website"]
    ).required
  }

  /// A link to `url`, which is called `relation`, as no file has it.
  init(relation: String, url: String) {
    self.relation = relation
    address = Located(url, at: ByteRange(at: 0))
  }

  /// The keys of a link.
  public static let fields: [AnyField] = [Key.relation.erased, Key.url.erased]

  /// As writers spell it.
  public static let example = "{rel: website, url: https://example.org/}"

  /// Of an address.
  public static func example(holding value: String) -> String? {
    isWebAddress(value) ? "{rel: website, url: \(yamlItem(value))}" : nil
  }

  /// Reads a link; `nil` when either key is missing.
  public init?(_ reader: inout FieldReader) {
    let relation = reader.required(Key.relation)
    let url = reader.required(Key.url)
    guard let relation, let url else { return nil }
    self.relation = relation
    address = url
  }
}

/// Who pays for a write-up or gives a prize.
public struct Sponsor: Record, Hashable {
  /// The name.
  public let name: String
  /// The sponsor's page, where it is written.
  public let address: Located<String>?

  /// The sponsor's page.
  public var url: String? { address?.value }

  enum Key {
    static let name = Field("name", .line, "The sponsor's name.").required
    static let url = Field(
      "url", .located(.url), "The sponsor's page.", insteadOf: ["link", "href", "website"])
  }

  /// The keys of a sponsor.
  public static let fields: [AnyField] = [Key.name.erased, Key.url.erased]

  /// Reads a sponsor; `nil` when it has no name.
  public init?(_ reader: inout FieldReader) {
    let name = reader.required(Key.name)
    address = reader.optional(Key.url)
    guard let name else { return nil }
    self.name = name
  }

  /// A sponsor that is only named.
  public init(name: String) {
    self.name = name
    address = nil
  }
}

extension Shape where Value == Sponsor {
  /// A name alone, or a mapping of name and url.
  static var sponsor: Shape<Sponsor> {
    Shape<Either<String, Sponsor>>.either(.line, .record(Sponsor.self)).map { either in
      switch either {
      case .first(let name): Sponsor(name: name)
      case .second(let sponsor): sponsor
      }
    }
  }
}

/// One step of a project's way, as written in front matter.
public struct StatusEntry: Record, Hashable {
  /// The day it was reached.
  public let date: CivilDate
  /// The stage.
  public let status: Status
  /// A word on it.
  public let note: String?
  /// Where it was announced, and where that is written.
  public let address: Located<String>?

  /// Where it was announced.
  public var url: String? { address?.value }

  enum Key {
    static let date = Field("date", .date, "The day the stage was reached.").required
    static let status = Field("status", .oneOf(Status.self), "The stage.").required
    static let note = Field("note", .line, "A word on it.")
    static let url = Field(
      "url", .located(.url), "Where it was announced.", insteadOf: ["link", "href", "website"])
  }

  /// The keys of a step.
  public static let fields: [AnyField] = [
    Key.date.erased, Key.status.erased, Key.note.erased, Key.url.erased,
  ]

  /// As writers spell it.
  public static let example = "{date: 2026-11-20, status: production}"

  /// Reads a step; `nil` when its date or status is missing.
  public init?(_ reader: inout FieldReader) {
    let date = reader.required(Key.date)
    let status = reader.required(Key.status)
    note = reader.optional(Key.note)
    address = reader.optional(Key.url)
    guard let date, let status else { return nil }
    self.date = date
    self.status = status
  }
}

/// `text` without white space at its ends and with one space for any run inside.
func singleSpaced(_ text: some StringProtocol) -> String {
  text.withUTF8Bytes(isSingleSpaced) ? String(text) : respaced(text)
}

private func respaced(_ text: some StringProtocol) -> String {
  text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }).joined(separator: " ")
}

/// Whether nothing is to be done; that no-break spaces may be there is reason enough for doing it.
private func isSingleSpaced(_ bytes: Span<UInt8>) -> Bool {
  var previous: UInt8 = 0x20
  for index in bytes.indices {
    let byte = bytes[index]
    if byte == 0x09 || byte == 0xC2 || (byte == 0x20 && previous == 0x20) { return false }
    previous = byte
  }
  return previous != 0x20
}

extension Diagnostic {
  fileprivate static func roleAsField(_ role: String, _ name: String, at location: Location) -> Diagnostic {
    let credit = "{role: \(yamlScalar(role)), name: \(yamlScalar(name))}"
    return .error(
      "write-up/role-as-field", "a credit has a 'role' and a 'name'", at: location, fix: "write \(credit)",
      edit: Edit(location.range, credit))
  }

  fileprivate static func emptyRole(at location: Location) -> Diagnostic {
    .error(
      "write-up/role", "this role has no letters, so that the credit would say nothing", at: location,
      fix: "write what the person does, such as 'role: Director'")
  }
}

extension Diagnostic {
  fileprivate static func notACurrency(_ text: String, at place: Location) -> Diagnostic {
    let codes = ["€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "us$": "USD", "us dollars": "USD"]
    let isCode = text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
    let code = isCode ? text.uppercased() : codes[text.lowercased()]
    return .error(
      "campaign/not-a-currency", "a currency is the three capital letters of its ISO 4217 code", at: place,
      fix: code.map { "write \($0)" } ?? "write one such as USD, EUR or CAD")
  }

  fileprivate static func endsBeforeLaunch(at place: Location) -> Diagnostic {
    .error(
      "campaign/ends-before-launch", "this campaign ends before it begins", at: place,
      fix: "correct 'launched' or 'deadline'")
  }
}
