import CivilTime
import Columns
import SourceText
import YAML

/// The comments of an item that were published, as a comments file.
///
/// It is read back as a build reads it: a comment that would be refused is left out, and counted.
struct ItemComments {
  /// The file, in order of time, each comment behind the one that it answers; empty for none.
  private(set) var text = ""
  /// How many comments are in it.
  private(set) var count = 0
  /// How many were left out, by reason.
  private(set) var leftOut: [String: Int] = [:]

  init(_ item: ExportItem, at path: String, _ survey: ExportSurvey) {
    var options = ConversionOptions()
    options.isComment = true
    options.breaksLines = true
    let resolver = AddressResolver(item, "", survey)
    options.address = { resolver.resolved($0, as: $1) }
    var kept: [(comment: ExportItem.Comment, body: String, date: Timestamp?)] = []
    for comment in item.comments {
      if let reason = reason(against: comment) {
        leftOut[reason, default: 0] += 1
        continue
      }
      let body = trimmed(Conversion(of: cleaned(comment.content), options: options).markdown)
      guard !body.isEmpty, body.utf8.count < 64 << 10 else {
        leftOut[body.isEmpty ? "without text" : "too long", default: 0] += 1
        continue
      }
      kept.append((comment, body, survey.moment(gmt: comment.dateGMT, local: comment.date)))
    }
    func write() {
      var ids: Set<Int> = []
      let order = Self.order(kept.map { ($0.comment.id, $0.comment.parent, $0.date?.seconds ?? 0) })
      let entries = order.map { index, answered in
        let (comment, body, date) = kept[index]
        // Of two with one number, the first has it.
        let hasID = comment.id > 0 && ids.insert(comment.id).inserted
        return Self.entry(comment, body, date, hasID: hasID, answers: answered)
      }
      count = entries.count
      text = entries.isEmpty ? "" : yamlLines(entries)
    }
    write()
    guard !text.isEmpty, Self.isRefused(text, at: path) else { return }
    let all = kept.count
    kept.removeAll { comment, body, date in
      let entry = Self.entry(comment, body, date, hasID: true, answers: false)
      return Self.isRefused(yamlLines([entry]), at: path)
    }
    write()
    if Self.isRefused(text, at: path) { (count, text) = (0, "") }
    leftOut["refused by a build", default: 0] += all - count
  }

  private static func entry(
    _ comment: ExportItem.Comment, _ body: String, _ date: Timestamp?, hasID: Bool, answers: Bool
  ) -> WrittenValue {
    var fields: [(key: String, value: WrittenValue)] = []
    if hasID, comment.id > 0 { fields.append(("id", .text("c\(comment.id)"))) }
    if let author = name(comment.author) { fields.append(("author", .text(author))) }
    if let date { fields.append(("date", .plain(date.rfc3339))) }
    if let url = page(comment.url) { fields.append(("url", .text(url))) }
    if answers { fields.append(("reply_to", .text("c\(comment.parent)"))) }
    fields.append(("body", .text(body)))
    return .mapping(fields)
  }

  /// Whether a build would refuse the comments file `text`.
  private static func isRefused(_ text: String, at path: String) -> Bool {
    guard text.utf8.count <= byteLimit else { return true }
    let path = ContentPath(path)
    var diagnostics: [Diagnostic] = []
    _ = CommentsSource.parse(
      Source(path: path.sourcePath, text: text), at: path, smartPunctuation: true, diagnostics: &diagnostics)
    return diagnostics.contains { $0.severity == .error }
  }

  /// What a build reads of one file.
  private static let byteLimit = 16 << 20

  private func reason(against comment: ExportItem.Comment) -> String? {
    switch comment.type {
    case "", "comment": break
    case "pingback", "trackback": return comment.type
    default: return "of the type '\(cleaned(comment.type).prefix(40))'"
    }
    switch comment.approved {
    case "1", "approve": return nil
    case "0", "hold": return "not approved"
    case "spam": return "spam"
    case "trash", "post-trashed": return "in the trash"
    default: return "not approved"
    }
  }

  /// The indices in the order of time, in which each answer comes behind what it answers, and whether it answers one of
  /// them.
  private static func order(_ comments: [(id: Int, parent: Int, seconds: Int64)]) -> [(
    index: Int, answers: Bool
  )] {
    var indexOfID: [Int: Int] = [:]
    for (index, comment) in comments.enumerated() where comment.id > 0 && indexOfID[comment.id] == nil {
      indexOfID[comment.id] = index
    }
    var answers = [[Int]](repeating: [], count: comments.count)
    var roots: [Int] = []
    for (index, comment) in comments.enumerated() {
      if let parent = indexOfID[comment.parent], parent != index {
        answers[parent].append(index)
      } else {
        roots.append(index)
      }
    }
    func earlier(_ left: Int, _ right: Int) -> Bool {
      (comments[left].seconds, left) < (comments[right].seconds, right)
    }
    var placed = [Bool](repeating: false, count: comments.count)
    var result: [(index: Int, answers: Bool)] = []
    // Those that answer each other in a circle begin with the first.
    var starts = roots.sorted(by: earlier)[...]
    var next = 0
    while true {
      var stack: [(index: Int, answers: Bool)] = []
      if let root = starts.popFirst() {
        stack.append((root, false))
      } else {
        while next < comments.count, placed[next] { next += 1 }
        guard next < comments.count else { break }
        stack.append((next, false))
      }
      while let entry = stack.popLast() {
        guard !placed[entry.index] else { continue }
        placed[entry.index] = true
        result.append(entry)
        for answer in answers[entry.index].sorted(by: earlier).reversed() { stack.append((answer, true)) }
      }
    }
    return result
  }

  /// A name as it can be shown; `nil` for the anonymous, and for what is an address of mail or of the network.
  private static func name(_ text: String) -> String? {
    let name = String(plainLine(text).prefix(200))
    guard !name.isEmpty, name.lowercased() != "anonymous", !name.contains("@"),
      !name.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == ":" })
        || name.contains(where: { $0.isLetter && !$0.isHexDigit })
        || !name.contains(where: { $0 == "." || $0 == ":" })
    else { return nil }
    return name
  }

  private static func page(_ text: String) -> String? {
    let address = trimmed(cleaned(text))
    return isWebAddress(address) && address.utf8.count < 1000 ? address : nil
  }
}
