import SourceText

/// How numbers are written in the parts of an index: the script's `digits` and `more`.
///
/// A number is one of 64 final digits for what is below 64, and before it the rest in a base of its own. No
/// character used has to be escaped in a string of JavaScript.
enum Digits {
  private static let final = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".utf8)
  private static let more = Array("()*+,./:;=?@[]^{|}".utf8)
  /// What stands in front of a list of documents that is written as a bit for each document.
  private static let bits: UInt8 = 0x3E

  /// Writes `number`, which is not negative.
  static func write(_ number: Int, into buffer: inout ByteBuffer) {
    if number >= 64 { writeMore(number >> 6, into: &buffer) }
    buffer.append(byte: final[number & 63])
  }

  private static func writeMore(_ number: Int, into buffer: inout ByteBuffer) {
    if number >= more.count { writeMore(number / more.count, into: &buffer) }
    buffer.append(byte: more[number % more.count])
  }

  /// Writes ascending document numbers: the gaps between them, or a bit for each document if that is shorter.
  static func write(_ documents: [UInt32], into buffer: inout ByteBuffer) {
    guard let last = documents.last else { return }
    let final = final
    let bitsCount = Int(last) / 6 + 2
    // Each gap takes a digit at least.
    if bitsCount > documents.count {
      let start = buffer.count
      var next: UInt32 = 0
      for document in documents {
        let gap = Int(document - next)
        if gap < 64 { buffer.append(byte: final[gap]) } else { write(gap, into: &buffer) }
        next = document + 1
      }
      if buffer.count - start <= bitsCount { return }
      buffer.bytes.removeSubrange(start...)
    }
    buffer.append(byte: bits)
    var groups = [UInt8](repeating: 0, count: bitsCount - 1)
    for document in documents { groups[Int(document / 6)] |= 1 << UInt8(document % 6) }
    for group in groups { buffer.append(byte: final[Int(group)]) }
  }
}
