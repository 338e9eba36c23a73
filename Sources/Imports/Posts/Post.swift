import CivilTime
import Columns
import YAML

/// What the file of a post or page tells, in the words of a write-up.
struct Post {
  let file: PostFile
  let names: PostNames
  let isPage: Bool
  let title: String
  /// The text, without the heading that is the title.
  let body: String
  /// When it appeared; `nil` where it doesn't say.
  let date: PostDate?
  /// The day in its old address, by the clock by which it was written.
  private let dayOfAddress: CivilDate?
  /// Why it is a draft; `nil` if it is none.
  private(set) var draftReason: String?
  /// Its old addresses, with a slash in front.
  private(set) var addresses: [String] = []
  private(set) var remarks: [String] = []
  private var updated: PostDate?
  /// From when on it isn't to be seen.
  private var expires: PostDate?
  private var authors: [String] = []
  private var tags: [String] = []
  private var format: Format?
  private var isClosed = false
  private var extra: [(key: String, value: WrittenValue)] = []
  /// The name of its file.
  let slug: String

  /// The fields that become others here; all further ones go under `extra`.
  private static let known: Set<String> = [
    "title", "date", "publishdate", "published", "draft", "status", "author", "authors", "tags", "tag",
    "category", "categories", "slug", "url", "permalink", "aliases", "redirect_from", "lastmod",
    "last_modified_at", "updated", "modified", "comments", "keywords", "expirydate",
  ]

  init(_ text: String, at path: String, isPage: Bool, _ settings: ImportSettings, _ site: PostSite) {
    file = PostFile(text)
    names = PostNames(path)
    self.isPage = isPage
    let named = file["title"]?.line
    let heading = named == nil ? Self.heading(file.body) : nil
    title = String((named ?? heading?.words ?? names.slug.replacing("-", with: " ")).prefix(500))
    body = heading?.rest ?? file.body
    slug = Self.slug(of: file["slug"]?.line ?? names.slug, title: title)
    let written = file.first(of: ["date", "publishdate"])
    var told = written.flatMap { PostDate($0, settings.zone) }
    // Jekyll's addresses go by the site's clock, Hugo's by that of the date itself, and none by a `publishDate`.
    let day =
      site.generator == .hugo
      ? written.flatMap { PostDate(String($0.prefix { $0.isNumber || $0 == "-" }), settings.zone)?.date }
      : nil
    dayOfAddress = day ?? told?.date ?? names.date
    // Hugo shows nothing before its `publishDate`.
    if let later = file["publishdate"]?.line.flatMap({ PostDate($0, settings.zone) }),
      let date = told ?? names.date.map(PostDate.init), date.date < later.date
    {
      told = later
    }
    date = told ?? names.date.map(PostDate.init)
    expires = file["expirydate"]?.line.flatMap { PostDate($0, settings.zone) }
    updated = file.first(of: ["lastmod", "last_modified_at", "updated", "modified"]).flatMap {
      PostDate($0, settings.zone)
    }
    if named == nil, heading == nil { remarks.append("it has no title; its file's name stands in for it") }
    if let written, told == nil { remarks.append("its date '\(written.prefix(40))' can't be read") }
    findState(path)
    findAuthors()
    let categories = findTags(settings)
    findAddresses(site, categories)
    isClosed = file["comments"]?.isFalse ?? false
    findRest()
  }

  private static func slug(of name: String, title: String) -> String {
    let slug = [name, title].lazy.map { Columns.slug(for: $0) }.first { !$0.isEmpty } ?? "untitled"
    return slug == "index" || isReservedName(slug) ? slug + "-post" : slug
  }

  /// The words of the heading that the text begins with, and the text behind it.
  private static func heading(_ body: String) -> (words: String, rest: String)? {
    let start = body.drop { $0.isWhitespace }
    guard start.hasPrefix("# ") else { return nil }
    let line = start.prefix { $0 != "\n" }
    return plainLine(String(line.dropFirst(2))).nonEmpty.map { ($0, String(start[line.endIndex...])) }
  }

  private mutating func findState(_ path: String) {
    let status = file["status"]?.line?.lowercased() ?? ""
    if file["draft"]?.isTrue ?? false || file["published"]?.isFalse ?? false
      || path.split(separator: "/").contains("_drafts")
      || status == "draft"
    {
      draftReason = "it was a draft"
    } else if ["private", "hidden", "skip", "featured-draft"].contains(status) {
      draftReason = "its status was '\(status)'"
    } else if file["headless"]?.isTrue ?? false {
      draftReason = "it was headless, and no page of its own"
    } else if [file["build"], file["_build"]].contains(where: { $0?.hidesPage ?? false }) {
      draftReason = "its 'build' let no page be made of it"
    }
  }

  /// Why it can't be published on `today` as a page, which no date holds back.
  func reasonAgainstPage(on today: CivilDate) -> String? {
    if let expires, expires.date <= today { return "it expired on \(expires.date)" }
    guard let date, date.date > today, file["publishdate"] != nil || file["date"] != nil else { return nil }
    return "it was scheduled for \(date.date)"
  }

