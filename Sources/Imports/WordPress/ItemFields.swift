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
    let own = Set(item.metaKeys.filter { !$0.hasPrefix("_") && $0 != "footnotes" }.map { cleaned($0) })
    if !own.isEmpty {
      remarks.append("custom fields left out: \(own.sorted().prefix(8).joined(separator: ", "))")
    }
  }

  private mutating func findStatus() {
    switch item.status {
    case "future" where item.type == "page":
      // A page has no date that would hold it back.
      draftReason = "it was scheduled for \(date.date)"
    case "publish", "future": break
    case "draft": draftReason = "it was a draft"
    case "pending": draftReason = "it was waiting for review"
    case "private": draftReason = "it was private"
    default: draftReason = "its status was '\(cleaned(item.status).prefix(40))'"
    }
    if item.hasPassword { draftReason = "it asked for a password" }
    guard item.type == "post", survey.ownDate(of: item) == nil else { return }
    let written = trimmed(cleaned(item.date))
    remarks.append(
      "it has no date\(written.isEmpty ? "" : " that there is, but '\(written.prefix(40))'"), and \(date.date) stands in for it"
    )
    if draftReason == nil { draftReason = "it has no date" }
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
      let address = AddressResolver(item, "", survey).resolved(file.address, as: .media),
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
    var found: [(address: String, isFormerName: Bool)] = []
    if let parts = SiteAddresses.Parts(item.link), parts.host == site.host {
      found.append((parts.path + parts.query, false))
      if parts.query.isEmpty {
        var segments = parts.path.split(separator: "/").map(String.init)
        for index in item.metaKeys.indices where item.metaKeys[index] == "_wp_old_slug" && !segments.isEmpty {
          segments[segments.count - 1] = trimmed(item.metaValues[index])
          found.append(("/" + segments.joined(separator: "/") + (parts.path.hasSuffix("/") ? "/" : ""), true))
        }
      }
    }
    if item.id > 0 {
      found.append(("\(site.basePath)/?\(item.type == "page" ? "page_id" : "p")=\(item.id)", false))
    }
    let own = survey.newAddress(of: item, at: path).lowercased()
    for (address, isFormerName) in found.prefix(100) where !aliases.contains(address) {
      let isPath = !address.contains("?")
      let key = addressKey(String(address.prefix { $0 != "?" }))
      guard isFormerAddress(address), !(isPath && key.isEmpty) else {
        if address != "/" {
          remarks.append("its old address '\(cleaned(address).prefix(100))' can't be kept")
        }
        continue
      }
      guard isPath else {
        let query = address.drop { $0 != "?" }.lowercased()
        if survey.settings.takenAddresses.contains(key + query) {
          remarks.append("its old address '\(cleaned(address).prefix(100))' is another page's now")
        } else {
          aliases.append(address)
        }
        continue
      }
      guard key != own else { continue }
      if isFormerName && survey.isCurrent(key) || survey.newAddresses[key] != nil
        || survey.settings.takenAddresses.contains(key) || isSitegens(key.split(separator: "/"))
      {
        remarks.append("its old address '\(cleaned(address).prefix(100))' is another page's now")
      } else {
        aliases.append(address)
      }
    }
  }

  /// Whether sitegen has, or may have one day, a page of its own at the address of these parts.
  private func isSitegens(_ parts: [Substring]) -> Bool {
    let first = String(parts[0])
    guard parts.count > 1 else { return survey.settings.isReserved(first) }
    if survey.settings.columns.contains(first) || first == survey.settings.folder {
      // Weeks, months and years begin with four digits; deeper than these are only write-ups.
      return ["page", "weeks", "a-z", "winners", "feed", "feed.xml", "atom.xml", "feed.json"].contains(
        parts[1])
        || parts.count == 2 && parts[1].utf8.count <= 8 && parts[1].prefix(4).allSatisfy(\.isNumber)
    }
    guard isReservedFolder(first) else { return false }
    return parts.count == 2 || parts[2] == "page" || ["assets", "api", "oembed", "search"].contains(first)
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
            form.credits.map { .mapping([("role", .text($0.role)), ("name", .text($0.name))]) })
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
