import CXXHash

/// A number that tells contents apart: XXH3 with 128 bits. Contents that differ by chance differ in it; somebody who
/// wants two to have the same can make them up.
struct Digest: Sendable, Hashable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  private init(_ hash: XXH128_hash_t) { self.init(high: hash.high64, low: hash.low64) }

  /// The digest of `bytes`.
  init(of bytes: [UInt8]) {
    self = unsafe bytes.withUnsafeBytes { unsafe Digest(XXH3_128bits($0.baseAddress, $0.count)) }
  }

  /// The digest that 32 hexadecimal digits write, as ``text`` does and xxHash's own programs do.
  init?(_ text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 32, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The 32 digits.
  var text: String { String(decoding: digits, as: UTF8.self) }

  /// The 32 digits in ASCII.
  var digits: [UInt8] {
    var digits = [UInt8](repeating: 0, count: 32)
    for index in digits.indices {
      let number = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * (index & 15))) & 0xF
      digits[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    return digits
  }

  /// The digest of bytes that come piece by piece.
  @safe final class Stream {
    private let state: OpaquePointer

    init?() {
      guard let state = unsafe XXH3_createState() else { return nil }
      unsafe self.state = unsafe state
      _ = unsafe XXH3_128bits_reset(state)
    }

    deinit { _ = unsafe XXH3_freeState(state) }

    func append(_ bytes: UnsafeRawBufferPointer) {
      _ = unsafe XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
    }

    var digest: Digest { unsafe Digest(XXH3_128bits_digest(state)) }
  }
}
