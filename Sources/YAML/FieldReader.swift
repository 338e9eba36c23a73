public import SourceText

/// Reads the fields of a mapping and gathers every problem on the way.
public struct FieldReader {
  private let entries: [Entry]
  private let fields: [AnyField]
  private let range: ByteRange
  private let isInBraces: Bool
  private let isUsable: Bool
  private var findings: Findings
  private var isFinished = false
  /// The entries, of the first 64, that a field was found for; bit 0 is the first one's.
  private var known: UInt64 = 0

  /// A reader for the top level of the file at `path`; a `nil` node, as of an empty document, reads as a
  /// mapping without entries that stands at `range`. A node that is no mapping is one diagnostic.
  public init(_ node: Node?, in path: String, at range: ByteRange, fields: [AnyField]) {
    let node = node ?? Node(.mapping([]), at: range)
    self.init(
      node.isNull ? Node(.mapping([]), at: range) : node, findings: Findings(path: path), fields: fields)
  }

  init(_ node: Node, findings: Findings, fields: [AnyField]) {
    self.fields = fields
    self.findings = findings
    range = node.range
    isInBraces = node.isInBraces
    switch node.content {
    case .mapping(let entries):
      self.entries = entries
      isUsable = true
    case .scalar(let scalar):
      entries = []
      isUsable = false
      if !scalar.isUnreadable { self.findings.report(.notAMapping(text: scalar.text), at: node.range) }
    case .sequence:
      entries = []
      isUsable = false
      self.findings.report(.notAMapping(text: nil), at: node.range)
    }
  }

  /// The value of `field`; `nil` when it is absent or empty, and when it is wrong, which is then reported.
  public mutating func optional<Value>(_ field: Field<Value>) -> Value? {
    guard let index = index(of: field.name, field.fingerprint) else { return nil }
    known |= 1 << UInt64(index)
    return entries[index].value.isBlank ? nil : value(field, at: index)
  }

  /// The value of `field`; `nil`, and reported, when it is absent, empty or wrong.
  public mutating func required<Value>(_ required: Required<Value>) -> Value? {
    let field = required.field
    guard let index = index(of: field.name, field.fingerprint) else {
      if isUsable && !isMisspelt(field.name) {
        findings.report(
          .missing(field.name, example: field.shape.example, isInBraces: isInBraces),
          at: ByteRange(at: range.indices.lowerBound))
      }
      return nil
    }
    known |= 1 << UInt64(index)
    guard !entries[index].value.isBlank else {
      findings.report(.empty(field.name, example: field.shape.example), at: entries[index].keyRange)
      return nil
    }
    return value(field, at: index)
  }

  private mutating func value<Value>(_ field: Field<Value>, at index: Int) -> Value? {
    let outer = findings.field
    findings.field = field.name
    defer { findings.field = outer }
    return field.shape.value(entries[index].value, &findings)
  }

  /// Whether there is a value for `name` that is neither null nor empty.
  public func contains(_ name: String) -> Bool {
    index(of: name, YAML.fingerprint(of: name)).map { !entries[$0].value.isBlank } ?? false
  }

  /// Whether the value of `field` stands in quotes, or in a block of lines.
  public func isQuoted<Value>(_ field: Required<Value>) -> Bool {
    index(of: field.field.name, field.field.fingerprint).map { !(entries[$0].value.scalar?.isPlain ?? true) }
      ?? false
  }

  /// Whether the value of `name` is a list without items.
  public func isEmptyList(_ name: String) -> Bool {
    if case .sequence(let items)? = entry(name)?.value.content { items.isEmpty } else { false }
  }

  /// The fields that the keys which no field has are most likely meant as.
  public var misspeltFields: [String] { suggestions(for: unknownEntries()).compactMap(\.self) }

  /// The place of the value of `name`, or of the key when nothing is written after it; `nil` when absent.
  public func range(of name: String) -> ByteRange? {
    entry(name).map { $0.value.range.isEmpty ? $0.keyRange : $0.value.range }
  }

  /// The place of the value of `name`, or the start of the mapping when it is absent.
  public func location(of name: String) -> Location {
    Location(
      path: findings.path, range: range(of: name) ?? ByteRange(at: range.indices.lowerBound))
  }

  /// Adds `diagnostic` to the problems found.
  public mutating func report(_ diagnostic: Diagnostic) { findings.diagnostics.append(diagnostic) }

