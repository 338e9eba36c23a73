/// The bytes that `text` stands for once its percent-escapes are decoded; a malformed escape stays as it is.
public func percentDecodedBytes(_ text: some StringProtocol) -> [UInt8] {
  func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
  let input = Array(text.utf8)
  guard input.contains(0x25) else { return input }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(input.count)
  var index = 0
  while index < input.count {
    if input[index] == 0x25, index + 2 < input.count, let high = digit(input[index + 1]),
      let low = digit(input[index + 2])
    {
      bytes.append(high << 4 | low)
      index += 3
    } else {
      bytes.append(input[index])
      index += 1
    }
  }
  return bytes
}

/// `text` with its percent-escapes decoded; a malformed escape stays as it is, and so does a text whose escapes are no
/// UTF-8.
public func percentDecoded(_ text: some StringProtocol) -> String {
  guard text.contains(byte: 0x25) else { return String(text) }
  return String(validating: percentDecodedBytes(text), as: UTF8.self) ?? String(text)
}

/// `path` as it stands in a URL: everything but unreserved characters and `/` percent-encoded.
public func percentEncoded(_ path: String) -> String {
  let isPlain = path.withUTF8Bytes { bytes in bytes.indices.allSatisfy { isUnreserved(bytes[$0]) } }
  if isPlain { return path }
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    if isUnreserved(byte) {
      bytes.append(byte)
    } else {
      bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Whether `byte` stands for itself in the path of a URL.
private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
  default: false
  }
}
