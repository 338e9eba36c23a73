import CivilTime
import Columns
import SourceText
import YAML

/// The front matter of an item.
struct ItemFields {
  typealias Field = (key: String, value: WrittenValue)

  let title: String
  let date: Timestamp
  var aliases: [String] = []
  /// Why it is a draft; `nil` if it is none.
  var draftReason: String?
  private(set) var remarks: [String] = []
  private(set) var media: [String] = []
  private let item: ExportItem
  private let survey: ExportSurvey
  private var authors: [String] = []
  private var tags: [String] = []
  private var format: Format?
  private var image: (source: String, words: String)?

  init(_ item: ExportItem, at path: String, _ survey: ExportSurvey) {
    self.item = item
    self.survey = survey
    date = survey.date(of: item)
    let plain = plainLine(item.title)
    if plain.isEmpty {
      title = "Untitled \(item.id)"
      remarks.append("it has no title")
    } else {
      title = String(plain.prefix(500))
    }
    findStatus()
    findAuthor()
    findTerms()
    findPicture()
    findAliases(path)
    if item.isSticky { remarks.append("it was sticky, which nothing is here") }
    if !trimmed(item.excerpt).isEmpty, item.type == "post" {
      remarks.append("its excerpt is kept under 'extra'")
    }
    let own = Set(item.metaKeys.filter { !$0.hasPrefix("_") }.map { cleaned($0) })
    if !own.isEmpty {
      remarks.append("custom fields left out: \(own.sorted().prefix(8).joined(separator: ", "))")
    }
  }

  private mutating func findStatus() {
    switch item.status {
    case "publish", "future": break
    case "draft": draftReason = "it was a draft"
    case "pending": draftReason = "it was waiting for review"
    case "private": draftReason = "it was private"
    default: draftReason = "its status was '\(cleaned(item.status).prefix(40))'"
    }
    if item.hasPassword { draftReason = "it asked for a password" }
  }

  private mutating func findAuthor() {
    let name = plainLine(survey.site.authors[item.creator].flatMap(\.nonEmpty) ?? item.creator)
    guard !name.isEmpty else { return }
    if name.contains("@") {
      remarks.append("its author is only known by an e-mail address, which is left out")
    } else {
      authors = [name]
    }
  }

  private mutating func findTerms() {
    var slugs: Set<String> = []
    for term in item.terms {
      let name = plainLine(term.name)
      let slug = Columns.slug(for: name)
      switch term.domain {
      case "category", "post_tag":
        guard !slug.isEmpty, slug != "uncategorized", slug != Columns.slug(for: survey.settings.columnName),
          slug != Columns.slug(for: survey.settings.itemLabel)
        else { continue }
        if let known = Format.allCases.first(where: {
          $0.rawValue == slug || Columns.slug(for: $0.label) == slug
        }),
          item.type == "post"
        {
          format = format ?? known
        } else if slugs.insert(slug).inserted, tags.count < 100 {
          tags.append(String(name.prefix(200)))
        }
      case "post_format": remarks.append("its format '\(name)' is left out")
      default: remarks.append("filed under '\(name)' of '\(plainLine(term.domain))', which is left out")
      }
    }
  }

  private mutating func findPicture() {
    guard item.type == "post", let id = item.meta("_thumbnail_id").flatMap({ Int(trimmed($0)) }), id != 0
    else { return }
    guard let file = survey.attachments[id],
      let address = AddressResolver(item, survey).resolved(file.address, isMedia: true),
      address.hasPrefix("/") || isWebAddress(address)
    else {
      remarks.append("its featured image is not in the export")
      return
    }
    media.append(file.address)
    image = (address, file.words.nonEmpty ?? title)
    if file.words.isEmpty {
      remarks.append("its featured image has no words of its own; they are the title's")
    }
  }

