public import SourceText

/// Parses `range` of a source (the whole of it by default) as one YAML document.
///
/// `nil` for an empty document. A mistake of syntax inside one of the document's top-level fields or list
/// items is reported and only that field is lost: it counts as present, and as an unreadable scalar. So does
/// the whole document where no more can be made of it.
///
/// - Complexity: O(*n*) in the number of bytes, and at most 20 times that with mistakes.
public func parse(
  _ source: Source, in range: ByteRange? = nil, limits: Limits = .default,
  diagnostics: inout [Diagnostic]
) -> Node? {
  let range = source.clamped(range)
  guard range.count <= limits.byteCount else {
    diagnostics.append(.tooLarge(range.count, limit: limits.byteCount, at: source.location(range)))
    return .unreadable(at: ByteRange(range.lowerBound, range.upperBound))
  }
  var check = TextCheck()
  check.run(source.bytes, range)
  check.report(source, &diagnostics)
  check.reportSeparators(source, &diagnostics)
  var draft = Draft(
    path: source.path,
    bytes: check.isSound && check.separators.isEmpty ? source.bytes : check.mended(source.bytes),
    range: range,
    isASCII: check.isASCII)
  while true {
    switch draft.tree(limits: limits) {
    case .node(let node, let findings):
      diagnostics += findings
      return draft.completing(node)
    case .nothing(let findings):
      diagnostics += findings
      return .unreadable(at: ByteRange(range.lowerBound, range.upperBound))
    case .mistake(let mistake):
      if !draft.isAftermath(mistake) { diagnostics.append(mistake) }
      guard draft.remove(blockOf: mistake) else {
        return .unreadable(at: ByteRange(range.lowerBound, range.upperBound))
      }
    }
  }
}

/// The bytes to parse, in which blocks that hold a mistake of syntax are overwritten with blanks.
struct Draft {
  let path: String
  var bytes: [UInt8]
  let range: Range<Int>
  let isASCII: Bool
  /// The blocks overwritten so far.
  private var removed: [Block] = []

  init(path: String, bytes: [UInt8], range: Range<Int>, isASCII: Bool) {
    self.path = path
    self.bytes = bytes
    self.range = range
    self.isASCII = isASCII
  }

  enum Outcome {
    /// The document's node, `nil` if it is empty.
    case node(Node?, findings: [Diagnostic])
    /// Nothing, as a limit was passed.
    case nothing(findings: [Diagnostic])
    /// Nothing, because of a mistake of syntax.
    case mistake(Diagnostic)
  }

  func tree(limits: Limits) -> Outcome {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let stream = unsafe EventStream(UnsafeBufferPointer(rebasing: buffer[range])) else {
        return .mistake(.syntax("there is not enough memory", at: location(range)))
      }
      var builder = TreeBuilder(
        path: path, bytes: bytes, range: range, isASCII: isASCII, limits: limits,
        isIncomplete: !removed.isEmpty, stream: stream)
      let node = builder.document()
      guard let problem = builder.problem else {
        return builder.isStopped
          ? .nothing(findings: builder.findings) : .node(node, findings: builder.findings)
      }
      let mistakes = SyntaxMistakes(
        path: path, bytes: bytes, range: range, latest: builder.latest, latestStyle: builder.latestStyle)
      return .mistake(mistakes.diagnostic(problem))
    }
  }

  func location(_ range: Range<Int>) -> Location {
    Location(path: path, range: ByteRange(range.lowerBound, range.upperBound))
  }
}

// MARK: - Reading past a mistake

extension Draft {
  /// A top-level field or list item with the lines that belong to it.
  fileprivate struct Block {
    var range: Range<Int>
    var isItem: Bool
    /// The words before a colon on its lines, and their places.
    var keys: [(name: String, range: ByteRange)]
  }

  /// Overwrites the block in which `mistake` stands; false when there is none left to lose.
  mutating func remove(blockOf mistake: Diagnostic) -> Bool {
    guard removed.count < 20, let place = mistake.location?.range.indices.lowerBound,
      let block = blocks().last(where: { $0.range.lowerBound <= place && place <= $0.range.upperBound }),
      bytes[block.range].contains(where: { $0 > 0x20 })
    else { return false }
    for index in block.range where bytes[index] != 0x0A && bytes[index] != 0x0D { bytes[index] = 0x20 }
    removed.append(block)
    return true
  }

  /// Whether `mistake` is only what is left of a block overwritten before: a line without a field right
  /// below it.
  func isAftermath(_ mistake: Diagnostic) -> Bool {
    guard mistake.id == Diagnostic.notAFieldID, let place = mistake.location?.range.indices.lowerBound else {
      return false
    }
    return removed.contains { $0.range.upperBound == place }
  }

  /// `node` with the overwritten fields as unreadable ones, so that nobody calls them missing.
  func completing(_ node: Node?) -> Node? {
    guard !removed.isEmpty else { return node }
    let whole = ByteRange(range.lowerBound, range.upperBound)
    switch node?.content {
    case .sequence(let items)?:
      let lost = removed.map { Node.unreadable(at: ByteRange(at: $0.range.lowerBound)) }
      return Node(.sequence(items + lost), at: node?.range ?? whole)
    case .mapping(let entries)?:
      return Node(
        .mapping(entries + lostEntries(but: entries)), at: node?.range ?? whole,
        isInBraces: node?.isInBraces ?? false)
    case nil, .scalar(_)?:
      guard node?.isNull ?? true, !removed.contains(where: \.isItem) else { return .unreadable(at: whole) }
      return Node(.mapping(lostEntries(but: [])), at: whole)
    }
  }

  private func lostEntries(but known: [Entry]) -> [Entry] {
    var names = Set(known.map(\.key))
    var entries: [Entry] = []
    for key in removed.flatMap(\.keys) where names.insert(key.name).inserted {
      entries.append(Entry(key.name, at: key.range, value: .unreadable(at: key.range)))
    }
    return entries
  }

  /// The top-level fields or items of the document, as far as lines show them.
  private func blocks() -> [Block] {
    var result: [Block] = []
    var indentation: Int?
    var isList = false
    var start = range.lowerBound
    while start < range.upperBound {
      let line = YAMLLine(bytes, at: start, end: range.upperBound)
      defer { start = line.next }
      if line.isBlank || line.isComment {
        if !result.isEmpty {
          result[result.count - 1].range = result[result.count - 1].range.lowerBound..<line.next
        }
        continue
      }
      if indentation == nil {
        indentation = line.indentation
        isList = line.isItem
      }
      let isNew = line.indentation <= indentation ?? 0 && line.isItem == isList && !line.closesBracket
      if isNew || result.isEmpty {
        result.append(Block(range: line.start..<line.next, isItem: isList, keys: []))
      }
      result[result.count - 1].range = result[result.count - 1].range.lowerBound..<line.next
      if !isList, let key = line.key ?? line.firstWord {
        result[result.count - 1].keys.append(
          (String(decoding: bytes[key], as: UTF8.self), ByteRange(key.lowerBound, key.upperBound)))
      }
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func tooLarge(_ count: Int, limit: Int, at location: Location) -> Diagnostic {
    .error("yaml/too-large", "\(count) bytes of YAML are more than the \(limit) allowed", at: location)
  }
}
