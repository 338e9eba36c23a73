import CYAML
import SourceText

/// Makes a tree of one document's events.
struct TreeBuilder: ~Copyable {
  let path: String
  let bytes: [UInt8]
  let range: Range<Int>
  let limits: Limits
  /// Whether blocks were removed from the bytes, so that an anchor may be gone.
  let isIncomplete: Bool
  let stream: EventStream
  /// Mistakes that do not end the stream.
  private(set) var findings: [Diagnostic] = []
  /// The mistake that ended the stream, with places as byte offsets.
  private(set) var problem: SyntaxProblem?
  /// The latest scalar, alias or bracket, which a mistake of syntax is often about.
  private(set) var latest = 0..<0
  private(set) var latestStyle = YAML_ANY_SCALAR_STYLE

  private var marks: MarkCursor
  private var anchors: [Anchor] = []
  private var nodeCount = 0
  private var expandedCount = 0
  private var depth = 0
  /// Whether the stream was left before its end.
  private(set) var isStopped = false

  init(
    path: String, bytes: [UInt8], range: Range<Int>, isASCII: Bool, limits: Limits, isIncomplete: Bool,
    stream: consuming EventStream
  ) {
    self.path = path
    self.bytes = bytes
    self.range = range
    self.limits = limits
    self.isIncomplete = isIncomplete
    self.stream = stream
    marks = MarkCursor(bytes, in: range, isASCII: isASCII)
  }

  /// A node that `&name` names.
  private struct Anchor {
    let name: String
    /// `nil` while the node is being read.
    var node: Node?
    /// The number of nodes in it, itself included, with its own aliases expanded.
    var expandedCount = 0
    /// The number of levels below it.
    var height = 0
  }

  /// The document's node; `nil` when it is empty, or after a mistake that ended the stream.
  mutating func document() -> Node? {
    var root: Node?
    var documentCount = 0
    while !isStopped, let event = next() {
      switch event.kind {
      case YAML_STREAM_END_EVENT: return root
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: break
      case YAML_DOCUMENT_START_EVENT:
        documentCount += 1
        if documentCount > 1 {
          findings.append(.severalDocuments(at: location(event)))
          return root
        }
      default:
        var height = 0
        root = node(event, height: &height)
      }
    }
    return problem == nil ? root : nil
  }

  private mutating func next() -> Event? {
    if let event = stream.next() { return event }
    var problem = stream.problem
    problem.mark = marks.offset(of: problem.mark)
    problem.constructMark = marks.offset(of: problem.constructMark)
    self.problem = problem
    isStopped = true
    return nil
  }

  private mutating func location(_ event: borrowing Event) -> Location {
    Location(path: path, range: marks.range(event.start, event.end))
  }

  // MARK: - Nodes

  /// The node that `event` begins; `height` becomes the number of levels below it.
  private mutating func node(_ event: borrowing Event, height: inout Int) -> Node? {
    nodeCount += 1
    expandedCount += 1
    guard nodeCount <= limits.nodeCount else {
      findings.append(.tooManyNodes(limit: limits.nodeCount, at: location(event)))
      isStopped = true
      return nil
    }
    if event.kind == YAML_ALIAS_EVENT { return alias(event, height: &height) }
    let countBefore = expandedCount
    var isText = false
    if let tag = event.tag { isText = check(tag: tag, event) }
    var anchorIndex: Int?
    if let name = event.anchor {
      anchorIndex = anchors.count
      anchors.append(Anchor(name: name))
    }
    let node: Node?
    switch event.kind {
    case YAML_SCALAR_EVENT: node = scalar(event, isText: isText)
    case YAML_SEQUENCE_START_EVENT: node = sequence(event, height: &height)
    case YAML_MAPPING_START_EVENT: node = mapping(event, height: &height)
    default: node = nil
    }
    if let anchorIndex, let node {
      anchors[anchorIndex].node = node
      anchors[anchorIndex].expandedCount = expandedCount - countBefore + 1
      anchors[anchorIndex].height = height
    }
    return node
  }

  private mutating func scalar(_ event: borrowing Event, isText: Bool) -> Node {
    let style = event.style
    var range = marks.range(event.start, event.end)
    if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE { range = trimmed(range) }
    latest = range.indices
    latestStyle = style
    let isPlain = style == YAML_PLAIN_SCALAR_STYLE
    return Node(.scalar(Scalar(event.text, isPlain: isPlain && !isText)), at: range)
  }

  private mutating func sequence(_ start: borrowing Event, height: inout Int) -> Node? {
    guard enter(start) else { return nil }
    defer { depth -= 1 }
    var range = marks.range(start.start, start.end)
    let isFlow = bytes[range.indices].last == 0x5B
    var items: [Node] = []
    while let event = next() {
      if event.kind == YAML_SEQUENCE_END_EVENT {
        close(&range, event, isFlow: isFlow)
        return Node(.sequence(items), at: range)
      }
      var itemHeight = 0
      guard let item = node(event, height: &itemHeight) else {
        if isStopped { return nil }
        continue
      }
      height = max(height, itemHeight + 1)
      items.append(item)
      range.upperBound = max(range.upperBound, item.range.upperBound)
    }
    return nil
  }

