import SourceText

extension Shape {
  /// A list of values of one shape. Where the values are single ones, one without a list around it is a list
  /// of it: `authors: Ann`. What `parts` finds in a value that isn't in quotes is warned of, as it reads like several.
  public static func list<Element>(
    of element: Shape<Element>, apart parts: (@Sendable (String) -> [String]?)? = nil
  ) -> Shape<[Element]> where Value == [Element] {
    let acceptsOne = element.kinds == .scalar
    let schema = Schema.array(of: element.schema)
    return Shape(
      acceptsOne ? .anyOf([schema, element.schema]) : schema, example: "[\(element.example)]",
      kinds: acceptsOne ? [.sequence, .scalar] : .sequence,
      spelling: { element.spelling($0).map { "[\($0)]" } }
    ) { node, findings in
      guard case .sequence(let items) = node.content else {
        if let scalar = node.scalar, scalar.isPlain {
          let place = Location(path: findings.path, range: node.range)
          if let parts = parts?(scalar.text) {
            findings.diagnostics.append(
              .severalInOne(findings.field, scalar.text, parts, isItem: false, at: place))
          } else if scalar.text.contains(", ") {
            findings.diagnostics.append(.oneWithCommas(findings.field, scalar.text, at: place))
          } else if scalar.text.utf8.first == 0x2D, isItemGoneWrong(scalar.text) {
            findings.diagnostics.append(.oneWithHyphens(findings.field, at: place))
          }
        }
        return element.read(node, &findings).map { [$0] }
      }
      var values: [Element] = []
      values.reserveCapacity(items.count)
      for item in items {
        if item.isBlank {
          findings.report(.emptyItem(findings.field), at: item.range)
        } else if !element.kinds.contains(NodeKinds(item)), !item.isUnreadable {
          findings.report(
            .wrongItem(
              findings.field, is: NodeKinds(item), wants: element.kinds,
              example: item.scalar.flatMap { element.spelling($0.text) } ?? element.example),
            at: item.range)
        } else if let value = element.value(item, &findings) {
          values.append(value)
          if let parts, let scalar = item.scalar, scalar.isPlain, let found = parts(scalar.text) {
            let place = Location(path: findings.path, range: item.range)
            findings.diagnostics.append(
              .severalInOne(findings.field, scalar.text, found, isItem: true, at: place))
          }
        }
      }
      return values
    }
  }

  /// Whether `text`, which begins with a hyphen, was likely to be items of a list, with no space behind their hyphens or
  /// with one that is none for YAML.
  private static func isItemGoneWrong(_ text: String) -> Bool {
    let rest = text.unicodeScalars.dropFirst()
    return rest.first.map { firstLookalike(in: String($0))?.contains("space") ?? false } ?? false
      || text.contains(" -")
  }

  /// A value together with its place.
  public static func located<Inner>(_ shape: Shape<Inner>) -> Shape<Located<Inner>>
  where Value == Located<Inner> {
    Shape(shape.schema, example: shape.example, kinds: shape.kinds, spelling: shape.spelling) {
      node, findings in
      shape.read(node, &findings).map { Located($0, at: node.range) }
    }
  }

  /// One of two shapes. The kind of the node decides which; if both are possible the first one that can be
  /// read wins.
  public static func either<First, Second>(_ first: Shape<First>, _ second: Shape<Second>) -> Shape<Value>
  where Value == Either<First, Second> {
    Shape(
      .anyOf([first.schema, second.schema]), example: first.example, kinds: first.kinds.union(second.kinds)
    ) { node, findings in
      let kind = NodeKinds(node)
      guard first.kinds.contains(kind) else { return second.read(node, &findings).map(Either.second) }
      guard second.kinds.contains(kind) else { return first.read(node, &findings).map(Either.first) }
      let known = findings.diagnostics.count
      if let value = first.read(node, &findings), findings.diagnostics.count == known {
        return .first(value)
      }
      findings.diagnostics.removeSubrange(known...)
      return second.read(node, &findings).map(Either.second)
    }
  }
}

/// A value of one of two types.
public enum Either<First: Sendable, Second: Sendable>: Sendable {
  /// A value of the first type.
  case first(First)
  /// A value of the second type.
  case second(Second)
}

extension Either: Equatable where First: Equatable, Second: Equatable {}

extension Shape where Value: Record {
  /// A mapping of the fields of a record.
  public static func record(_ type: Value.Type) -> Shape<Value> {
    Shape(
      .object(type.fields), example: type.example, kinds: .mapping, spelling: { type.example(holding: $0) }
    ) { node, findings in
      var reader = FieldReader(node, findings: findings, fields: type.fields)
      let value = Value(&reader)
      findings.diagnostics = reader.finish()
      return value
    }
  }
}

extension Shape where Value == Node {
  /// Anything.
  public static var node: Shape<Node> {
    Shape(.any, example: "some text", kinds: .all) { node, _ in node }
  }
}

extension Finding {
  fileprivate static func wrongItem(
    _ field: String, is kind: NodeKinds, wants kinds: NodeKinds, example: String
  ) -> Finding {
    Finding(
      id: "field/wrong-kind",
      message: "an item of '\(field)' has to be \(kinds.words), and here is \(kind.words)",
      fix: "write the item like \(example)")
  }

  fileprivate static func emptyItem(_ field: String) -> Finding {
    Finding(
      id: "field/empty-item", message: "an item of '\(field)' is empty", fix: "write a value, or remove it")
  }
}

/// The parts of `text` between which `separator`, a byte of ASCII, stands; `nil` if there is one.
public func parted(_ text: String, by separator: UInt8) -> [String]? {
  guard text.utf8.contains(separator) else { return nil }
  let parts = text.utf8.split(separator: separator)
    .map { Substring($0).split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  return parts.count > 1 ? parts : nil
}

extension Diagnostic {
  fileprivate static func severalInOne(
    _ field: String, _ text: String, _ parts: [String], isItem: Bool, at place: Location
  ) -> Diagnostic {
    let list = parts.map(yamlScalar).joined(separator: ", ")
    return .warning(
      "field/several-in-one", "'\(excerpt(text))' is one value of '\(field)', and reads like \(parts.count)",
      at: place,
      fix: list.utf8.count > 120
        ? "write each by itself; if it is one, put it in quotes"
        : "write \(isItem ? list : "\(field): [\(list)]"); if it is one, put it in quotes")
  }

  fileprivate static func oneWithHyphens(_ field: String, at place: Location) -> Diagnostic {
    .warning(
      "field/one-with-hyphens", "'\(field)' is one value that begins with a hyphen, not a list", at: place,
      fix: "put an ordinary space behind each hyphen; if it is one value, put it in quotes")
  }

  fileprivate static func oneWithCommas(_ field: String, _ text: String, at place: Location) -> Diagnostic {
    let parts = text.split(separator: ",").map { yamlScalar($0.split(separator: " ").joined(separator: " ")) }
      .filter { $0 != "\"\"" }
    let list = parts.joined(separator: ", ")
    return .warning(
      "field/one-with-commas", "'\(field)' is one value with commas in it, not a list", at: place,
      fix: list.utf8.count > 120
        ? "write several in brackets, \(field): [one, two], and one in quotes"
        : "write \(field): [\(list)]; if it is one, put it in quotes")
  }
}
