/// Reads the TOML that Hugo's front matter and configuration are written in.
///
/// ARCHITECTURE.md says why no package does.
struct TOML {
  /// The line of the first mistake, from 1.
  struct Mistake: Error, Hashable {
    var line: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0
  private var tables = TOMLTables()

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
    while true {
      skipBlank(lines: true)
      guard let byte = next else { return tables.entries }
      if byte == 0x5B {
        index += 1
        let isArray = next == 0x5B
        if isArray { index += 1 }
        let path = try keys()
        guard bytes[index...].starts(with: isArray ? [0x5D, 0x5D] : [0x5D]) else { throw mistake() }
        index += isArray ? 2 : 1
        guard tables.open(path, addingTo: isArray) else { throw mistake() }
      } else {
        let path = try keys()
        try expect(0x3D)
        let value = try value()
        guard tables.set(path, value) else { throw mistake() }
      }
      skipBlank(lines: false)
      guard next == nil || next == 0x0A else { throw mistake() }
    }
  }

  private mutating func skipBlank(lines: Bool) {
    while let byte = next {
      if byte == 0x23 {
        while let byte = next, byte != 0x0A { index += byte == 0x0A ? 0 : 1 }
      } else if byte == 0x20 || byte == 0x09 || lines && byte == 0x0A {
        index += 1
      } else {
        return
      }
    }
  }

  private mutating func skipSpace() {
    while next == 0x20 || next == 0x09 { index += 1 }
  }

  private mutating func expect(_ byte: UInt8) throws(Mistake) {
    guard next == byte else { throw mistake() }
    index += 1
    skipSpace()
  }

  /// A key, or several with dots between, and the space behind.
  private mutating func keys() throws(Mistake) -> [String] {
    var result: [String] = []
    while true {
      skipSpace()
      if let quote = next, quote == 0x22 || quote == 0x27 {
        guard !bytes[index...].starts(with: [quote, quote, quote]) else { throw mistake() }
        result.append(try string(quote))
      } else {
        let start = index
        while let byte = next,
          (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        { index += 1 }
        guard index > start else { throw mistake() }
        result.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      skipSpace()
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
    case 0x5B: return try array()
    case 0x7B: return try inlineTable()
    default:
      let start = index
      while let byte = next, ![0x2C, 0x5D, 0x7D, 0x23, 0x0A].contains(byte) { index += 1 }
      let text = trimmed(String(decoding: bytes[start..<index], as: UTF8.self))
      guard TOMLScalar.isOne(text) else { throw mistake() }
      return .plain(text)
    }
  }

  private mutating func array() throws(Mistake) -> PostValue {
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
  }

  /// A table in one line, without a comma at its end.
  private mutating func inlineTable() throws(Mistake) -> PostValue {
    index += 1
    let table = TOMLTables()
    skipSpace()
    while next != 0x7D {
      let path = try keys()
      try expect(0x3D)
      guard table.set(path, try value()) else { throw mistake() }
      skipSpace()
      guard next == 0x2C else { break }
      index += 1
      skipSpace()
      guard next != 0x7D else { throw mistake() }
    }
    guard next == 0x7D else { throw mistake() }
    index += 1
    return .mapping(table.entries)
  }

  private mutating func string(_ quote: UInt8) throws(Mistake) -> String {
    let mark = [quote, quote, quote]
    let isLong = bytes[index...].starts(with: mark)
    index += isLong ? 3 : 1
    if isLong, next == 0x0A { index += 1 }
    var result: [UInt8] = []
    while let byte = next {
      if isLong ? bytes[index...].starts(with: mark) : byte == quote {
        index += isLong ? 3 : 1
        // Up to two quotation marks may stand before those that end it.
        for _ in 0..<2 where isLong && next == quote {
          result.append(quote)
          index += 1
        }
        return String(decoding: result, as: UTF8.self)
      }
      if byte == 0x0A, !isLong { break }
      index += 1
      if byte == 0x5C, quote == 0x22 {
        try escape(isLong: isLong, &result)
      } else {
        result.append(byte)
      }
    }
    throw mistake()
  }

  /// What stands behind a backslash.
  private mutating func escape(isLong: Bool, _ result: inout [UInt8]) throws(Mistake) {
    guard let escaped = next else { throw mistake() }
    index += 1
    switch escaped {
    case 0x6E: result.append(0x0A)
    case 0x74: result.append(0x09)
    case 0x72, 0x62, 0x66: break
    case 0x22, 0x5C: result.append(escaped)
    case 0x75, 0x55:
      let digits = bytes[index...].prefix(escaped == 0x75 ? 4 : 8)
      guard digits.count == (escaped == 0x75 ? 4 : 8), digits.allSatisfy(TOMLScalar.isHexadecimal),
        let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(number)
      else { throw mistake() }
      index = digits.endIndex
      result += String(scalar).utf8
    case 0x20, 0x09,
      0x0A where isLong:
      // A line end, and the space around it, means nothing.
      index -= 1
      skipSpace()
      guard isLong, next == 0x0A else { throw mistake() }
      while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A { index += 1 }
    default: throw mistake()
    }
  }
}