  /// Every address that the item had: where it stood, by its number, by names that it had before.
  private mutating func findAliases(_ path: String) {
    let site = survey.addresses
    var found: [String] = []
    if let parts = SiteAddresses.Parts(item.link), parts.host == site.host {
      found.append(parts.path + parts.query)
      if parts.query.isEmpty {
        var segments = parts.path.split(separator: "/").map(String.init)
        for index in item.metaKeys.indices where item.metaKeys[index] == "_wp_old_slug" && !segments.isEmpty {
          segments[segments.count - 1] = trimmed(item.metaValues[index])
          found.append("/" + segments.joined(separator: "/") + (parts.path.hasSuffix("/") ? "/" : ""))
        }
      }
    }
    if item.id > 0 { found.append("\(site.basePath)/?\(item.type == "page" ? "page_id" : "p")=\(item.id)") }
    let own = ownAddress(path)
    for address in found.prefix(100) where !aliases.contains(address) {
      let segments = percentDecoded(String(address.prefix { $0 != "?" })).split(separator: "/").map(
        String.init)
      let isPath = !address.contains("?")
      guard isFormerAddress(address), !(isPath && segments.isEmpty) else {
        if address != "/" {
          remarks.append("its old address '\(cleaned(address).prefix(100))' can't be kept")
        }
        continue
      }
      guard !(isPath && segments.joined(separator: "/").lowercased() == own.lowercased()) else { continue }
      let isTaken =
        isPath && survey.isReserved(segments[0]) && (segments.count != 2 || segments[1].utf8.count <= 8)
      guard !isTaken else {
        remarks.append("its old address '\(cleaned(address).prefix(100))' is another page's now")
        continue
      }
      aliases.append(address)
    }
  }

  /// The address that it gets, without slashes at its ends.
  private func ownAddress(_ path: String) -> String {
    let path = ContentPath(path)
    if item.type == "page" { return path.text.dropFirst("pages/".count).dropLast(".md".count).description }
    return survey.settings.permalink.address(
      column: survey.settings.folder, date: date.date, week: ISOWeek(of: date.date), slug: path.stem)
  }

  // MARK: - Fields

  /// The fields of a free page.
  var page: [Field] {
    var fields: [Field] = [("title", .text(title))]
    let excerpt = plainLine(item.excerpt)
    if !excerpt.isEmpty { fields.append(("description", .text(excerpt))) }
    addState(to: &fields)
    return fields
  }

  /// The fields of a write-up that tells `form`.
  func writeUp(_ form: ProjectForm) -> [Field] {
    var fields: [Field] = []
    let lead = [survey.settings.itemLabel, survey.settings.columnName].lazy.map { $0 + ": " }
      .first { title.lowercased().hasPrefix($0.lowercased()) && title.count > $0.count }
    if let name = form.title {
      fields += [("title", .text(name)), ("headline", .text(title))]
    } else if survey.settings.isProjects, let lead {
      fields += [("title", .text(String(title.dropFirst(lead.count)))), ("headline", .text(title))]
    } else {
      fields.append(("title", .text(title)))
    }
    fields.append(("date", .plain(date.rfc3339)))
    addState(to: &fields)
    if !authors.isEmpty { fields.append(("authors", .list(authors.map(WrittenValue.text)))) }
    if let format { fields.append(("format", .plain(format.rawValue))) }
    if let logline = form.logline { fields.append(("logline", .text(logline))) }
    if let status = form.status { fields.append(("status", .plain(status.rawValue))) }
    if !form.credits.isEmpty {
      fields.append(
        (
          "credits",
          .list(
            form.credits.prefix(1000).map { .mapping([("role", .text($0.role)), ("name", .text($0.name))]) })
        ))
    }
    if let campaign = form.campaign {
      fields.append(
        ("campaign", .mapping([("platform", .text(campaign.platform)), ("url", .text(campaign.url))])))
    }
    if let image {
      fields.append(
        ("images", .list([.mapping([("src", .text(image.source)), ("alt", .text(image.words))])])))
    }
    if !form.links.isEmpty {
      fields.append(
        ("links", .list(form.links.map { .mapping([("rel", .text($0.relation)), ("url", .text($0.url))]) })))
    }
    if !tags.isEmpty { fields.append(("tags", .list(tags.map(WrittenValue.text)))) }
    if item.commentStatus == "closed" { fields.append(("comments", .plain("closed"))) }
    let excerpt = plainLine(item.excerpt)
    if !excerpt.isEmpty { fields.append(("extra", .mapping([("excerpt", .text(excerpt))]))) }
    return fields
  }

  private func addState(to fields: inout [Field]) {
    if draftReason != nil { fields.append(("draft", .plain("true"))) }
    if !aliases.isEmpty { fields.append(("aliases", .list(aliases.map(WrittenValue.text)))) }
  }
}
