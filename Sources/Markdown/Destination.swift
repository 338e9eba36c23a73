public import SourceText

/// What kind of place a destination names.
enum Destination: Equatable {
  /// None.
  case empty
  /// A place with a scheme, or one that begins with `//`.
  case external
  /// A place on the site: a path or a fragment.
  case local
  /// A scheme that can run a script or read the reader's files.
  case unsafe

  init(_ url: UnsafeBufferPointer<UInt8>) {
    guard let first = unsafe url.first else {
      self = .empty
      return
    }
    if first == 0x2F {
      self = unsafe url.count > 1 && url[1] == 0x2F ? .external : .local
      return
    }
    // RFC 3986: a letter, then letters, digits, `+`, `-` and `.`, and a colon.
    guard first.isLetter, let colon = unsafe url.firstIndex(of: 0x3A),
      unsafe url[1..<colon].allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
      )
    else {
      self = .local
      return
    }
    let isUnsafe =
      unsafe url.hasPrefix("javascript:") || url.hasPrefix("vbscript:") || url.hasPrefix("file:")
      || url.hasPrefix("data:")
        && !(url.hasPrefix("data:image/png") || url.hasPrefix("data:image/gif")
          || url.hasPrefix("data:image/jpeg") || url.hasPrefix("data:image/webp"))
    self = isUnsafe ? .unsafe : .external
  }
}

extension UInt8 {
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes begin with `prefix`, which is in lower case, in whichever case.
  func hasPrefix(_ prefix: StaticString) -> Bool {
    guard count >= prefix.utf8CodeUnitCount else { return false }
    for index in 0..<prefix.utf8CodeUnitCount {
      let byte = unsafe self[index]
      let lowered = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      guard unsafe lowered == prefix.utf8Start[index] else { return false }
    }
    return true
  }
}

extension ByteBuffer {
  /// Appends `destination` as the value of an `href` or `src` attribute: what a URL cannot hold
  /// percent-encoded, `&` and `'` as entities, what is percent-encoded left as it is.
  public mutating func appendURL(_ destination: String) {
    var destination = destination
    destination.withUTF8 { unsafe appendURL($0) }
  }

  /// Appends `url` as the value of an `href` or `src` attribute.
  mutating func appendURL(_ url: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in 0..<url.count {
      let byte = unsafe url[index]
      if isPlainInURL(byte) { continue }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: url[start..<index]))
      start = index + 1
      switch byte {
      case 0x26: append(static: "&amp;")
      case 0x27: append(static: "&#x27;")
      default:
        bytes.append(0x25)
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 0xF))
      }
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: url[start...]))
  }
}

/// Whether `byte` stands for itself in an attribute that holds a URL: letters, digits, and
/// `-_.+!*(),%#@?=;:/$~`.
private func isPlainInURL(_ byte: UInt8) -> Bool {
  byte < 0x80
    && (byte < 0x40 ? 0xAFFF_FF3A_0000_0000 as UInt64 : 0x47FF_FFFE_87FF_FFFF) >> UInt64(byte & 0x3F) & 1 == 1
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
