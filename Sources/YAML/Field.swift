/// A key that a mapping may have: its name, the shape of its value, and a sentence for the reference.
public struct Field<Value: Sendable>: Sendable {
  /// The key.
  public let name: String
  /// What its value looks like.
  public let shape: Shape<Value>
  /// What it is for, in one sentence.
  public let summary: String
  /// What others call the same, for whoever writes that.
  let otherNames: [String]
  let fingerprint: UInt32

  /// A field that `name` names, and which is meant by those who write one of `otherNames`.
  public init(_ name: String, _ shape: Shape<Value>, _ summary: String, insteadOf otherNames: [String] = []) {
    self.otherNames = otherNames
    self.name = name
    self.shape = shape
    self.summary = summary
    fingerprint = YAML.fingerprint(of: name)
  }

  /// The field without its type, for lists of fields.
  public var erased: AnyField {
    AnyField(
      name: name, summary: summary, schema: shape.schema, example: shape.example,
      otherNames: otherNames, isRequired: false)
  }

  /// The same field, where there has to be a value.
  public var required: Required<Value> { Required(field: self) }
}

/// A ``Field`` that has to have a value: only such a one can be read by ``FieldReader/required(_:)``, and no other is
/// said to be required by a JSON Schema.
public struct Required<Value: Sendable>: Sendable {
  let field: Field<Value>

  /// The key.
  public var name: String { field.name }

  /// The field without its type, for lists of fields.
  public var erased: AnyField {
    AnyField(
      name: name, summary: field.summary, schema: field.shape.schema, example: field.shape.example,
      otherNames: field.otherNames, isRequired: true)
  }
}

/// A ``Field`` without its type: all that a list of a mapping's fields needs.
public struct AnyField: Sendable {
  /// The key.
  public let name: String
  /// What it is for, in one sentence.
  public let summary: String
  /// What its value looks like.
  public let schema: Schema
  /// A value as a writer might spell it, for messages.
  let example: String
  /// What others call the same.
  let otherNames: [String]
  /// Whether a mapping without it is wrong.
  public let isRequired: Bool
  let fingerprint: UInt32

  init(
    name: String, summary: String, schema: Schema, example: String, otherNames: [String], isRequired: Bool
  ) {
    self.example = example
    self.otherNames = otherNames
    self.name = name
    self.summary = summary
    self.schema = schema
    self.isRequired = isRequired
    fingerprint = YAML.fingerprint(of: name)
  }
}

/// A mapping of known fields.
public protocol Record: Sendable {
  /// The fields, in the order in which the reference lists them; a stored constant, as it is asked for often.
  static var fields: [AnyField] { get }
  /// A mapping as a writer might spell it, for messages: `{role: Director, name: Ann Shinn}`.
  static var example: String { get }
  /// A mapping that holds `value`, which was written in its place; `nil` where it can be none of its fields.
  static func example(holding value: String) -> String?
  /// The record that a mapping spells, or `nil` when a field it cannot do without is missing or wrong;
  /// the reader has reported that.
  init?(_ reader: inout FieldReader)
}

extension Record {
  /// The fields that there have to be, or, where there are none, the first one.
  public static var example: String {
    let required = fields.filter(\.isRequired)
    let shown = required.isEmpty ? Array(fields.prefix(1)) : required
    return "{\(shown.map { "\($0.name): \($0.example)" }.joined(separator: ", "))}"
  }

  /// None.
  public static func example(holding value: String) -> String? { nil }
}