  private mutating func mapping(_ start: borrowing Event, height: inout Int) -> Node? {
    guard enter(start) else { return nil }
    defer { depth -= 1 }
    var range = marks.range(start.start, start.end)
    let isFlow = bytes[range.indices].last == 0x7B
    var entries: [Entry] = []
    entries.reserveCapacity(depth == 1 ? 24 : 4)
    while let event = next() {
      if event.kind == YAML_MAPPING_END_EVENT {
        close(&range, event, isFlow: isFlow)
        return Node(.mapping(withoutDuplicates(entries)), at: range)
      }
      var keyHeight = 0
      let key = node(event, height: &keyHeight)
      if isStopped { return nil }
      guard let valueEvent = next() else { return nil }
      var valueHeight = 0
      let value = node(valueEvent, height: &valueHeight)
      if isStopped { return nil }
      height = max(height, valueHeight + 1)
      if let value { range.upperBound = max(range.upperBound, value.range.upperBound) }
      guard let key, let value, let name = name(key, event) else { continue }
      if value.range.upperBound > key.range.upperBound { warnOfComment(value) }
      entries.append(Entry(name, at: key.range, value: value))
    }
    return nil
  }

  /// The text of a key, or `nil` with a diagnostic when it may not be one.
  private mutating func name(_ key: Node, _ event: borrowing Event) -> String? {
    guard event.kind != YAML_ALIAS_EVENT, let scalar = key.scalar else {
      findings.append(.keyIsNotText(at: Location(path: path, range: key.range)))
      return nil
    }
    if scalar.isPlain && scalar.text == "<<" {
      findings.append(.mergeKey(at: Location(path: path, range: key.range)))
      return nil
    }
    return scalar.text
  }

  private mutating func enter(_ event: borrowing Event) -> Bool {
    depth += 1
    if depth <= limits.depth { return true }
    findings.append(.tooDeep(limit: limits.depth, at: location(event)))
    isStopped = true
    depth -= 1
    return false
  }

  /// Ends a collection at its bracket; one without brackets ends with its last value.
  private mutating func close(_ range: inout ByteRange, _ end: borrowing Event, isFlow: Bool) {
    guard isFlow else { return }
    range.upperBound = marks.range(end.start, end.end).upperBound
    latest = range.indices
    latestStyle = YAML_ANY_SCALAR_STYLE
  }

  private func trimmed(_ range: ByteRange) -> ByteRange {
    var end = range.indices.upperBound
    while end > range.indices.lowerBound + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return ByteRange(range.indices.lowerBound, end)
  }

  // MARK: - Aliases and tags

  private mutating func alias(_ event: borrowing Event, height: inout Int) -> Node? {
    let range = marks.range(event.start, event.end)
    latest = range.indices
    latestStyle = YAML_ANY_SCALAR_STYLE
    let name = event.anchor ?? ""
    let location = Location(path: path, range: range)
    guard let anchor = anchors.last(where: { $0.name == name }) else {
      if !isIncomplete { findings.append(.unknownAlias(name, at: location)) }
      return .unreadable(at: range)
    }
    guard let node = anchor.node else {
      findings.append(.recursiveAlias(name, at: location))
      return .unreadable(at: range)
    }
    expandedCount += anchor.expandedCount - 1
    height = anchor.height
    if expandedCount > limits.aliasExpansion {
      findings.append(.aliasExpansion(limit: limits.aliasExpansion, at: location))
      isStopped = true
      return nil
    }
    if depth + anchor.height > limits.depth {
      findings.append(.tooDeep(limit: limits.depth, at: location))
      isStopped = true
      return nil
    }
    return Node(node.content, at: range)
  }

  /// Reports a tag that is not of the core schema; whether it says that the value is text.
  private mutating func check(tag: String, _ event: borrowing Event) -> Bool {
    let core = "tag:yaml.org,2002:"
    switch tag {
    case "!", core + "str": return true
    case core + "int", core + "bool", core + "float", core + "null", core + "seq", core + "map": return false
    default:
      let location = location(event)
      let start = location.range.indices.lowerBound
      var end = start
      while end < range.upperBound, bytes[end] > 0x20 { end += 1 }
      findings.append(
        .tag(
          String(decoding: bytes[start..<end], as: UTF8.self),
          at: Location(path: path, range: ByteRange(start, end))))
      return true
    }
  }

  // MARK: - Mistakes that are no mistakes of syntax

