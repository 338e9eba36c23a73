import CivilTime
import SourceText

/// A value at render time. Its cases are those of ``ValueType``; the compiler has checked that they agree.
public enum Value: Sendable {
  /// A missing value.
  case none
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A floating-point number.
  case number(Double)
  /// Plain text.
  case string(String)
  /// HTML.
  case markup(Markup)
  /// The target of a link.
  case link(Link)
  /// An instant with its local time.
  case date(Timestamp)
  /// A sequence.
  case list(ValueList)
  /// One of the contract's objects.
  case object(ObjectReference)
  /// Named values that no contract describes.
  case dictionary(ValueDictionary)
}

/// Which of a contract's objects is meant.
public struct ObjectReference: Sendable, Hashable {
  private var typeIndex: Int32
  /// The number by which the contract's closures know the object.
  public var id: UInt64

  /// The object of `type` that the contract's closures know as `id`.
  @inlinable
  public init(type: TypeID, id: UInt64) {
    self.init(typeIndex: Int32(truncatingIfNeeded: type.index), id: id)
  }

  @usableFromInline
  init(typeIndex: Int32, id: UInt64) {
    self.typeIndex = typeIndex
    self.id = id
  }

  /// The object's type.
  public var type: TypeID {
    get { TypeID(Int(typeIndex)) }
    set { typeIndex = Int32(truncatingIfNeeded: newValue.index) }
  }
}

/// A sequence of values.
public enum ValueList: Sendable {
  /// Values one by one.
  case values([Value])
  /// Objects of one type, as their ids.
  case objects(TypeID, [UInt64])

  /// The number of elements.
  public var count: Int {
    switch self {
    case .values(let values): values.count
    case .objects(_, let ids): ids.count
    }
  }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  /// The element at `index`, which must be in range.
  public subscript(index: Int) -> Value {
    switch self {
    case .values(let values): values[index]
    case .objects(let type, let ids): .object(ObjectReference(type: type, id: ids[index]))
    }
  }

  /// The elements at `indices`, in that order.
  func gathering(_ indices: some Sequence<Int>) -> ValueList {
    switch self {
    case .values(let values): .values(indices.map { values[$0] })
    case .objects(let type, let ids): .objects(type, indices.map { ids[$0] })
    }
  }
}

/// Named values in the order in which they were written; for ``ValueType/dynamic`` values only.
public struct ValueDictionary: Sendable {
  /// The names and their values.
  public let entries: [(key: String, value: Value)]

  /// A dictionary of `entries`; of two with one key the first counts.
  ///
  /// Free values are text even where they look like HTML: markup among the entries becomes a string.
  public init(_ entries: [(key: String, value: Value)]) {
    self.entries = entries.map { ($0.key, $0.value.withoutMarkup) }
  }

  /// The value named `key`.
  ///
  /// - Complexity: O(*n*); such dictionaries are small.
  public subscript(key: String) -> Value? {
    entries.first { $0.key == key }?.value
  }
}

extension Value {
  /// The value with markup, by itself or in a list, turned into text.
  fileprivate var withoutMarkup: Value {
    switch self {
    case .markup(let markup): return .string(markup.text)
    case .list(.values(let values)): return .list(.values(values.map(\.withoutMarkup)))
    default: return self
    }
  }

  /// Whether the value counts as true in a condition, as in Python.
  var isTrue: Bool {
    switch self {
    case .none: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .string(let value): !value.isEmpty
    case .markup(let value): !value.isEmpty
    case .link, .date, .object: true
    case .list(let value): !value.isEmpty
    case .dictionary(let value): !value.entries.isEmpty
    }
  }

  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}
