/// What a field's value looks like, for a JSON Schema and the reference.
public indirect enum Schema: Sendable {
  /// Anything at all.
  case any
  /// Text; `acceptsPlainValues` if an unquoted number or truth value counts as text too.
  case string(
    format: String? = nil, pattern: String? = nil, maxLength: Int? = nil, acceptsPlainValues: Bool = false)
  /// One of a few words, in any case if `ignoringCase`.
  case enumeration([String], ignoringCase: Bool = false)
  /// `true` or `false`.
  case boolean
  /// A whole number in a range.
  case integer(ClosedRange<Int>)
  /// A number in a range.
  case number(ClosedRange<Double>)
  /// A list.
  case array(of: Schema)
  /// A mapping with these keys and no others.
  case object([AnyField])
  /// A mapping from names that the writer chooses, of a pattern, to values of one shape.
  case dictionary(keyPattern: String, of: Schema)
  /// Any of several.
  case anyOf([Schema])
}