  /// All problems found: those of the fields that were read, and the keys that no field has.
  public mutating func finish() -> [Diagnostic] {
    guard !isFinished else { return findings.diagnostics }
    isFinished = true
    let unknown = unknownEntries()
    let suggestions = suggestions(for: unknown)
    var unknownCount = 0
    // The places that are told as parts of a number.
    var told: [ByteRange] = []
    for entry in unknown {
      let explanation =
        unknownCount < suggestions.count
        ? suggestions[unknownCount].map(Unknown.misspelt) ?? .unlike(fields) : .oneOfMany
      unknownCount += 1
      if entry.value.isUnreadable { continue }
      if let whole = number(around: entry) {
        if told.last.map({ entry.keyRange.lowerBound < $0.upperBound }) ?? false { continue }
        told.append(whole.range)
        // What it is without its thousands says nothing.
        findings.diagnostics.removeAll {
          $0.id == Finding.notANumberID
            && $0.location?.range.indices.lowerBound == whole.range.indices.lowerBound
        }
        findings.report(.partOfNumber(entry.key, whole.name, whole.number), at: whole.range)
      } else if explanation.isUnlike, let whole = text(around: entry) {
        if told.last.map({ entry.keyRange.lowerBound < $0.upperBound }) ?? false { continue }
        told.append(whole.range)
        findings.report(.partOfText(whole.name, whole.text), at: whole.range)
      } else {
        findings.report(.unknown(entry.key, explanation), at: entry.keyRange)
      }
    }
    return findings.diagnostics
  }

  /// The number that `entry` is a part of, with its field, as in `{votes: 1,234}` or `{goal: $12,500}`, where the comma ends
  /// a field.
  private func number(around entry: Entry) -> (name: String, number: String, range: ByteRange)? {
    func isGroup(_ entry: Entry) -> Bool {
      entry.value.range.isEmpty && entry.key.utf8.count == 3
        && entry.key.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard isGroup(entry), let index = entries.firstIndex(where: { $0.keyRange == entry.keyRange }),
      let first = entries[..<index].lastIndex(where: { !isGroup($0) }),
      let before = entries[first].value.scalar, before.isPlain,
      let digits = meantNumber(before.text, isWhole: true), digits.utf8.count <= 3
    else { return nil }
    let groups = entries[(first + 1)...].prefix(while: isGroup)
    let start = entries[first].value.range.indices.lowerBound
    let end = groups.last?.keyRange.indices.upperBound ?? start
    return (entries[first].key, digits + groups.map(\.key).joined(), ByteRange(start, end))
  }

  /// The text that `entry` is a part of, with its field, as in `{name: Sam Smith, Jr., role: Editor}`, where the comma ends
  /// a field.
  private func text(around entry: Entry) -> (name: String, text: String, range: ByteRange)? {
    func isPart(_ entry: Entry) -> Bool {
      entry.value.range.isEmpty && entry.value.isBlank && !hasField(entry.key, entry.fingerprint)
    }
    guard isInBraces, isPart(entry), let index = entries.firstIndex(where: { $0.keyRange == entry.keyRange }),
      let first = entries[..<index].lastIndex(where: { !isPart($0) }),
      let before = entries[first].value.scalar, !before.isUnreadable, !before.text.isEmpty,
      before.number == nil,
      before.boolean == nil, hasField(entries[first].key, entries[first].fingerprint)
    else { return nil }
    var text = before.text
    var end = entries[first].value.range.indices.upperBound
    for part in entries[(first + 1)...].prefix(while: isPart) {
      // As it is written, with a space behind the comma or without one.
      text += (part.keyRange.indices.lowerBound > end + 1 ? ", " : ",") + part.key
      end = part.keyRange.indices.upperBound
    }
    return (entries[first].key, text, ByteRange(entries[first].value.range.indices.lowerBound, end))
  }

  /// The only field of the mapping, if that is none of those that there are and like none, and has a value of one line.
  public func soleStranger() -> (key: String, value: String, place: Location)? {
    guard entries.count == 1, let entry = entries.first, !hasField(entry.key, entry.fingerprint),
      let scalar = entry.value.scalar, !scalar.isUnreadable, !scalar.text.isEmpty, !scalar.text.contains("\n")
    else { return nil }
    guard misspeltFields.isEmpty else { return nil }
    return (entry.key, scalar.text, Location(path: findings.path, range: range))
  }

  /// Reports `diagnostic` and nothing else of the mapping.
  public mutating func refuse(_ diagnostic: Diagnostic) {
    report(diagnostic)
    isFinished = true
  }

  private func entry(_ name: String) -> Entry? {
    index(of: name, YAML.fingerprint(of: name)).map { entries[$0] }
  }

  private func index(of name: String, _ fingerprint: UInt32) -> Int? {
    // Each is looked at where it stands: a copy takes longer than the comparison.
    for index in entries.indices
    where entries[index].fingerprint == fingerprint && entries[index].key == name {
      return index
    }
    return nil
  }

  /// The entries whose keys no field has, in their order.
  private func unknownEntries() -> [Entry] {
    var unknown: [Entry] = []
    for index in entries.indices
    where known >> UInt64(index) & 1 == 0 && !hasField(entries[index].key, entries[index].fingerprint) {
      unknown.append(entries[index])
    }
    return unknown
  }

  private func hasField(_ name: String, _ fingerprint: UInt32) -> Bool {
    for index in fields.indices where fields[index].fingerprint == fingerprint && fields[index].name == name {
      return true
    }
    return false
  }

  /// The fields that the keys which no field has most likely mean, among those that the mapping does not have
  /// yet: of the first hundred keys, in their order. Who has more didn't misspell them.
  private func suggestions(for unknown: [Entry]) -> [String?] {
    guard !unknown.isEmpty else { return [] }
    let absent = fields.lazy.map(\.name).filter { entry($0) == nil }
    return unknown.prefix(100).map { unknown in
      let meant = fields.first { $0.otherNames.contains(unknown.key) && entry($0.name) == nil }
      return meant?.name ?? nearest(to: unknown.key, among: absent)
    }
  }

  /// Whether a key that no field has is most likely meant as `name`; that key is reported instead.
  private func isMisspelt(_ name: String) -> Bool {
    suggestions(for: unknownEntries()).contains(name)
  }
}

extension Diagnostic {
  /// Whether it says that a value is not there which has to be: something that is still to be written.
  public var isOfMissingValue: Bool { id == "field/missing" || id == "field/empty" }
}

extension Finding {
  fileprivate static func notAMapping(text: String?) -> Finding {
    Finding(
      id: "field/not-fields", message: "here have to be fields, each on a line of its own as 'name: value'",
      fix: text.map { $0.utf8.contains(0x3A) ? "put a space after each colon" : "write 'name: value'" }
        ?? "remove the hyphens in front of the fields")
  }

