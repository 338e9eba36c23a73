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
  var findings: [Diagnostic] = []
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
    while !isStopped, advance() {
      switch stream.kind {
      case YAML_STREAM_END_EVENT: return root
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: break
      case YAML_DOCUMENT_START_EVENT:
        documentCount += 1
        if documentCount > 1 {
          findings.append(.severalDocuments(at: location(eventRange())))
          return root
        }
      default:
        var height = 0
        root = node(height: &height)
      }
    }
    return problem == nil ? root : nil
  }

  private mutating func advance() -> Bool {
    if stream.advance() { return true }
    var problem = stream.problem
    problem.mark = marks.offset(of: problem.mark)
    problem.constructMark = marks.offset(of: problem.constructMark)
    self.problem = problem
    isStopped = true
    return false
  }

  /// The latest event's bytes in the whole file.
  mutating func eventRange() -> ByteRange { marks.range(stream.start, stream.end) }

  func location(_ range: ByteRange) -> Location { Location(path: path, range: range) }

  // MARK: - Nodes

  /// The node that the latest event begins; `height` becomes the number of levels below it.
  private mutating func node(height: inout Int) -> Node? {
    nodeCount += 1
    expandedCount += 1
    guard nodeCount <= limits.nodeCount else {
      findings.append(.tooManyNodes(limit: limits.nodeCount, at: location(eventRange())))
      isStopped = true
      return nil
    }
    if stream.kind == YAML_ALIAS_EVENT { return alias(height: &height) }
    let countBefore = expandedCount
    var isText = false
    var isOtherTag = false
    if let tag = stream.tag {
      let known = findings.count
      isText = check(tag: tag)
      isOtherTag = findings.count > known
    }
    var anchorIndex: Int?
    if let name = stream.anchor {
      anchorIndex = anchors.count
      anchors.append(Anchor(name: name))
    }
    let node: Node?
    switch stream.kind {
    case YAML_SCALAR_EVENT:
      let value = scalar(isText: isText)
      // Of nothing but a tag it is told what it is, and not that it is empty.
      node = isOtherTag && value.scalar?.text.isEmpty ?? false ? .unreadable(at: value.range) : value
    case YAML_SEQUENCE_START_EVENT: node = sequence(height: &height)
    case YAML_MAPPING_START_EVENT: node = mapping(height: &height)
    default: node = nil
    }
    if let anchorIndex, let node {
      anchors[anchorIndex].node = node
      anchors[anchorIndex].expandedCount = expandedCount - countBefore + 1
      anchors[anchorIndex].height = height
    }
    return node
  }

  private mutating func scalar(isText: Bool) -> Node {
    let style = stream.style
    var range = eventRange()
    if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE { range = trimmed(range) }
    latest = range.indices
    latestStyle = style
    let isPlain = style == YAML_PLAIN_SCALAR_STYLE
    if isPlain && stream.spansLines { warnOfItem(in: range.indices) }
    return Node(.scalar(Scalar(stream.text, isPlain: isPlain && !isText)), at: range)
  }

  private mutating func sequence(height: inout Int) -> Node? {
    guard enter() else { return nil }
    defer { depth -= 1 }
    var range = eventRange()
    let isFlow = bytes[range.indices].last == 0x5B
    var items: [Node] = []
    while advance() {
      if stream.kind == YAML_SEQUENCE_END_EVENT {
        close(&range, isFlow: isFlow)
        return Node(.sequence(items), at: range)
      }
      var itemHeight = 0
      guard let item = node(height: &itemHeight) else {
        if isStopped { return nil }
        continue
      }
      height = max(height, itemHeight + 1)
      warnOfComment(item)
      items.append(item)
      range.upperBound = max(range.upperBound, item.range.upperBound)
    }
    return nil
  }

  private mutating func mapping(height: inout Int) -> Node? {
    guard enter() else { return nil }
    defer { depth -= 1 }
    var range = eventRange()
    let isFlow = bytes[range.indices].last == 0x7B
    var entries: [Entry] = []
    entries.reserveCapacity(depth == 1 ? 24 : 4)
    while advance() {
      if stream.kind == YAML_MAPPING_END_EVENT {
        close(&range, isFlow: isFlow)
        return Node(.mapping(withoutDuplicates(entries)), at: range, isInBraces: isFlow)
      }
      let isAlias = stream.kind == YAML_ALIAS_EVENT
      let characterCount = stream.end - stream.start
      var keyHeight = 0
      let key = node(height: &keyHeight)
      guard !isStopped, advance() else { return nil }
      var valueHeight = 0
      let value = node(height: &valueHeight)
      if isStopped { return nil }
      height = max(height, valueHeight + 1)
      if let value { range.upperBound = max(range.upperBound, value.range.upperBound) }
      guard let key, let value, let name = name(key, isAlias: isAlias, characterCount: characterCount) else {
        continue
      }
      if value.range.upperBound > key.range.upperBound { warnOfComment(value) }
      entries.append(Entry(name, at: key.range, value: value))
    }
    return nil
  }

  private mutating func enter() -> Bool {
    depth += 1
    if depth <= limits.depth { return true }
    findings.append(.tooDeep(limit: limits.depth, at: location(eventRange())))
    isStopped = true
    depth -= 1
    return false
  }

  /// Ends a collection at its bracket; one without brackets ends with its last value.
  private mutating func close(_ range: inout ByteRange, isFlow: Bool) {
    guard isFlow else { return }
    range.upperBound = eventRange().upperBound
    latest = range.indices
    latestStyle = YAML_ANY_SCALAR_STYLE
  }

  private func trimmed(_ range: ByteRange) -> ByteRange {
    var end = range.indices.upperBound
    while end > range.indices.lowerBound + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return ByteRange(range.indices.lowerBound, end)
  }

  // MARK: - Aliases

  private mutating func alias(height: inout Int) -> Node? {
    let range = eventRange()
    latest = range.indices
    latestStyle = YAML_ANY_SCALAR_STYLE
    let name = stream.anchor ?? ""
    let location = location(range)
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

  fileprivate static func unknownAlias(_ name: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/unknown-alias", "a value that begins with * refers to an earlier '&\(name)', and there is none",
      at: location, fix: "write \"*\(name)\" if the * belongs to the text")
  }

  fileprivate static func recursiveAlias(_ name: String, at location: Location) -> Diagnostic {
    .error("yaml/recursive-alias", "'*\(name)' stands inside the value that it refers to", at: location)
  }
}
