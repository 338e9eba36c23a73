import Imports
public import SourceText

/// What came of an import.
public struct ImportReport: Sendable {
  /// What kept it from being made.
  public var diagnostics: [Diagnostic] = []
  /// Whether it came to its end.
  public internal(set) var isComplete = false
  /// Whether the export changed while files were written.
  public internal(set) var isInterrupted = false
  /// Whether nothing was written, as was asked for.
  public internal(set) var isDryRun = false
  /// The files of the old site that are still to be fetched.
  public internal(set) var mediaToFetch: [String] = []
  /// How many items there are of each kind.
  var counts: [String: Int] = [:]
  /// How many comments and attachments there are, where they are counted.
  private var found: (comments: Int, attachments: Int, sharedBlocks: Int)?
  var media: OldMedia?
  var mediaAddresses: [String] = []
  var mediaCount = 0
  var mediaOutcomes: [String: Int] = [:]
  /// Files of kinds that are not copied, by their paths.
  var mediaLeftOut: [String] = []
  /// Files of the old site whose addresses no list can hold, and those of other sites.
  private var mediaUnlisted: [String] = []
  private var mediaElsewhere: [String] = []
  private var mediaSeen: Set<String> = []
  /// Posts and pages by what became of their files.
  private var outcomes: [String: [ImportedFiles.Outcome: Int]] = [:]
  private var failures: [String: Int] = [:]
  /// Files of text that are no posts or pages, by reason.
  private var filesLeftOut: [String: [String]] = [:]
  /// Posts that an earlier import put into other columns, and the folders of these.
  private var elsewhere: (count: Int, folders: Set<String>) = (0, [])
  /// How many posts and pages were in another encoding than UTF-8.
  var otherEncodings = 0
  private var heldBack = 0
  private var commentCount = 0
  private var commentsLeftOut: [String: Int] = [:]
  private var notes = ConversionNotes()
  private var items: [UInt8] = []
  private var attention: [String] = []

  /// Takes note of what is in an export.
  mutating func note(_ survey: ExportSurvey) {
    counts = survey.counts
    let attachments = counts.filter { $0.key.hasPrefix("attachment (") }.values.reduce(0, +)
    found = (survey.commentCount, attachments, counts["wp_block (publish)"] ?? 0)
  }

  /// Ends an import that wrote all of its files.
  mutating func end(files: inout ImportedFiles, isDryRun: Bool) throws(SystemError) {
    self.isDryRun = isDryRun
    if try files.finish() { isComplete = true } else { leaveLedger() }
  }

  /// Ends an import that wrote some of its files.
  mutating func interrupt(_ files: inout ImportedFiles) throws(SystemError) {
    isInterrupted = true
    if try !files.finish() { leaveLedger() }
  }

  private mutating func leaveLedger() {
    isInterrupted = true
    diagnostics.append(.ledgerLeft)
  }

  /// Takes note of an item and of what became of its files.
  mutating func add(_ item: ConvertedItem, _ results: [ImportedFiles.Outcome]) {
    var lines = ["\(item.type) \(item.id): \(item.title)"]
    if let failure = item.failure {
      failures[item.type, default: 0] += 1
      lines.append("not brought over: \(failure)")
      attention.append("\(item.type) \(item.id), '\(item.title)', was not brought over: \(failure)")
    }
    if let path = item.elsewhere {
      elsewhere.count += 1
      elsewhere.folders.insert(String(path.prefix { $0 != "/" }))
      lines.append("content/\(path): in another column since an earlier import, and left")
    }
    for (file, result) in zip(item.files, results) {
      lines.append("content/\(file.path): \(words(result))")
      switch result {
      case .edited: attention.append("content/\(file.path) was edited since, and is left as it is")
      case .removed: attention.append("content/\(file.path) was taken away since, and is not written again")
      case .foreign: attention.append("content/\(file.path) is somebody else's, and left as it is")
      case .written, .rewritten, .unchanged: break
      }
    }
    if let result = results.first { outcomes[item.type, default: [:]][result, default: 0] += 1 }
    if let reason = item.heldBack {
      heldBack += 1
      lines.append("a draft: \(reason)")
    }
    if !item.fields.isEmpty { lines.append("read as fields: \(item.fields.joined(separator: ", "))") }
    lines += item.remarks
    if !item.notes.kept.isEmpty { lines.append("kept as HTML: \(list(item.notes.kept))") }
    if !item.notes.lost.isEmpty { lines.append("lost: \(list(item.notes.lost))") }
    commentCount += item.commentCount
    commentsLeftOut.merge(item.commentsLeftOut, uniquingKeysWith: +)
    if item.commentCount > 0 { lines.append("comments: \(item.commentCount)") }
    if !item.commentsLeftOut.isEmpty { lines.append("comments left out: \(list(item.commentsLeftOut))") }
    notes.kept.merge(item.notes.kept, uniquingKeysWith: +)
    notes.lost.merge(item.notes.lost, uniquingKeysWith: +)
    mediaAddresses += item.media
    items += (visible(lines[0]) + "\n").utf8
    for line in lines.dropFirst() { items += ("    " + visible(line) + "\n").utf8 }
  }

