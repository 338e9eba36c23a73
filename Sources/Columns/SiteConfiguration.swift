import CivilTime
import SourceText
import YAML

/// What `site.yaml` says.
public struct SiteConfiguration: Record {
  /// The site's name.
  public let title: String
  /// One sentence about the site.
  public let description: String?
  /// The absolute address at which the site will stand, ending in `/`.
  public private(set) var url: String?
  /// The name of the zone in which bare dates are meant, such as `America/New_York`.
  public let timezone: Located<String>?
  /// The language tag of the content as it is written, such as `en`; `nil` where none is, and English is meant.
  public let writtenLanguage: Located<String>?
  /// The theme's name, a folder of `themes/`.
  public let theme: Located<String>
  /// Values for the theme's options.
  public let options: Node?
  /// The links of the main menu.
  public let menu: [MenuEntry]
  /// Who publishes the site.
  public let author: String?
  /// A copyright line.
  public let copyright: String?
  /// Which form local links take.
  public private(set) var links: LinkForm
  /// Whether straight quotes and double hyphens become typographic ones.
  public let smartPunctuation: Bool
  /// Whether the site has a search page with an index.
  public let hasSearch: Bool
  /// Whether the archive is published as JSON, too.
  public let hasAPI: Bool
  /// Whether write-ups say to other programs how to embed them.
  public let hasOEmbed: Bool
  /// Whether the weeks are also written as mails and as a feed.
  public let hasDigests: Bool
  /// How readers can comment; `nil` when they can't.
  public let commentForm: CommentForm?

  /// The theme of sites that name none.
  public static let defaultTheme = "marquee"

  enum Key {
    static let title = Field("title", .line, "The site's name.").required
    static let description = Field("description", .text, "One sentence about the site.")
    static let url = Field(
      "url", .url, "The absolute address of the site; needed for feeds, the sitemap and canonical links.")
    static let timezone = Field(
      "timezone", .located(.line), "The zone of bare dates, such as America/New_York; UTC by default.")
    static let language = Field("language", .located(.line), "The language of the content, such as en.")
    static let theme = Field(
      "theme", .located(.line), "The theme: a folder of themes/ or one that ships with sitegen.")
    static let options = Field("options", .node, "Values for the theme's options.")
    static let menu = Field("menu", .list(of: .record(MenuEntry.self)), "The links of the main menu.")
    static let author = Field("author", .line, "Who publishes the site.")
    static let copyright = Field("copyright", .line, "A copyright line for the foot of each page.")
    static let links = Field(
      "links", .oneOf(LinkForm.self),
      "directory (the default) for web servers; file for pages opened from disk.")
    static let smartPunctuation = Field(
      "smart_punctuation", .boolean, "Whether quotes and dashes become typographic; true by default.")
    static let search = Field(
      "search", .boolean, "Whether the site has a search page; true by default.")
    static let api = Field(
      "api", .boolean, "Whether the archive is published as JSON in api/, too; true by default.")
    static let oEmbed = Field(
      "oembed", .boolean, "Whether each write-up has a file for programs that embed it; true by default.")
    static let digests = Field(
      "digests", .boolean, "Whether each week is written as a mail, too; true by default.")
    static let comments = Field(
      "comments", .record(CommentForm.self), "How readers can comment: by a form, or by mail.")
  }

  /// The keys of `site.yaml`.
  public static let fields: [AnyField] = [
    Key.title.erased, Key.description.erased, Key.url.erased, Key.timezone.erased, Key.language.erased,
    Key.theme.erased, Key.options.erased, Key.menu.erased, Key.author.erased, Key.copyright.erased,
    Key.links.erased, Key.smartPunctuation.erased, Key.search.erased,
    Key.api.erased, Key.oEmbed.erased, Key.digests.erased, Key.comments.erased,
  ]

