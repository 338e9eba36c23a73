import CivilTime
import Markdown
import SourceText
import YAML

/// The comments that readers left under one write-up, as their file has them.
public struct CommentsSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The comments in the order of the file.
  public let comments: [CommentSource]
}

/// One reader's comment. Its text is not trusted.
public struct CommentSource: Sendable {
  /// A name for others to reply to, unique in its file: the `id` written, else one that follows from what the comment
  /// says, so that it stays when others are taken away; with a number behind it where another comment has it.
  public let id: String
  /// Who wrote it; `nil` for the anonymous.
  public let author: String?
  /// When it was written.
  public let date: Moment?
  /// The author's own page.
  public let url: String?
  /// The index, in the file, of the comment that it answers; always smaller than its own.
  public let repliesTo: Int?
  /// Where it stands in its file.
  public let place: ByteRange
  /// The text as HTML without anything that a reader could do harm with.
  public let body: MarkdownDocument
}

extension CommentSource {
  /// The `id` of its place on the page, which stays when others are taken away: `comment-` and its name, or, where that
  /// would not do in an address, what follows from it.
  public var anchor: String {
    let isPlain = id.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return "comment-" + (isPlain ? id : derivedID(date: nil, author: nil, text: id))
  }
}

extension CommentsSource {
  /// As many comments as one file can have.
  static let limit = 100_000

  private struct Entry: Record {
    let id: Located<String>?
    let author: String?
    let date: Moment?
    let url: String?
    let replyTo: Located<String>?
    let body: Located<String>

    enum Key {
      static let id = Field("id", .located(.line), "A short name for others to reply to.")
      static let receivedID = Field("_id", .located(.line), "The same, as Staticman writes it.")
      static let author = Field(
        "author", .line, "Who wrote it; left out for the anonymous.", insteadOf: ["name"])
      static let date = Field("date", .moment, "When it was written.")
      static let url = Field("url", .url, "The author's own page.")
      static let replyTo = Field(
        "reply_to", .located(.line), "The id of the comment it answers, or its number from 1.")
      static let body = Field(
        "body", .located(.text), "The text, in Markdown without HTML.",
        insteadOf: ["message", "comment", "text"]
      ).required
    }

    /// What services that receive comments keep of their writers, and nobody should publish.
    static let personalKeys = ["email", "mail", "email_hash", "ip", "_ip", "user_agent"]

    static let fields: [AnyField] = [
      Key.id.erased, Key.receivedID.erased, Key.author.erased, Key.date.erased, Key.url.erased,
      Key.replyTo.erased,
      Key.body.erased,
    ]

    init?(_ reader: inout FieldReader) {
      let receivedID = reader.optional(Key.receivedID)
      id = reader.optional(Key.id) ?? receivedID
      author = reader.optional(Key.author)
      date = reader.optional(Key.date)
      url = reader.optional(Key.url)
      replyTo = reader.optional(Key.replyTo)
      guard let body = reader.required(Key.body) else { return nil }
      self.body = body
    }
  }

  /// The keys of a comment.
  public static var fields: [AnyField] { Entry.fields }

  /// A whole file.
  public static var schema: Schema { .array(of: .object(fields)) }

