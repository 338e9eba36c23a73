/// Reads the TOML that Hugo's front matter and configuration are written in.
///
/// A reader of its own: the packages for TOML wrap a library in C++, whose runtime would come into the program that needs
/// nothing but the C library.
struct TOML {
  /// The line of the first mistake, from 1.
  struct Mistake: Error, Hashable {
    var line: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The entries of `text`; tables are mappings.
  static func parse(_ text: String) throws(Mistake) -> [PostValue.Entry] {
    var reader = TOML(text)
    return try reader.document()
  }

  private func mistake() -> Mistake {
    Mistake(line: 1 + bytes.prefix(min(index, bytes.count)).reduce(into: 0) { if $1 == 0x0A { $0 += 1 } })
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func document() throws(Mistake) -> [PostValue.Entry] {
    var root = PostValue.mapping([])
    var table: [String] = []
    var isArray = false
    while true {
      skipBlank(lines: true)
      guard let byte = next else { break }
      if byte == 0x5B {
        index += 1
        isArray = next == 0x5B
        if isArray { index += 1 }
        table = try keys()
        for _ in 0..<(isArray ? 2 : 1) { try expect(0x5D) }
        guard root.open(table[...], addingTo: isArray) else { throw mistake() }
      } else {
        let path = try keys()
        try expect(0x3D)
        let value = try value()
        guard root.set(table[...] + path, value) else { throw mistake() }
      }
      skipBlank(lines: false)
      guard next == nil || next == 0x0A || next == 0x0D else { throw mistake() }
    }
    guard case .mapping(let entries) = root else { return [] }
    return entries
  }

  private mutating func skipBlank(lines: Bool) {
    while let byte = next {
      if byte == 0x23 {
        while let byte = next, byte != 0x0A { index += byte == 0x0A ? 0 : 1 }
      } else if byte == 0x20 || byte == 0x09 || lines && (byte == 0x0A || byte == 0x0D) {
        index += 1
      } else {
        return
      }
    }
  }

  private mutating func expect(_ byte: UInt8) throws(Mistake) {
    skipBlank(lines: false)
    guard next == byte else { throw mistake() }
    index += 1
    skipBlank(lines: false)
  }

  /// A key, or several with dots between.
  private mutating func keys() throws(Mistake) -> [String] {
    var result: [String] = []
    while true {
      skipBlank(lines: false)
      if next == 0x22 || next == 0x27 {
        guard case .text(let text) = try value() else { throw mistake() }
        result.append(text)
      } else {
        let start = index
        while let byte = next,
          (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        { index += 1 }
        guard index > start else { throw mistake() }
        result.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      skipBlank(lines: false)
      guard next == 0x2E else { return result }
      guard result.count < 32 else { throw mistake() }
      index += 1
    }
  }

  private mutating func value() throws(Mistake) -> PostValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32 else { throw mistake() }
    switch next {
    case 0x22: return .text(try string(0x22))
    case 0x27: return .text(try string(0x27))
    case 0x5B:
      index += 1
      var values: [PostValue] = []
      while true {
        skipBlank(lines: true)
        if next == 0x5D { break }
        values.append(try value())
        skipBlank(lines: true)
        if next == 0x2C { index += 1 } else if next != 0x5D { throw mistake() }
      }
      index += 1
      return .list(values)
    case 0x7B:
      index += 1
      var table = PostValue.mapping([])
      while true {
        skipBlank(lines: true)
        if next == 0x7D { break }
        let path = try keys()
        try expect(0x3D)
        guard table.set(path[...], try value()) else { throw mistake() }
        skipBlank(lines: true)
        if next == 0x2C { index += 1 } else if next != 0x7D { throw mistake() }
      }
      index += 1
      return table
    default:
      let start = index
      while let byte = next, ![0x2C, 0x5D, 0x7D, 0x23, 0x0A, 0x0D].contains(byte) { index += 1 }
      let text = trimmed(String(decoding: bytes[start..<index], as: UTF8.self))
      // Only dates have a space in them.
      guard !text.isEmpty, !text.contains("\""), !text.contains("'"),
        !text.contains(" ") || text.contains(":")
      else { throw mistake() }
      return .plain(text)
    }
  }

  private mutating func string(_ quote: UInt8) throws(Mistake) -> String {
    let mark = [quote, quote, quote]
    let isLong = bytes[index...].starts(with: mark)
    index += isLong ? 3 : 1
    if isLong, next == 0x0D { index += 1 }
    if isLong, next == 0x0A { index += 1 }
    var result: [UInt8] = []
    while let byte = next {
      if isLong ? bytes[index...].starts(with: mark) : byte == quote {
        index += isLong ? 3 : 1
        return String(decoding: result, as: UTF8.self)
      }
      if byte == 0x0A, !isLong { break }
      index += 1
      guard byte == 0x5C, quote == 0x22 else {
        result.append(byte)
        continue
      }
      guard let escaped = next else { break }
      index += 1
      switch escaped {
      case 0x6E: result.append(0x0A)
      case 0x74: result.append(0x09)
      case 0x72, 0x62, 0x66: break
      case 0x22, 0x5C: result.append(escaped)
      case 0x75, 0x55:
        let count = escaped == 0x75 ? 4 : 8
        guard index + count <= bytes.count,
          let number = UInt32(String(decoding: bytes[index..<(index + count)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(number)
        else { throw mistake() }
        index += count
        result += String(scalar).utf8
      case let space where isLong && space <= 0x20:
        while let byte = next, byte <= 0x20 { index += 1 }
      default: throw mistake()
      }
    }
    throw mistake()
  }
}

extension PostValue {
  /// Makes the table at `path`, or one more of the tables there; false where something else is.
  fileprivate mutating func open(_ path: ArraySlice<String>, addingTo array: Bool) -> Bool {
    guard let key = path.first, case .mapping(var entries) = self else { return path.isEmpty }
    let place = entries.firstIndex { $0.key == key } ?? entries.endIndex
    if place == entries.endIndex {
      entries.append(Entry(key: key, value: array && path.count == 1 ? .list([]) : .mapping([])))
    }
    var isOpen = true
    switch entries[place].value {
    case .list(var values):
      if path.count == 1 {
        guard array else { return false }
        values.append(.mapping([]))
      } else {
        guard !values.isEmpty else { return false }
        isOpen = values[values.count - 1].open(path.dropFirst(), addingTo: array)
      }
      entries[place].value = .list(values)
    case .mapping:
      guard path.count > 1 || !array else { return false }
      isOpen = entries[place].value.open(path.dropFirst(), addingTo: array)
    case .text, .plain: return false
    }
    self = .mapping(entries)
    return isOpen
  }

  /// Sets what is at `path`; false where something is already.
  fileprivate mutating func set(_ path: ArraySlice<String>, _ value: PostValue) -> Bool {
    if case .list(var values) = self {
      guard !values.isEmpty, values[values.count - 1].set(path, value) else { return false }
      self = .list(values)
      return true
    }
    guard let key = path.first, case .mapping(var entries) = self else { return false }
    var place = entries.firstIndex { $0.key == key }
    if path.count == 1 {
      guard place == nil else { return false }
      entries.append(Entry(key: key, value: value))
    } else {
      if place == nil {
        place = entries.endIndex
        entries.append(Entry(key: key, value: .mapping([])))
      }
      guard let place, entries[place].value.set(path.dropFirst(), value) else { return false }
    }
    self = .mapping(entries)
    return true
  }
}
