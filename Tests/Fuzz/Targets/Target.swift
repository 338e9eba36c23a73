/// Something that reads bytes which people write, and what has to be true of whatever it makes of them.
struct Target: Sendable {
  let name: String
  /// Reads the bytes, and makes its demands.
  let check: @Sendable ([UInt8]) -> Void
  /// A file of 64 KB that is made of the bytes again and again, and is as well-formed as they are.
  let enlarge: @Sendable ([UInt8]) -> [UInt8]

  init(
    _ name: String, enlarge: @escaping @Sendable ([UInt8]) -> [UInt8] = { repeated($0) },
    check: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.name = name
    self.check = check
    self.enlarge = enlarge
  }

  static let all =
    [yaml, markdown, commentText, feedText] + sources + [
      template, themeManifest, words, styleSheet, image, manifest, tally, ballot, html, wordpress, post,
    ]

  /// Checks `bytes`, and of some inputs 64 KB.
  func test(_ bytes: [UInt8]) {
    check(bytes)
    if bytes.count > 1, fingerprint(bytes).isMultiple(of: 512) { check(enlarge(bytes)) }
  }
}

/// `bytes` again and again, up to 64 KB.
func repeated(_ bytes: some Collection<UInt8>, upTo limit: Int = 64 << 10) -> [UInt8] {
  guard !bytes.isEmpty else { return [] }
  return Array(repeatElement(bytes, count: max(1, limit / bytes.count)).joined())
}

/// A number that is the same for the same bytes in every run.
func fingerprint(_ bytes: [UInt8]) -> UInt64 {
  // FNV-1a, whose low bits alone are no good.
  let hash: UInt64 = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  return hash ^ hash >> 32
}
