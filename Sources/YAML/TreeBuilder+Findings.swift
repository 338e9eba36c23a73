import SourceText

/// Mistakes that are no mistakes of syntax.
extension TreeBuilder {
  /// The text of a key that takes `characterCount` characters in the file, or `nil` with a diagnostic when it
  /// may not be one.
  mutating func name(_ key: Node, isAlias: Bool, characterCount: Int) -> String? {
    guard !isAlias, let scalar = key.scalar else {
      let start = key.range.indices.lowerBound
      if start > range.lowerBound, bytes[start] == 0x7B, bytes[start - 1] == 0x7B {
        let value = lineContent(from: start - 1)
        findings.append(
          .specialCharacter(
            "{{", write: quoted(String(decoding: bytes[value], as: UTF8.self)), at: location(value)))
      } else {
        findings.append(.keyIsNotText(at: location(key.range)))
      }
      return nil
    }
    if key.range.count != characterCount, let hidden = firstInvisible(in: scalar.text) {
      findings.append(.invisibleInKey(hidden, at: location(key.range)))
      return nil
    }
    if scalar.isPlain && scalar.text == "<<" {
      findings.append(.mergeKey(at: location(key.range)))
      return nil
    }
    return scalar.text
  }

  /// Reports a tag that is not of the core schema; whether it says that the value is text.
  mutating func check(tag: String) -> Bool {
    let core = "tag:yaml.org,2002:"
    switch tag {
    case "!", core + "str": return true
    case core + "int", core + "bool", core + "float", core + "null", core + "seq", core + "map": return false
    default:
      let start = eventRange().indices.lowerBound
      let item = YAMLLine(bytes, holding: start, in: range).itemInBrackets(at: start)
      let whole = item ?? lineContent(from: start)
      var end = start
      while end < item?.upperBound ?? range.upperBound, bytes[end] > 0x20 { end += 1 }
      findings.append(
        .tag(
          String(decoding: bytes[start..<end], as: UTF8.self),
          whole: quoted(String(decoding: bytes[whole], as: UTF8.self)), at: location(start..<end)))
      return true
    }
  }

  /// `entries` without those whose key an earlier one has, which are reported.
  mutating func withoutDuplicates(_ entries: [Entry]) -> [Entry] {
    var duplicates: Set<Int> = []
    if entries.count <= 48 {
      for index in entries.indices {
        guard
          let first = (0..<index).first(where: {
            entries[$0].fingerprint == entries[index].fingerprint && entries[$0].key == entries[index].key
          })
        else { continue }
        report(entries[index], isTheSameAs: entries[first])
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
        entry.key, at: location(entry.keyRange),
        first: location(first.keyRange)))
  }

  /// Warns of a line of a plain text that begins like a list's item.
  mutating func warnOfItem(in range: Range<Int>) {
    var line = YAMLLine(bytes, holding: range.lowerBound, in: self.range)
    while line.next < range.upperBound {
      line = YAMLLine(bytes, at: line.next, end: self.range.upperBound)
      guard line.isItem else { continue }
      findings.append(.itemInText(at: location(line.contentStart..<line.fieldStart)))
      return
    }
  }

  /// Warns of ` #word` after a plain value, which YAML takes for a comment.
  mutating func warnOfComment(_ value: Node) {
    var index = value.range.indices.upperBound
    guard index < range.upperBound, bytes[index] == 0x20, let scalar = value.scalar, scalar.isPlain else {
      return
    }
    while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
    guard index + 1 < range.upperBound, bytes[index] == 0x23, bytes[index + 1] > 0x23 else { return }
    var end = index
    while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let start = scalar.text.isEmpty ? index : value.range.indices.lowerBound
    let whole = String(decoding: bytes[start..<end], as: UTF8.self)
    findings.append(
      .commentInValue(quoted(whole), at: location(index..<end)))
  }

  private func location(_ range: Range<Int>) -> Location {
    Location(path: path, range: ByteRange(range.lowerBound, range.upperBound))
  }

  /// What stands from `start` to the end of its line, without a comment.
  private func lineContent(from start: Int) -> Range<Int> {
    YAMLLine(bytes, holding: start, in: range).content(from: start)
  }
}

extension Diagnostic {
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

  fileprivate static func tag(_ tag: String, whole: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/tag", "'\(tag)' is a YAML tag, and there are none here", at: location,
      fix: "remove it, or write \(whole) if it belongs to the text")
  }

  fileprivate static func invisibleInKey(_ character: Unicode.Scalar, at location: Location) -> Diagnostic {
    .error(
      "yaml/invisible-in-key",
      "there is \(firstLookalike(in: String(character)) ?? "an invisible character,") in the field's name or in front of it",
      at: location, fix: "type the line anew, with ordinary spaces")
  }

  fileprivate static func itemInText(at location: Location) -> Diagnostic {
    .warning(
      "yaml/item-in-text", "this hyphen is part of the text that begins above, and begins no list item",
      at: location, fix: "if it is a list, put its first item on a line of its own too, with a hyphen")
  }

  fileprivate static func commentInValue(_ whole: String, at location: Location) -> Diagnostic {
    .warning(
      "yaml/comment-in-value", "everything after ' #' is a comment, and no part of the value", at: location,
      fix: "if it belongs to the value, write \(whole); if not, put a space after the #")
  }
}
