import SourceText

/// A checked expression.
struct Typed {
  var node: Int32
  /// `nil` after a mistake, so that nothing more is said about it.
  var type: ValueType?
  var range: ByteRange
  /// The expression in a form in which equal ones are equal, for what is known about it.
  var key: String?
  /// The part that may be missing, where the type is optional.
  var missing: ByteRange?
  /// Where the type is optional only because something is divided by this, which may be 0.
  var divisor: ByteRange?
  /// What is also known to be there where this is.
  var impliedKeys: [String] = []
  /// Whether this is a variable that is never set on the way here.
  var isAbsent = false
  /// The value, where it is the same in every rendering.
  var constant: Value?
  /// Whether it is a list that is written out and not empty.
  var isFilled = false
  /// For lists: what is known to be there in each element, as ends of keys.
  var elementFacts: Set<String> = []

  init(_ node: Int32, _ type: ValueType?, _ range: ByteRange, key: String? = nil, constant: Value? = nil) {
    self.node = node
    self.type = type
    self.range = range
    self.key = key
    self.constant = constant
  }
}

/// A checked condition.
struct Condition {
  var node: Int32
  /// What is known not to be missing where the condition holds.
  var whenTrue: Set<String> = []
  /// What is known not to be missing where it does not hold.
  var whenFalse: Set<String> = []
  /// Whether it holds, where that is known because something is always or never there.
  var constant: Bool?
  /// Whether it is known because of a variable that is never set on the way here; what it guards makes no
  /// sense then.
  var isAboutAbsence = false
}

/// A type that filters make: a fixed number of named parts of their own types.
struct PartsType: Hashable {
  var names: [String]
  var types: [ValueType]
}

extension Compiler {
  /// Types made by filters are numbered from here.
  private static let firstPartsType = 1 << 30

  /// The type of values with `names` of `types`.
  mutating func partsType(_ names: [String], _ types: [ValueType]) -> ValueType {
    let wanted = PartsType(names: names, types: types)
    if let index = parts.firstIndex(of: wanted) {
      return .object(TypeID(Compiler.firstPartsType + index))
    }
    parts.append(wanted)
    return .object(TypeID(Compiler.firstPartsType + parts.count - 1))
  }

  func partsType(_ type: ValueType) -> PartsType? {
    guard case .object(let id) = type, id.index >= Compiler.firstPartsType else { return nil }
    return parts[id.index - Compiler.firstPartsType]
  }

  /// The type in words: `text`, `a list of WriteUp`.
  func describe(_ type: ValueType) -> String {
    switch type {
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "text"
    case .markup: "HTML"
    case .link: "a link"
    case .date: "a date"
    case .dynamic: "a free value"
    case .list(let element):
      element == .nothing ? "an empty list" : "a list of \(describePlainly(element))"
    case .optional(.nothing): "nothing"
    case .optional(let type): "\(describe(type)) that may be missing"
    case .object: describeObject(type)
    }
  }

  private func describePlainly(_ type: ValueType) -> String {
    switch type {
    case .integer: "whole numbers"
    case .number: "numbers"
    case .string: "texts"
    case .link: "links"
    case .date: "dates"
    default: describe(type)
    }
  }

  private func describeObject(_ type: ValueType) -> String {
    if partsType(type) != nil { return "a group" }
    guard case .object(let id) = type, let declared = schema.type(id) else { return "nothing" }
    return declared.name
  }
}
