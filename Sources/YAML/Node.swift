public import SourceText

/// A piece of parsed YAML and its place.
///
/// Aliases are already replaced by what they stand for, so a tree is finite and has no links.
public struct Node: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// Text, a number, a date, a truth value or nothing.
    case scalar(Scalar)
    /// A list.
    case sequence([Node])
    /// Named values in the order of the file; keys are text and none comes twice.
    case mapping([Entry])
  }

  /// What the node holds.
  public let content: Content
  /// The node's bytes in the whole file: quotes, brackets and a block text's `|` belong to it,
  /// the line end and the next line's indentation don't. An alias is where it stands.
  public let range: ByteRange
  /// Whether it is a mapping in braces.
  let isInBraces: Bool

  /// A node of `content` at `range`.
  public init(_ content: Content, at range: ByteRange) { self.init(content, at: range, isInBraces: false) }

  init(_ content: Content, at range: ByteRange, isInBraces: Bool) {
    self.content = content
    self.range = range
    self.isInBraces = isInBraces
  }
}

/// A value that is not made of others, as text.
public struct Scalar: Sendable {
  /// The text, with quotes, escapes and folding undone.
  public let text: String
  /// Whether it stood without quotes, so that `true` is a truth value while `"true"` is text.
  public let isPlain: Bool
  /// Whether it stands for something that could not be parsed; its diagnostic has been made already, and
  /// readers of fields pass over it in silence.
  public let isUnreadable: Bool

  /// A scalar of `text`, unquoted if `isPlain`.
  public init(_ text: String, isPlain: Bool = true) {
    self.init(text, isPlain: isPlain, isUnreadable: false)
  }

  init(_ text: String, isPlain: Bool, isUnreadable: Bool) {
    self.text = text
    self.isPlain = isPlain
    self.isUnreadable = isUnreadable
  }
}

/// A key of a mapping with its value.
public struct Entry: Sendable {
  /// The key's text.
  public let key: String
  /// The key's bytes in the whole file, quotes included.
  public let keyRange: ByteRange
  /// The value; an empty plain scalar where none is written.
  public let value: Node
  /// Equal for equal keys, and seldom for others.
  let fingerprint: UInt32

  /// An entry that gives `key`, written at `keyRange`, the value `value`.
  public init(_ key: String, at keyRange: ByteRange, value: Node) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
    fingerprint = YAML.fingerprint(of: key)
  }
}

/// A number that is equal for equal keys, and seldom for others: comparing it first makes finding a field
/// among a few dozen several times faster than comparing strings.
func fingerprint(of key: String) -> UInt32 {
  key.withUTF8Bytes { bytes in
    var state: UInt32 = 2_166_136_261
    for index in bytes.indices { state = (state ^ UInt32(bytes[index])) &* 16_777_619 }
    return state
  }
}

extension Node {
  /// What stands in the tree for something that could not be parsed.
  static func unreadable(at range: ByteRange) -> Node {
    Node(.scalar(Scalar("", isPlain: false, isUnreadable: true)), at: range)
  }

  /// The scalar, if the node is one.
  public var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// Whether the node is a plain `null`, `~` or nothing at all.
  public var isNull: Bool { scalar?.isNull ?? false }

  /// Whether it is a value that can't be read, which was reported already.
  var isUnreadable: Bool {
    if case .scalar(let scalar) = content { scalar.isUnreadable } else { false }
  }

  /// Whether there is nothing to read: a null, or text without a visible character.
  var isBlank: Bool {
    guard let scalar, !scalar.isUnreadable else { return false }
    return scalar.isNull || scalar.text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }
}

/// A value together with its place.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public var value: Value
  /// The value's bytes in the whole file.
  public var range: ByteRange

  /// `value`, which stands at `range`.
  public init(_ value: Value, at range: ByteRange) {
    self.value = value
    self.range = range
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
