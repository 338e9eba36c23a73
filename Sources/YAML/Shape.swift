import SourceText

/// How a node becomes a `Value`, and what a JSON Schema says of it.
///
/// A class, so that code for any `Value` needn't look up how one is copied, for each field of each file.
public final class Shape<Value: Sendable>: Sendable {
  /// What nodes of this shape look like.
  public let schema: Schema
  /// A value as a writer might spell it, for messages.
  public let example: String
  /// The kinds of nodes that can be of this shape.
  let kinds: NodeKinds
  /// How a single value, written where none can be, is spelled in this shape; `nil` where nobody can tell.
  let spelling: @Sendable (String) -> String?
  /// The value, or `nil` when the node, which is of one of the kinds, is of another shape, which is then among the
  /// findings.
  let read: @Sendable (Node, inout Findings) -> Value?

  init(
    _ schema: Schema, example: String, kinds: NodeKinds,
    spelling: @escaping @Sendable (String) -> String? = { _ in nil },
    read: @escaping @Sendable (Node, inout Findings) -> Value?
  ) {
    self.schema = schema
    self.example = example
    self.kinds = kinds
    self.spelling = spelling
    self.read = read
  }

  /// The value of `node`; `nil`, with a diagnostic, when it is of another kind.
  func value(_ node: Node, _ findings: inout Findings) -> Value? {
    if node.isUnreadable { return nil }
    guard kinds.contains(NodeKinds(node)) else {
      findings.report(
        .wrongKind(
          findings.field, is: NodeKinds(node), wants: kinds,
          example: node.scalar.flatMap { spelling($0.text) } ?? node.soleItem(of: kinds) ?? example),
        at: node.range)
      return nil
    }
    let known = findings.diagnostics.count
    let value = read(node, &findings)
    // By the findings and not by the value, which would be copied to look at it.
    if findings.diagnostics.count == known + 1 { explainFinding(of: node, in: &findings) }
    return value
  }
}

extension Node {
  /// The only item of a list, as it is written without one where `kinds` are wanted; `nil` of all else.
  fileprivate func soleItem(of kinds: NodeKinds) -> String? {
    guard kinds == .scalar, case .sequence(let items) = content, items.count == 1,
      let scalar = items[0].scalar,
      !scalar.isUnreadable, !items[0].isBlank
    else { return nil }
    return scalar.isPlain ? yamlItem(scalar.text) : yamlScalar(scalar.text)
  }
}

/// Says what of a value that couldn't be read, which is the last finding, isn't seen on looking at it.
private func explainFinding(of node: Node, in findings: inout Findings) {
  guard let scalar = node.scalar, let last = findings.diagnostics.last, last.severity == .error,
    last.location?.range == node.range
  else { return }
  if scalar.isPlain, let words = withoutCurlyQuotes(scalar.text) {
    findings.diagnostics.removeLast()
    findings.report(.curlyQuotes(findings.field, words), at: node.range)
  } else if let lookalike = firstLookalike(in: scalar.text) {
    findings.diagnostics[findings.diagnostics.count - 1].notes.append(
      Diagnostic.Note("there is \(lookalike) in it"))
  }
}

extension Shape {
  /// A shape whose values are those of this one, turned into something else by `transform`.
  public func map<New: Sendable>(_ transform: @escaping @Sendable (Value) -> New) -> Shape<New> {
    Shape<New>(schema, example: example, kinds: kinds, spelling: spelling) { [read] node, findings in
      read(node, &findings).map(transform)
    }
  }

  /// The same shape, of which a JSON Schema says more: what its record checks of it.
  public func described(by schema: Schema) -> Shape {
    Shape(schema, example: example, kinds: kinds, spelling: spelling, read: read)
  }

  /// A shape whose values are those of this one that `convert` understands; any other is reported as not
  /// being `expectation`, such as `an IMDb number`, with `example` as the fix.
  public func converted<New: Sendable>(
    to expectation: String, example: String, schema: Schema? = nil,
    _ convert: @escaping @Sendable (Value) -> New?
  ) -> Shape<New> {
    Shape<New>(schema ?? self.schema, example: example, kinds: kinds) { [read] node, findings in
      guard let value = read(node, &findings) else { return nil }
      if let result = convert(value) { return result }
      findings.report(
        .malformed(findings.field, node.scalar?.text, expectation, example: example), at: node.range)
      return nil
    }
  }
}

/// Kinds of nodes.
struct NodeKinds: OptionSet {
  let rawValue: UInt8
  static let scalar = NodeKinds(rawValue: 1)
  static let sequence = NodeKinds(rawValue: 2)
  static let mapping = NodeKinds(rawValue: 4)
  static let all: NodeKinds = [.scalar, .sequence, .mapping]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ node: Node) {
    switch node.content {
    case .scalar: self = .scalar
    case .sequence: self = .sequence
    case .mapping: self = .mapping
    }
  }

  /// The kinds in words, as in `a list`.
  var words: String {
    var words: [String] = []
    if contains(.scalar) { words.append("a single value") }
    if contains(.sequence) { words.append("a list") }
    if contains(.mapping) { words.append("a group of fields") }
    return words.joined(separator: " or ")
  }
}

/// What is wrong with a value, before its place is known.
struct Finding {
  var id: String
  var message: String
  var fix: String?
  var note: String?
  /// What the place has to hold instead, where nothing else can be meant.
  var replacement: String?
}

/// The diagnostics of a file so far, and the field being read.
struct Findings {
  let path: String
  var field = ""
  var diagnostics: [Diagnostic] = []

  mutating func report(_ finding: Finding, at range: ByteRange) {
    diagnostics.append(
      .error(
        finding.id, finding.message, at: Location(path: path, range: range), fix: finding.fix,
        edit: finding.replacement.map { Diagnostic.Edit(range, $0) },
        notes: finding.note.map { [Diagnostic.Note($0)] } ?? []))
  }

  /// Reports `finding`, which doesn't keep the value from being read.
  mutating func warn(_ finding: Finding, at range: ByteRange) {
    report(finding, at: range)
    diagnostics[diagnostics.count - 1].severity = .warning
  }
}

/// `text` cut to a length that fits a message.
func excerpt(_ text: String) -> String {
  let limit = 60
  guard text.utf8.count > limit else { return text }
  var end = text.startIndex
  for index in text.indices {
    if text.utf8.distance(from: text.startIndex, to: index) > limit { break }
    end = index
  }
  return text[..<end] + "…"
}

extension Finding {
  static func malformed(_ field: String, _ text: String?, _ expectation: String, example: String) -> Finding {
    Finding(
      id: "field/malformed",
      message: text.map { "'\(field)' has to be \(expectation), and '\(excerpt($0))' is not" }
        ?? "'\(field)' has to be \(expectation)",
      fix: "write it like \(example)")
  }

  static func curlyQuotes(_ field: String, _ words: String) -> Finding {
    let written = yamlItem(words)
    return Finding(
      id: "field/curly-quotes",
      message:
        "the curly quotation marks around '\(excerpt(words))' are a part of '\(field)', and don't belong there",
      fix: "write \(written)", replacement: written)
  }

  fileprivate static func wrongKind(
    _ field: String, is kind: NodeKinds, wants kinds: NodeKinds, example: String
  ) -> Finding {
    Finding(
      id: "field/wrong-kind", message: "'\(field)' has to be \(kinds.words), and here is \(kind.words)",
      fix: "write it like \(field): \(example)")
  }
}
