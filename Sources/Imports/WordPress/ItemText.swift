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
  private(set) var media: [String] = []
  /// Whether its markup was too strange to be read, so that it stands here as it was written.
  private(set) var isUnread = false

  init(_ item: ExportItem, _ survey: ExportSurvey) {
    self.item = item
    self.survey = survey
    let content = cleaned(item.content)
    let attachments = survey.attachments
    var shared = SharedBlocks(survey.sharedBlocks)
    var shortcodes = Shortcodes(own: survey.attachmentsOfPost[item.id] ?? []) { attachments[$0] }
    let html = shortcodes.expand(shared.expand(content))
    var options = ConversionOptions()
    options.breaksLines = !Bytes(content).has("<!-- wp:")
    let footnotes = Self.footnotes(of: item)
    for (index, note) in footnotes.enumerated() { options.footnotes[note.id] = index + 1 }
    let resolver = AddressResolver(item, html, survey)
    options.address = { resolver.resolved($0, as: $1) }
    var blocks: [Block]
    do throws(HTMLProblem) {
      (blocks, notes) = Conversion.blocks(of: try parseHTML(html), options)
    } catch {
      blocks = [.verbatim(html, language: "html")]
      notes.lose("the markup of the whole text, which is \(error.words)")
      isUnread = true
    }
    if !footnotes.isEmpty { blocks += Self.definitions(of: footnotes, options, &notes) }
    notes.add(shared.notes)
    notes.add(shortcodes.notes)
    media = notes.media.compactMap { survey.addresses.absolute($0, on: item.link, isMedia: true) }
    if item.type == "post" {
      form = ProjectForm(LabelledText(blocks, survey.settings.labels))
      blocks = form.body
    } else {
      form = ProjectForm(LabelledText([], Labels()))
    }
    body = MarkdownWriter(allowsHTML: true).markdown(blocks)
  }

  /// The notes that the block editor keeps beside the text, with the names by which it refers to them.
  private static func footnotes(of item: ExportItem) -> [(id: String, html: String)] {
    guard let json = item.meta("footnotes").map(trimmed), json.hasPrefix("[") else { return [] }
    guard case .list(let notes)? = PostFile("{\"notes\": \(json)}\n")["notes"] else { return [] }
    return notes.prefix(1000).compactMap { note in
      guard case .mapping(let entries) = note else { return nil }
      func text(_ key: String) -> String? {
        switch entries.first(where: { $0.key == key })?.value {
        case .text(let text)?, .plain(let text)?: text
        default: nil
        }
      }
      guard let id = text("id"), let html = text("content") else { return nil }
      return (id, html)
    }
  }

  /// The notes as Markdown has them; those that nothing refers to are listed as lost.
  private static func definitions(
    of footnotes: [(id: String, html: String)], _ options: ConversionOptions, _ notes: inout ConversionNotes
  ) -> [Block] {
    let referred = Set(notes.references)
    var blocks: [Block] = []
    for (index, note) in footnotes.enumerated() {
      let conversion = Conversion(of: note.html, options: options)
      guard referred.contains(index + 1), !conversion.markdown.isEmpty else {
        notes.lose("a note that nothing in the text refers to")
        continue
      }
      notes.add(conversion.notes)
      let lines = conversion.markdown.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      blocks.append(.html("[^\(index + 1)]: " + lines.joined(separator: "\n    ")))
    }
    return blocks
  }

  /// Keeps the whole text as a block of code.
  mutating func keepWhole() {
    form = ProjectForm(LabelledText([], Labels()))
    body = MarkdownWriter(allowsHTML: true).markdown([.verbatim(cleaned(item.content), language: "html")])
  }

  /// The file with `fields` above the text.
  func file(_ fields: ItemFields) -> String {
    "---\n" + yamlLines(item.type == "page" ? fields.page : fields.writeUp(form)) + "---\n"
      + (body.isEmpty ? "" : "\n" + body)
  }
}

/// Where the addresses of an item lead after the import.
struct AddressResolver: Sendable {
  private let survey: ExportSurvey
  private let page: String
  /// The places within the text that are kept.
  private let places: Set<String>

  /// That of addresses in `text`, a part of `item`.
  init(_ item: ExportItem, _ text: String, _ survey: ExportSurvey) {
    self.survey = survey
    page = item.link
    places = anchors(in: text)
  }

  /// `address` as it is to be written: to a file of `content/` where it leads to one, else absolute; `nil` if it is not
  /// safe.
  func resolved(_ address: String, as use: AddressUse) -> String? {
    if address.hasPrefix("#"), places.contains(percentDecoded(String(address.dropFirst()))) { return address }
    let site = survey.addresses
    guard let absolute = site.absolute(address, on: page, isMedia: use.isMedia) else { return nil }
    let isKept = use == .keptLink || use == .keptMedia
    // HTML that is kept is not looked into by a build: its addresses have to be those of the site.
    let root = isKept ? survey.settings.rootPath : ""
    if let file = site.file(absolute), survey.hasMedia(file) { return root + "/" + percentEncoded(file) }
    guard !use.isMedia, let destination = survey.destination(absolute) else { return absolute }
    return isKept
      ? "\(root)/\(percentEncoded(destination.address))/\(destination.place)"
      : "/\(destination.path)\(destination.place)"
  }
}
