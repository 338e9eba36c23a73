import CivilTime
import Columns
import YAML

/// What a post's file tells, in the words of a write-up.
struct Post {
  let file: PostFile
  let names: PostNames
  let title: String
  let date: PostDate
  /// Why it is a draft; `nil` if it is none.
  private(set) var draftReason: String?
  /// Its old addresses, with a slash in front.
  private(set) var addresses: [String] = []
  private(set) var remarks: [String] = []
  private var updated: PostDate?
  private var authors: [String] = []
  private var tags: [String] = []
  private var format: Format?
  private var isClosed = false
  private var extra: [(key: String, value: WrittenValue)] = []
  /// The name of its file.
  private(set) var slug: String

  /// The fields that become others here; all further ones go under `extra`.
  private static let known: Set<String> = [
    "title", "date", "publishdate", "published", "draft", "status", "author", "authors", "tags", "tag",
    "category",
    "categories", "slug", "url", "permalink", "aliases", "redirect_from", "lastmod", "last_modified_at",
    "updated",
    "modified", "comments", "keywords",
  ]

  init(_ text: String, at path: String, _ settings: ImportSettings, _ site: PostSite) {
    file = PostFile(text)
    names = PostNames(path)
    let name = file["slug"]?.line ?? names.slug
    let words = file["title"]?.line ?? Self.heading(file.body)
    title = String((words ?? names.slug.replacing("-", with: " ")).prefix(500))
    if words == nil { remarks.append("it has no title; its file's name stands in for it") }
    slug = Columns.slug(for: name)
    if slug.isEmpty { slug = Columns.slug(for: title) }
    if slug.isEmpty { slug = "untitled" }
    if slug == "index" || isReservedName(slug) { slug += "-post" }
    let written = ["date", "publishdate"].lazy.compactMap { [file] in file[$0]?.line }.first
    let told = written.flatMap { PostDate($0, settings.zone) }
    date = told ?? names.date.map(PostDate.init) ?? PostDate(Timestamp(seconds: 0).date)
    if let written, told == nil { remarks.append("its date '\(written.prefix(40))' can't be read") }
    if told == nil, names.date == nil { draftReason = "it has no date" }
    if told != nil || names.date != nil { findState(path) }
    updated =
      ["lastmod", "last_modified_at", "updated", "modified"].lazy.compactMap { [file] in
        file[$0]?.line.flatMap { PostDate($0, settings.zone) }
      }.first
    findAuthors()
    let categories = findTags(settings)
    findAddresses(site, categories, isDated: told != nil || names.date != nil)
    isClosed = file["comments"]?.isFalse ?? false
    for entry in file.fields where !Self.known.contains(entry.key.lowercased()) {
      guard isPlainKey(entry.key), !extra.contains(where: { $0.key == entry.key }) else {
        remarks.append("field left out: \(cleaned(entry.key).prefix(60))")
        continue
      }
      if let value = entry.value.written { extra.append((entry.key, value)) }
    }
    if !extra.isEmpty { remarks.append("under 'extra': \(extra.map(\.key).joined(separator: ", "))") }
  }

  private static func heading(_ body: String) -> String? {
    for line in body.split(separator: "\n").prefix(5) where line.hasPrefix("# ") {
      return plainLine(String(line.dropFirst(2))).nonEmpty
    }
    return nil
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
    }
  }

  private mutating func findAuthors() {
    let found = (file["authors"]?.lines ?? []) + (file["author"]?.lines ?? [])
    for name in found where !authors.contains(name) {
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

  private mutating func findAddresses(_ site: PostSite, _ categories: [String], isDated: Bool) {
    var found: [String] = []
    func add(_ address: String) {
      var path = address
      if isWebAddress(address) { path = SiteAddresses.Parts(address)?.path ?? "" }
      guard !path.isEmpty else { return }
      if !path.hasPrefix("/") { path = "/" + path }
      if !found.contains(path) { found.append(path) }
    }
    let own = ["url", "permalink"].lazy.compactMap { [file] in file[$0]?.line }.first {
      !$0.contains(":title")
    }
    if let own {
      add(own)
    } else if let address = site.address(of: named, date.date, isDated: isDated, categories: categories) {
      add(address)
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

  /// The front matter.
  func written(aliases: [String], isDraft: Bool) -> [(key: String, value: WrittenValue)] {
    var fields: [(key: String, value: WrittenValue)] = [("title", .text(title)), ("date", .plain(date.text))]
    if let updated { fields.append(("updated", .plain(updated.text))) }
    if isDraft { fields.append(("draft", .plain("true"))) }
    if !aliases.isEmpty { fields.append(("aliases", .list(aliases.map(WrittenValue.text)))) }
    if !authors.isEmpty { fields.append(("authors", .list(authors.map(WrittenValue.text)))) }
    if let format { fields.append(("format", .plain(format.rawValue))) }
    if !tags.isEmpty { fields.append(("tags", .list(tags.map(WrittenValue.text)))) }
    if isClosed { fields.append(("comments", .plain("closed"))) }
    if !extra.isEmpty { fields.append(("extra", .mapping(extra))) }
    return fields
  }
}
