import Columns
import SourceText
import XML
import YAML

/// The text of an item on its way into a file.
struct ItemText {
  private let item: ExportItem
  private let survey: ExportSurvey
  private var body = ""
  /// What its labels tell.
  private(set) var form: ProjectForm
  private(set) var notes = ConversionNotes()
  private(set) var remarks: [String] = []
  /// The files of the old site that it shows or leads to.
  let media: [String]

  init(_ item: ExportItem, _ survey: ExportSurvey) {
    self.item = item
    self.survey = survey
    let content = cleaned(item.content)
    let attachments = survey.attachments
    var shortcodes = Shortcodes(own: survey.attachmentsOfPost[item.id] ?? []) { attachments[$0] }
    let html = shortcodes.expand(content)
    let files = MediaList()
    var options = ConversionOptions()
    options.breaksLines = !Bytes(content).has("<!-- wp:")
    let resolver = AddressResolver(item, survey)
    options.address = { resolver.resolved($0, isMedia: $1) }
    var blocks: [Block]
    do throws(HTMLProblem) {
      (blocks, notes) = Conversion.blocks(of: try parseHTML(html), options)
    } catch {
      blocks = [.code(html, language: "html")]
      notes.lose("the markup of the whole text, which is \(error.words)")
    }
    notes.add(shortcodes.notes)
    files.add(blocks, survey.addresses)
    media = files.addresses
    if item.type == "post" {
      form = ProjectForm(LabelledText(blocks, survey.settings.labels))
      blocks = form.body
    } else {
      form = ProjectForm(LabelledText([], Labels()))
    }
    body = MarkdownWriter(allowsHTML: true).markdown(blocks)
  }

  /// Keeps the whole text as a block of code.
  mutating func keepWhole() {
    form = ProjectForm(LabelledText([], Labels()))
    body = MarkdownWriter(allowsHTML: true).markdown([.code(cleaned(item.content), language: "html")])
  }

  /// The file with `fields` above the text.
  func file(_ fields: ItemFields, path: String) -> String {
    "---\n" + yamlLines(item.type == "page" ? fields.page : fields.writeUp(form)) + "---\n"
      + (body.isEmpty ? "" : "\n" + body)
  }
}

/// Where the addresses of an item lead after the import.
struct AddressResolver: Sendable {
  private let addresses: SiteAddresses
  private let pathOfAddress: [String: String]
  private let hasMedia: @Sendable (String) -> Bool
  private let page: String
  /// The places within the text that are kept.
  private let anchors: Set<String>

  init(_ item: ExportItem, _ survey: ExportSurvey) {
    addresses = survey.addresses
    pathOfAddress = survey.pathOfAddress
    hasMedia = survey.hasMedia
    page = item.link
    anchors = Self.anchors(item.content)
  }

  private static func anchors(_ content: String) -> Set<String> {
    var result: Set<String> = []
    let text = Bytes(content)
    for lead in ["<a name=\"", "<a id=\""] {
      var index = 0
      while let found = text.range(of: lead, from: index), result.count < 1000 {
        index = found.upperBound
        guard let end = text.range(of: "\">", from: index), end.lowerBound - index < 200 else { continue }
        result.insert(String(decoding: text.bytes[index..<end.lowerBound], as: UTF8.self))
      }
    }
    return result
  }

  /// `address` as it is to be written: to a file of `content/` where it leads to one, else absolute; `nil` if it is not
  /// safe.
  func resolved(_ address: String, isMedia: Bool) -> String? {
    if address.hasPrefix("#"), anchors.contains(String(address.dropFirst())) { return address }
    guard let absolute = addresses.absolute(address, on: page, isMedia: isMedia) else { return nil }
    if let file = addresses.file(absolute), hasMedia(file) { return "/" + percentEncoded(file) }
    guard !isMedia else { return absolute }
    let bare = absolute.prefix { $0 != "#" }
    if let key = addresses.key(String(bare)), let path = pathOfAddress[key] { return "/" + path }
    return absolute
  }
}

/// The files of the old site that a text shows or leads to.
private final class MediaList {
  private(set) var addresses: [String] = []

  func add(_ blocks: [Block], _ site: SiteAddresses) {
    for block in blocks {
      switch block {
      case .paragraph(let lines), .heading(_, let lines): add(lines, site)
      case .quote(let blocks): add(blocks, site)
      case .list(let list): for item in list.items { add(item, site) }
      case .table(let table): for cell in table.rows.joined() { add(cell, site) }
      case .code, .rule, .embed, .html: break
      }
    }
  }

  private func add(_ lines: [Inline], _ site: SiteAddresses) {
    for inline in lines {
      switch inline {
      case .image(let image): add(image.address, site)
      case .styled(let kind, let inside):
        if case .link(let address) = kind, address.contains("/uploads/") { add(address, site) }
        add(inside, site)
      case .text, .code, .lineBreak, .html: break
      }
    }
  }

  private func add(_ address: String, _ site: SiteAddresses) {
    if site.file(address) != nil || address.hasPrefix("/") { addresses.append(address) }
  }
}

/// The bytes of a text, which may be long, for finding words in it.
struct Bytes {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether `word` stands in it.
  func has(_ word: String) -> Bool { range(of: word, from: 0) != nil }

  /// Where `word` stands first, from `start` on.
  func range(of word: String, from start: Int) -> Range<Int>? {
    let word = Array(word.utf8)
    guard let first = word.first else { return nil }
    var index = start
    while index < bytes.count, let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: word) { return found..<(found + word.count) }
      index = found + 1
    }
    return nil
  }
}