  /// `entries` without those whose key an earlier one has, which are reported.
  private mutating func withoutDuplicates(_ entries: [Entry]) -> [Entry] {
    var duplicates: Set<Int> = []
    if entries.count <= 48 {
      for index in entries.indices {
        guard let first = entries[..<index].first(where: { $0.key == entries[index].key }) else { continue }
        report(entries[index], isTheSameAs: first)
        duplicates.insert(index)
      }
    } else {
      var places: [String: Int] = [:]
      places.reserveCapacity(entries.count)
      for index in entries.indices {
        if let first = places[entries[index].key] {
          report(entries[index], isTheSameAs: entries[first])
          duplicates.insert(index)
        } else {
          places[entries[index].key] = index
        }
      }
    }
    if duplicates.isEmpty { return entries }
    return entries.indices.filter { !duplicates.contains($0) }.map { entries[$0] }
  }

  private mutating func report(_ entry: Entry, isTheSameAs first: Entry) {
    findings.append(
      .duplicateKey(
        entry.key, at: Location(path: path, range: entry.keyRange),
        first: Location(path: path, range: first.keyRange)))
  }

  /// Warns of ` #word` after a plain value, which YAML takes for a comment.
  private mutating func warnOfComment(_ value: Node) {
    guard let scalar = value.scalar, scalar.isPlain else { return }
    var index = value.range.indices.upperBound
    guard index < range.upperBound, bytes[index] == 0x20 else { return }
    while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
    guard index + 1 < range.upperBound, bytes[index] == 0x23, bytes[index + 1] > 0x23 else { return }
    var end = index
    while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let start = scalar.text.isEmpty ? index : value.range.indices.lowerBound
    let whole = String(decoding: bytes[start..<end], as: UTF8.self)
    findings.append(
      .commentInValue(quoted(whole), at: Location(path: path, range: ByteRange(index, end))))
  }
}

/// Turns libyaml's places, which count characters from the start of the stream, into byte offsets.
///
/// Neighbouring places are near each other, so the way from the latest one is walked.
struct MarkCursor {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let isASCII: Bool
  private var character = 0
  private var byte: Int

  init(_ bytes: [UInt8], in range: Range<Int>, isASCII: Bool) {
    self.bytes = bytes
    self.range = range
    self.isASCII = isASCII
    byte = range.lowerBound
  }

  mutating func offset(of mark: Int) -> Int {
    if isASCII { return min(range.lowerBound + mark, range.upperBound) }
    while character < mark, byte < range.upperBound {
      byte += 1
      while byte < range.upperBound, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    while character > mark, byte > range.lowerBound {
      byte -= 1
      while byte > range.lowerBound, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    return byte
  }

  mutating func range(_ start: Int, _ end: Int) -> ByteRange {
    let lower = offset(of: start)
    return ByteRange(lower, offset(of: end))
  }
}

extension Diagnostic {
  fileprivate static func severalDocuments(at location: Location) -> Diagnostic {
    .error(
      "yaml/several-documents", "a second document begins here, and only the first one is read", at: location,
      fix: "remove this line and what follows, or put it into a file of its own")
  }

  fileprivate static func tooManyNodes(limit: Int, at location: Location) -> Diagnostic {
    .error("yaml/too-many-values", "there are more than \(limit) values up to here", at: location)
  }

  fileprivate static func aliasExpansion(limit: Int, at location: Location) -> Diagnostic {
    .error(
      "yaml/alias-expansion", "with its aliases written out the file has more than \(limit) values",
      at: location)
  }

  fileprivate static func tooDeep(limit: Int, at location: Location) -> Diagnostic {
    .error("yaml/too-deep", "lists and mappings are nested more than \(limit) levels deep here", at: location)
  }

  fileprivate static func keyIsNotText(at location: Location) -> Diagnostic {
    .error(
      "yaml/key-is-not-text", "a field's name has to be plain text", at: location,
      fix: "put quotes around it if it is meant as text")
  }

  fileprivate static func mergeKey(at location: Location) -> Diagnostic {
    .error(
      "yaml/merge-key", "'<<' is no part of YAML 1.2, and merges nothing", at: location,
      fix: "write the fields out")
  }

  fileprivate static func duplicateKey(_ key: String, at location: Location, first: Location) -> Diagnostic {
    .error(
      "yaml/duplicate-key", "'\(key)' is written twice", at: location, fix: "keep one of the two",
      notes: [Note("the first '\(key)' is here", at: first)])
  }

  fileprivate static func unknownAlias(_ name: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/unknown-alias", "a value that begins with * refers to an earlier '&\(name)', and there is none",
      at: location, fix: "put the value in quotes if the * belongs to the text")
  }

  fileprivate static func recursiveAlias(_ name: String, at location: Location) -> Diagnostic {
    .error("yaml/recursive-alias", "'*\(name)' stands inside the value that it refers to", at: location)
  }

  fileprivate static func tag(_ tag: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/tag", "'\(tag)' is a YAML tag, and there are none here", at: location,
      fix: "put the value in quotes if the ! belongs to the text, or remove '\(tag)'")
  }

  fileprivate static func commentInValue(_ whole: String, at location: Location) -> Diagnostic {
    .warning(
      "yaml/comment-in-value", "everything after ' #' is a comment, and no part of the value", at: location,
      fix: "if it belongs to the value, write \(whole); if not, put a space after the #")
  }
}