  /// Takes note of a file that a text shows and that is neither copied nor listed to be fetched.
  mutating func note(unlisted address: String, ofSite isOnSite: Bool) {
    // Of a player or a folder there is no file.
    let parts = address.prefix { $0 != "?" && $0 != "#" }.split(
      separator: "/", omittingEmptySubsequences: false)
    guard parts.count > (address.contains("://") ? 3 : 1), parts.last?.contains(".") ?? false,
      !address.hasPrefix("data:"), mediaSeen.insert(address).inserted
    else { return }
    if isOnSite { mediaUnlisted.append(address) } else { mediaElsewhere.append(address) }
  }

  /// Takes note of a file of text that is neither post nor page.
  mutating func leaveOut(_ path: String, because reason: String) {
    filesLeftOut[reason, default: []].append(path)
  }

  private func words(_ outcome: ImportedFiles.Outcome) -> String {
    switch outcome {
    case .written: "written"
    case .rewritten: "written anew"
    case .unchanged: "as it was"
    case .edited: "edited since, and left"
    case .removed: "taken away since, and left out"
    case .foreign: "somebody else's, and left"
    }
  }

  private func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { $0.value == 1 ? $0.key : "\($0.key) (\($0.value))" }.joined(
      separator: ", ")
  }

  /// `text` without characters that could drive a terminal.
  private func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
            "\u{FFFD}"
          default: scalar
          }
        }))
  }

  /// The totals, and what an editor has to look at.
  public var summary: String {
    guard isComplete else { return "" }
    var text = ["post", "page"].map(total).joined()
    if let found { text += comments(found.comments, found.attachments) }
    text += mediaTotal + leftOutTotal
    if let count = found?.sharedBlocks, count > 0 {
      text += "\(count) shared block\(count == 1 ? "" : "s") put where they are used\n"
    }
    if otherEncodings > 0 {
      text +=
        "\(otherEncodings) \(otherEncodings == 1 ? "is" : "are") no UTF-8, and read as Windows-1252: look whether letters with accents are right\n"
    }
    if heldBack > 0 { text += "\(heldBack) \(heldBack == 1 ? "is a draft" : "are drafts") here\n" }
    if elsewhere.count > 0 {
      let folders = elsewhere.folders.sorted().map { "content/\($0)/" }.joined(separator: ", ")
      text +=
        "what an earlier import put into \(visible(folders)) stays there: to have a post in this column instead, delete its file there, and import again\n"
    }
    if !notes.kept.isEmpty { text += "kept as HTML: \(list(notes.kept))\n" }
    if !notes.lost.isEmpty { text += "lost: \(visible(list(notes.lost)))\n" }
    for line in attention.prefix(20) { text += "\(visible(line))\n" }
    if attention.count > 20 { text += "and \(attention.count - 20) more like these\n" }
    if isDryRun { text += "Nothing written: --dry-run.\n" }
    return text
  }

  /// What became of the posts or pages; nothing where there couldn't be any.
  private func total(_ type: String) -> String {
    let total = counts.filter { $0.key.hasPrefix("\(type) (") }.values.reduce(0, +)
    guard total > 0 || type == "post" || found != nil else { return "" }
    let results = outcomes[type] ?? [:]
    var parts = ImportedFiles.Outcome.allCases.compactMap { outcome in
      results[outcome].map { "\($0) \(words(outcome))" }
    }
    if let count = failures[type] { parts.append("\(count) not brought over") }
    let others = type == "post" ? elsewhere.count : 0
    if others > 0 { parts.append("\(others) in another column since an earlier import, and left") }
    let rest = total - results.values.reduce(0, +) - (failures[type] ?? 0) - others
    if rest > 0 { parts.append("\(rest) left out (trash and the like)") }
    let plural = total == 1 ? "" : "s"
    return "\(total) \(type)\(plural): \(parts.isEmpty ? "none" : parts.joined(separator: ", "))\n"
  }

  /// What became of the comments, and the beginning of the line on media.
  private func comments(_ count: Int, _ attachments: Int) -> String {
    let lost = commentsLeftOut.values.reduce(0, +)
    let rest = count - commentCount - lost
    var left = commentsLeftOut
    if rest > 0 { left["on what is left out"] = rest }
    var text = "\(count) comment\(count == 1 ? "" : "s"): \(commentCount) brought over"
    text += left.isEmpty ? "\n" : ", \(lost + max(0, rest)) left out: \(list(left))\n"
    let plural = attachments == 1 ? "" : "s"
    return text + "\(attachments) attachment\(plural) in the export; with what texts show, "
  }

  private var mediaTotal: String {
    var text =
      "\(mediaCount) media file\(mediaCount == 1 ? "" : "s"): \(mediaOutcomes["written"] ?? 0) copied, "
    text += "\((mediaOutcomes["unchanged"] ?? 0)) there already, \(mediaToFetch.count) to fetch"
    text += mediaOutcomes["foreign"].map { ", \($0) left, as another file has their name\n" } ?? "\n"
    if !mediaElsewhere.isEmpty {
      text += "\(mediaElsewhere.count) of other sites, which texts show from there\n"
    }
    if !mediaUnlisted.isEmpty {
      let names = mediaUnlisted.prefix(5).joined(separator: ", ") + (mediaUnlisted.count > 5 ? " …" : "")
      text +=
        "\(mediaUnlisted.count) of the old site not listed, as their addresses are no files' (a query, or a name that none has here): \(visible(names)); texts show them from there\n"
    }
    if !mediaLeftOut.isEmpty {
      let names = mediaLeftOut.prefix(5).joined(separator: ", ") + (mediaLeftOut.count > 5 ? " …" : "")
      text +=
        "\(mediaLeftOut.count) of them not copied, as such files could run in a browser or on a server: \(visible(names)); look at them, and copy by hand what is good\n"
    }
    return text
  }

  private var leftOutTotal: String {
    var text = ""
    let told = ["post (", "page (", "attachment (", "wp_block (publish"]
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where !told.contains(where: kind.hasPrefix) {
      text += "\(count) \(visible(kind)) left out\n"
    }
    for (reason, paths) in filesLeftOut.sorted(by: { $0.key < $1.key }) {
      text += "\(paths.count) file\(paths.count == 1 ? "" : "s") of text left out: \(reason)\n"
    }
    return text
  }

  /// The totals, every post and page, and the files that are still to be fetched.
  public var bytes: [UInt8] {
    var result = Array((Self.firstLine + "\n" + summary + "\n").utf8) + items
    for (reason, paths) in filesLeftOut.sorted(by: { $0.key < $1.key }) {
      result += "\nLeft out, \(reason):\n".utf8
      for path in paths { result += "    \(visible(path))\n".utf8 }
    }
    for (title, addresses) in [
      ("Files of other sites", mediaElsewhere), ("Files of the old site that aren't listed", mediaUnlisted),
    ] where !addresses.isEmpty {
      result += "\n\(title):\n".utf8
      for address in addresses { result += "    \(visible(address))\n".utf8 }
    }
    if !mediaToFetch.isEmpty {
      result += ("\nTo fetch:\n" + mediaToFetch.joined(separator: "\n") + "\n").utf8
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static var ledgerLeft: Diagnostic {
    .error(
      "import/ledger",
      "content/\(ImportLedger.file) is a link, or was changed meanwhile, and is left as it is: what this import wrote stands in content/\(ImportLedger.journal)",
      at: nil,
      fix: "put the file itself in the place of the link, keep both with the content, and import again")
  }
}