  fileprivate static func missing(_ name: String, example: String, isInBraces: Bool) -> Finding {
    Finding(
      id: "field/missing", message: "the field '\(name)' is missing",
      fix: isInBraces
        ? "add it within the braces: {…, \(name): \(example)}"
        : "add a line like \(name): \(example)")
  }

  fileprivate static func empty(_ name: String, example: String) -> Finding {
    Finding(
      id: "field/empty", message: "the field '\(name)' has no value",
      fix: "write it like \(name): \(example)")
  }

  fileprivate static func partOfNumber(_ key: String, _ name: String, _ number: String) -> Finding {
    Finding(
      id: "field/unknown", message: "the comma before '\(key)' ends '\(name)'",
      fix: "write \(number)", replacement: number)
  }

  fileprivate static func partOfText(_ name: String, _ text: String) -> Finding {
    Finding(
      id: "field/unknown",
      message: "a comma ends '\(name)' here: within braces, a value with a comma has to stand in quotes",
      fix: "write \(name): \(yamlScalar(text))")
  }

  fileprivate static func unknown(_ key: String, _ explanation: Unknown) -> Finding {
    var finding = Finding(id: "field/unknown", message: "there is no field '\(excerpt(key))'")
    switch explanation {
    case .misspelt(let name):
      finding.fix = "did you mean '\(name)'?"
      if isSlip(key, of: name) { finding.replacement = name }
    case .unlike(let fields):
      finding.note = "the fields are \(fields.map(\.name).joined(separator: ", "))"
    case .oneOfMany: break
    }
    return finding
  }
}

/// What there is to say about a key that no field has.
private enum Unknown {
  /// The field it is near to.
  case misspelt(String)
  /// Near to none of these.
  case unlike([AnyField])
  /// One of so many that the others say it.
  case oneOfMany

  var isUnlike: Bool { if case .unlike = self { true } else { false } }
}
