import Columns
import Markdown
import SourceText
import YAML

extension Target {
  /// The readers of whole files, each with a path that it would have.
  static let sources: [Target] = [
    source("write-up", "project-of-the-day/2026/11/2026-11-20-salt.md", WriteUpSource.parse) { $0?.body },
    source(
      "week", "project-of-the-day/2026/11/_week.md",
      { PeriodSource.parse($0, at: $1, as: .week, smartPunctuation: $2, diagnostics: &$3) }
    ) { $0?.body },
    source("column", "project-of-the-day/_column.md", ColumnSource.parse) { _ in nil },
    source("person", "people/ann-shinn.md", PersonSource.parse) { $0?.body },
    source("page", "pages/about.md", FreePageSource.parse) { $0?.body },
    comments, site,
  ]

  private typealias Parse<Value> = @Sendable (Source, ContentPath, Bool, inout [Diagnostic]) -> Value

  private static func source<Value>(
    _ name: String, _ path: String, _ parse: @escaping Parse<Value>,
    body: @escaping @Sendable (Value) -> MarkdownDocument?
  ) -> Target {
    Target(name, enlarge: enlargeFrontMatter) { bytes in
      let path = ContentPath(path)
      let file = Source(path: path.sourcePath, bytes: bytes)
      let (value, diagnostics) = demandSameTwice(of: file) { parse($0, path, true, &$1) }
      if let body = body(value) { demandSound(body, in: file) }
      guard case Optional<Any>.none = value as Any? else { return }
      demand(diagnostics.contains { $0.severity == .error }, "there is nothing, and nothing is said")
    }
  }

  /// Comments, whose texts are strangers'.
  private static let comments = Target("comments") { bytes in
    let path = ContentPath("project-of-the-day/2026/11/2026-11-20-salt.comments.yaml")
    let file = Source(path: path.sourcePath, bytes: bytes)
    let (value, _) = demandSameTwice(of: file) { file, diagnostics in
      CommentsSource.parse(file, at: path, smartPunctuation: true, diagnostics: &diagnostics)
    }
    var ids: Set<String> = []
    for (index, comment) in value.comments.enumerated() {
      demand(ids.insert(comment.id).inserted, "two comments are called \(comment.id)")
      demand((comment.repliesTo ?? -1) < index, "comment \(index) answers a later one")
      let problem = Tags.ofComments.problem(in: comment.body.html)
      demand(problem == nil, "\(problem ?? "") in:\n\(String(decoding: comment.body.html, as: UTF8.self))")
      demand(isUTF8(comment.body.html), "the HTML is no UTF-8")
      demand(!isDangerous(comment.url ?? ""), "the address \(comment.url ?? "")")
    }
  }

  private static let site = Target("site") { bytes in
    let file = Source(path: "content/site.yaml", bytes: bytes)
    _ = demandSameTwice(of: file) { file, diagnostics in
      let node = YAML.parse(file, diagnostics: &diagnostics)
      var reader = FieldReader(node, in: file.path, at: ByteRange(at: 0), fields: SiteConfiguration.fields)
      let site = SiteConfiguration(&reader)
      diagnostics += reader.finish()
      return site
    }
  }

  /// YAML by itself, and each front matter that it could be.
  static let yaml = Target("yaml") { bytes in
    let file = Source(path: "a.yaml", bytes: bytes)
    let (node, diagnostics) = demandSameTwice(of: file) { YAML.parse($0, diagnostics: &$1) }
    if let node { demandNodes(node, in: bytes) }
    for diagnostic in diagnostics { demand(diagnostic.id != "yaml/syntax", diagnostic.message) }
    var reader = FieldReader(node, in: file.path, at: ByteRange(at: 0), fields: [])
    _ = reader.optional(Field("date", .moment, ""))
    _ = reader.optional(Field("day", .date, ""))
    _ = reader.optional(Field("week", .week, ""))
    _ = reader.optional(Field("month", .month, ""))
    _ = reader.optional(Field("url", .url, ""))
    _ = reader.optional(Field("slug", .slug, ""))
    _ = reader.optional(Field("path", .formerAddress, ""))
    _ = reader.optional(Field("number", .number(in: 0...1_000), ""))
    _ = reader.optional(Field("integer", .integer(in: -5...1_000_000), ""))
    _ = reader.optional(Field("yes", .boolean, ""))
    _ = reader.optional(Field("lines", .list(of: .line), ""))
    _ = reader.optional(Field("weekday", .weekday, ""))
    demandPlaces(of: reader.finish(), in: [file])
    var problems: [Diagnostic] = []
    if let parts = FrontMatter.split(file, diagnostics: &problems) {
      demandPlace(parts.yaml, in: bytes, "front matter")
      demandPlace(parts.body, in: bytes, "body")
      demand(parts.yaml.upperBound <= parts.body.lowerBound, "the body begins in the front matter")
      if let node = YAML.parse(file, in: parts.yaml, diagnostics: &problems) {
        demandNodes(node, in: bytes)
      }
    }
    demandPlaces(of: problems, in: [file])
  }

  private static func demandNodes(_ node: Node, in bytes: [UInt8]) {
    demandPlace(node.range, in: bytes, "node")
    switch node.content {
    case .scalar: break
    case .sequence(let nodes): for node in nodes { demandNodes(node, in: bytes) }
    case .mapping(let entries):
      for entry in entries {
        demandPlace(entry.keyRange, in: bytes, "key \(entry.key)")
        demandNodes(entry.value, in: bytes)
      }
    }
  }

  /// The front matter's fields again and again, then the body.
  @Sendable private static func enlargeFrontMatter(_ bytes: [UInt8]) -> [UInt8] {
    var ignored: [Diagnostic] = []
    guard let parts = FrontMatter.split(Source(path: "", bytes: bytes), diagnostics: &ignored) else {
      return repeated(bytes)
    }
    let fence = Array("---\n".utf8)
    return fence + repeated(bytes[parts.yaml.indices], upTo: 32 << 10) + fence
      + repeated(bytes[parts.body.indices], upTo: 32 << 10)
  }
}
