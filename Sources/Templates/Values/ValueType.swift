/// The type of a value that a template can see, as a contract declares it.
public indirect enum ValueType: Sendable, Hashable {
  /// `True` or `False`.
  case boolean
  /// A whole number of 64 bits.
  case integer
  /// A floating-point number.
  case number
  /// Plain text, escaped wherever it is written.
  case string
  /// HTML, written as it is.
  case markup
  /// The target of a link.
  case link
  /// An instant with its local time.
  case date
  /// A value that no contract describes, such as what front matter's `extra` holds.
  case dynamic
  /// A sequence of values of one type.
  case list(ValueType)
  /// A value that may be missing.
  case optional(ValueType)
  /// One of the contract's object types.
  case object(TypeID)
}

/// The number that a contract gives to one of its object types.
public struct TypeID: Sendable, Hashable {
  /// The number; any that no other type of the contract has, from 0.
  public let index: Int

  /// The type numbered `index`.
  public init(_ index: Int) { self.index = index }
}

extension ValueType {
  /// The type of nothing: the elements of `[]`, and what `none` may be besides missing.
  static let nothing = ValueType.object(TypeID(-1))

  /// The type of `none` and of variables that were never set.
  static let missing = ValueType.optional(.nothing)

  /// Whether a value may be missing.
  var isOptional: Bool {
    if case .optional = self { true } else { false }
  }

  /// The type without the possibility of being missing.
  var unwrapped: ValueType {
    if case .optional(let type) = self { type } else { self }
  }

  /// The type with the possibility of being missing.
  var asOptional: ValueType {
    if case .optional = self { self } else { .optional(self) }
  }

  var isNumeric: Bool { self == .integer || self == .number }

  /// The elements' type, where this is a list.
  var element: ValueType? {
    if case .list(let element) = self { element } else { nil }
  }

  /// The smallest type that holds both, or `nil` when there is none.
  func joined(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.nothing, _): return other
    case (_, .nothing): return self
    case (.optional(let left), _): return left.joined(with: other.unwrapped)?.asOptional
    case (_, .optional(let right)): return joined(with: right)?.asOptional
    case (.integer, .number), (.number, .integer): return .number
    // What is free is escaped everywhere, and HTML is not.
    case (.dynamic, .object), (.object, .dynamic), (.dynamic, .markup), (.markup, .dynamic): return nil
    case (.dynamic, _), (_, .dynamic): return .dynamic
    case (.list(let left), .list(let right)): return left.joined(with: right).map { .list($0) }
    default: return nil
    }
  }
}