  /// Reads a comments file: a list of comments. Problems are reported; what can be read is kept.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> CommentsSource {
    var options = MarkdownOptions.comment
    options.smartPunctuation = smartPunctuation
    guard let node = YAML.parse(source, diagnostics: &diagnostics), node.scalar?.isUnreadable != true else {
      return CommentsSource(path: path, comments: [])
    }
    guard case .sequence(let nodes) = node.content else {
      diagnostics.append(.notAList(at: Location(path: source.path, range: node.range)))
      return CommentsSource(path: path, comments: [])
    }
    var comments: [CommentSource] = []
    if nodes.count > limit {
      diagnostics.append(
        .tooMany("comments", limit: limit, at: Location(path: source.path, range: nodes[limit].range)))
    }
    var readers = nodes.prefix(limit).map { node in
      FieldReader(
        withoutPersonalFields(node, in: source.path, diagnostics: &diagnostics), in: source.path,
        at: node.range, fields: Entry.fields)
    }
    let entries = readers.indices.map { Entry(&readers[$0]) }
    var names = CommentNames(written: Set(entries.compactMap { $0?.id?.value }))
    for (index, entry) in entries.enumerated() {
      var reader = readers[index]
      if let entry {
        if let id = entry.id?.value, names.isTaken(id) {
          reader.report(.duplicateID(id, at: reader.location(of: "id")))
        }
        var repliesTo: Int?
        if let reply = entry.replyTo?.value {
          let place = reader.location(of: "reply_to")
          repliesTo = names.index(of: reply)
          if repliesTo == nil, let answered = names.comment(at: reply) {
            repliesTo = answered.index
            reader.report(.numberedReply(reply, answered.id, at: place))
          } else if repliesTo == nil {
            reader.report(.unknownReply(reply, fix: names.fix(for: reply), at: place))
          }
        }
        let id = names.name(
          entry.id?.value, or: derivedID(date: entry.date, author: entry.author, text: entry.body.value),
          at: comments.count, number: index + 1)
        let text = Source(path: source.path, text: entry.body.value)
        var problems: [Diagnostic] = []
        let body = parseMarkdown(
          text, in: ByteRange(0, text.bytes.count), options: options, diagnostics: &problems)
        for var problem in problems {
          problem.location = Location(path: source.path, range: entry.body.range)
          reader.report(problem)
        }
        comments.append(
          CommentSource(
            id: id, author: entry.author, date: entry.date, url: entry.url, repliesTo: repliesTo,
            place: nodes[index].range, body: body))
      }
      diagnostics += reader.finish()
    }
    return CommentsSource(path: path, comments: comments)
  }
}

extension CommentsSource {
  /// A comment without what is nobody's business, which is reported.
  private static func withoutPersonalFields(
    _ node: Node, in path: String, diagnostics: inout [Diagnostic]
  ) -> Node {
    guard case .mapping(let entries) = node.content else { return node }
    let personal = entries.filter { Entry.personalKeys.contains($0.key) }
    guard !personal.isEmpty else { return node }
    diagnostics += personal.map { .personalData($0.key, at: Location(path: path, range: $0.keyRange)) }
    return Node(.mapping(entries.filter { !Entry.personalKeys.contains($0.key) }), at: node.range)
  }
}

extension Diagnostic {
  fileprivate static func personalData(_ key: String, at location: Location) -> Diagnostic {
    .error(
      "comments/personal-data",
      "'\(key)' tells who a reader is: nothing shows it, and whoever gets hold of the file has it, a hash of it too",
      at: location, fix: "take it out, here and in what writes these files")
  }

  fileprivate static func notAList(at location: Location) -> Diagnostic {
    .error(
      "comments/not-a-list", "a comments file holds a list of comments", at: location,
      fix: "begin each comment with '- author:' or '- body:'")
  }

  fileprivate static func unknownReply(_ id: String, fix: String, at location: Location) -> Diagnostic {
    .error(
      "comments/unknown-reply", "no comment above this one is called '\(id)'", at: location, fix: fix)
  }

  fileprivate static func numberedReply(_ number: String, _ id: String, at location: Location) -> Diagnostic {
    .warning(
      "comments/numbered-reply",
      "comment \(number) is another one as soon as one above it is taken away, and this would answer that",
      at: location, fix: "write \(id)",
      // In quotes it is a text, whatever it looks like.
      edit: id.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
        ? Edit(location.range, "\"\(id)\"") : nil)
  }

  fileprivate static func duplicateID(_ id: String, at location: Location) -> Diagnostic {
    .error(
      "comments/duplicate-id", "two comments are called '\(id)'", at: location, fix: "give each its own id")
  }
}