  private mutating func findAuthors() {
    let found = (file["authors"]?.lines ?? []) + (file["author"]?.lines ?? [])
    var known: Set<String> = []
    for name in found where known.insert(name).inserted {
      if name.contains("@") {
        remarks.append("an author is only known by an e-mail address, which is left out")
      } else {
        authors.append(name)
      }
    }
  }

  /// Finds tags and the format; returns the categories.
  private mutating func findTags(_ settings: ImportSettings) -> [String] {
    let categories =
      (file["categories"]?.words(dividedBySpaces: true) ?? [])
      + (file["category"]?.words(dividedBySpaces: false) ?? [])
    let all =
      categories + (file["tags"]?.words(dividedBySpaces: true) ?? [])
      + (file["tag"]?.words(dividedBySpaces: false) ?? [])
      + (file["keywords"]?.words(dividedBySpaces: false) ?? [])
    var slugs: Set<String> = []
    for name in all {
      let slug = Columns.slug(for: name)
      guard !slug.isEmpty, slug != "uncategorized", slug != Columns.slug(for: settings.columnName) else {
        continue
      }
      if format == nil,
        let known = Format.allCases.first(where: {
          $0.rawValue == slug || Columns.slug(for: $0.label) == slug
        })
      {
        format = known
      } else if slugs.insert(slug).inserted, tags.count < 100 {
        tags.append(String(name.prefix(200)))
      }
    }
    return categories
  }

  private mutating func findAddresses(_ site: PostSite, _ categories: [String]) {
    var found: [String] = []
    var known: Set<String> = []
    func add(_ address: String) {
      var path = address
      if isWebAddress(address) {
        path = SiteAddresses.Parts(address)?.path ?? ""
      } else if !path.isEmpty {
        // What stands in front matter begins at the site's root.
        path = site.basePath + (path.hasPrefix("/") ? "" : "/") + path
      }
      guard !path.isEmpty else { return }
      if !path.hasPrefix("/") { path = "/" + path }
      if known.insert(path).inserted { found.append(path) }
    }
    // One with `:title` in it is a pattern.
    let own = file.first(of: ["url", "permalink"]).flatMap {
      $0.contains(":") && !isWebAddress($0) ? nil : $0
    }
    if let own {
      add(own)
    } else if let address = isPage
      ? site.address(ofPage: named)
      : site.address(
        of: names, slug: file["slug"]?.line, title: title, dayOfAddress, categories: categories)
    {
      if known.insert(address).inserted { found.append(address) }
    }
    for key in ["aliases", "redirect_from"] { for address in file[key]?.lines ?? [] { add(address) } }
    addresses = found
  }

  /// The names with the slug that the post gives itself.
  private var named: PostNames {
    var result = names
    if let slug = file["slug"]?.line { result.slug = slug }
    return result
  }

  private mutating func findRest() {
    let rest = file.fields.filter { !Self.known.contains($0.key.lowercased()) }
    if isPage {
      if let expires { remarks.append("it was to expire on \(expires.date), which no page does here") }
      let left = rest.map(\.key).filter { $0.lowercased() != "description" }
      if !left.isEmpty {
        remarks.append("fields left out: \(cleaned(left.joined(separator: ", ")).prefix(200))")
      }
      return
    }
    var keys: Set<String> = []
    for entry in rest {
      guard isPlainKey(entry.key), keys.insert(entry.key).inserted else {
        remarks.append("field left out: \(cleaned(entry.key).prefix(60))")
        continue
      }
      if let value = entry.value.written { extra.append((entry.key, value)) }
    }
    if !extra.isEmpty { remarks.append("under 'extra': \(extra.map(\.key).joined(separator: ", "))") }
  }

  typealias Field = (key: String, value: WrittenValue)

  /// The front matter, with `date` where it tells none.
  func written(aliases: [String], isDraft: Bool, undated date: CivilDate) -> [Field] {
    var fields: [Field] = [("title", .text(title))]
    if isPage {
      if let description = file["description"]?.line { fields.append(("description", .text(description))) }
    } else {
      fields.append(("date", .plain((self.date ?? PostDate(date)).text)))
    }
    if let updated { fields.append(("updated", .plain(updated.text))) }
    if let expires, !isPage { fields.append(("expires", .plain(expires.text))) }
    if isDraft { fields.append(("draft", .plain("true"))) }
    if !aliases.isEmpty { fields.append(("aliases", .list(aliases.map(WrittenValue.text)))) }
    guard !isPage else { return fields }
    if !authors.isEmpty { fields.append(("authors", .list(authors.map(WrittenValue.text)))) }
    if let format { fields.append(("format", .plain(format.rawValue))) }
    if !tags.isEmpty { fields.append(("tags", .list(tags.map(WrittenValue.text)))) }
    if isClosed { fields.append(("comments", .plain("closed"))) }
    if !extra.isEmpty { fields.append(("extra", .mapping(extra))) }
    return fields
  }
}