  /// Reads the configuration; `nil` when it has no title.
  public init?(_ reader: inout FieldReader) {
    let title = reader.required(Key.title)
    description = reader.optional(Key.description)
    url = nil
    if let written = reader.optional(Key.url) {
      if SiteConfiguration.isSiteURL(written) {
        url = written.hasSuffix("/") ? written : written + "/"
      } else {
        reader.report(.notASiteURL(written, at: reader.location(of: "url")))
      }
    }
    timezone = reader.optional(Key.timezone)
    writtenLanguage = reader.optional(Key.language)
    theme =
      reader.optional(Key.theme)
      ?? Located(SiteConfiguration.defaultTheme, at: reader.location(of: "title").range)
    options = reader.optional(Key.options)
    menu = reader.optional(Key.menu) ?? []
    author = reader.optional(Key.author)
    copyright = reader.optional(Key.copyright)
    links = reader.optional(Key.links) ?? .directory
    smartPunctuation = reader.optional(Key.smartPunctuation) ?? true
    hasSearch = reader.optional(Key.search) ?? true
    hasAPI = reader.optional(Key.api) ?? true
    hasOEmbed = reader.optional(Key.oEmbed) ?? true
    hasDigests = reader.optional(Key.digests) ?? true
    commentForm = reader.optional(Key.comments)
    guard let title else { return nil }
    self.title = title
  }

  /// Whether a site can stand at `url`: an absolute `http` or `https` address of a host or of a folder there,
  /// without a query, a fragment, the name of a file or escapes of what is no text. A folder whose name has a dot in it
  /// ends in `/`.
  public static func isSiteURL(_ url: String) -> Bool {
    let bytes = url.utf8
    guard let colon = bytes.firstIndex(of: 0x3A), bytes[colon...].starts(with: "://".utf8) else {
      return false
    }
    let scheme = url[..<colon].lowercased()
    guard scheme == "http" || scheme == "https" else { return false }
    let isPlain = url.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "?", "#", "<", ">", "\"", "{", "}", "|", "\\", "^", "`", "\u{7F}": false
      default: scalar.value > 0x20 && !scalar.properties.isWhitespace
      }
    }
    let parts = bytes[colon...].dropFirst(3).split(separator: 0x2F, omittingEmptySubsequences: false)
    guard isPlain, hasPlainEscapes(url), let host = parts.first, let first = host.first, first != 0x2E,
      first != 0x3A, !host.contains(0x40)
    else { return false }
    let folders = parts.dropFirst()
    return !(folders.last?.contains(0x2E) ?? false)
      && folders.dropLast().allSatisfy {
        !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
      }
  }

  /// The language tag of the content.
  public var language: String { writtenLanguage?.value ?? "en" }

  /// Whether the language is written from right to left: by the script that its tag names, or else by what it
  /// is usually written in.
  public var isRightToLeft: Bool {
    let parts = language.lowercased().split(separator: "-")
    if let script = parts.dropFirst().first(where: { $0.count == 4 && $0.allSatisfy(\.isLetter) }) {
      return ["arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "samr"].contains(script)
    }
    let languages: Set<Substring> = [
      "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi", "ji",
    ]
    return parts.first.map(languages.contains) ?? false
  }

  /// Replaces what the command line says differently; `url` must be one that ``isSiteURL(_:)`` allows.
  public mutating func override(links: LinkForm?, url: String?) {
    if let links { self.links = links }
    if let url { self.url = url.hasSuffix("/") ? url : url + "/" }
  }
}

/// One link of the main menu.
public struct MenuEntry: Record {
  /// The words of the link.
  public let label: String
  /// Where it leads: a path in `content/`, a page's address, or an absolute URL.
  public let link: Located<String>

  enum Key {
    static let label = Field("label", .line, "The words of the link.").required
    static let link = Field(
      "link", .located(.line), "Where it leads: /pages/about.md, /project-of-the-day/ or a URL."
    ).required
  }

  /// The keys of a menu entry.
  public static let fields: [AnyField] = [Key.label.erased, Key.link.erased]

  /// Reads one entry; `nil` when either key is missing.
  public init?(_ reader: inout FieldReader) {
    let label = reader.required(Key.label)
    let link = reader.required(Key.link)
    guard let label, let link else { return nil }
    self.label = label
    self.link = link
  }
}

extension Diagnostic {
  fileprivate static func notASiteURL(_ url: String, at location: Location) -> Diagnostic {
    let plain = String(url.prefix { $0 != "?" && $0 != "#" })
    let folder = plain.lastIndex(of: "/").map { String(plain[...$0]) } ?? plain
    let candidate = [plain, folder].first(where: SiteConfiguration.isSiteURL)
    return .error(
      "site/url", "a site stands at a host or in a folder there, not at a file or a query", at: location,
      fix: candidate.map { "write \($0)" } ?? "write an address such as https://example.org/")
  }
}
