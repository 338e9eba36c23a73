import CivilTime

/// What an output folder was built from, and for how long that holds: a build that finds the same sources and
/// the same files has nothing to do.
///
/// Kept beside the manifest, as a text file with a line for each property. Only builds without a finding leave
/// one. It is published with the folder, so that it names nothing that isn't.
struct Stamp: Sendable, Hashable {
  static let file = ".sitegen/stamp"
  static let newFile = ".sitegen/stamp.new"
  fileprivate static let header = "sitegen stamp 1"

  /// What tells everything that the build read, and was told, from anything else.
  var inputs: Digest
  /// The digest of the manifest of the files that it came to.
  var manifest: Digest
  /// The moments, in seconds since 1970, for which the same build would come to the same.
  var validity: Range<Int64>
  /// The number of HTML pages.
  var pageCount: Int
  /// See ``Build/Report/nextChange``.
  var nextChange: Timestamp?
  /// The positions, among the paths of the content, of the files that were held back.
  var heldBack: [Int]
}

extension Stamp {
  /// The stamp that a file holds; `nil` when it is none, or not whole.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 8, lines[0] == Stamp.header, lines[7].isEmpty, let inputs = Digest(lines[1]),
      let manifest = Digest(lines[2]), let validity = Stamp.integers(lines[3]), validity.count == 2,
      validity[0] < validity[1], let pageCount = Int(lines[4]), let next = Stamp.integers(lines[5]),
      next.isEmpty || next.count == 2, let heldBack = Stamp.integers(lines[6])
    else { return nil }
    var nextChange: Timestamp?
    if let seconds = next.first {
      guard let offset = Int32(exactly: next[1]) else { return nil }
      nextChange = Timestamp(seconds: seconds, offset: offset)
    }
    self.init(
      inputs: inputs, manifest: manifest, validity: validity[0]..<validity[1], pageCount: pageCount,
      nextChange: nextChange, heldBack: heldBack.map { Int($0) })
  }

  /// What its file holds.
  var bytes: [UInt8] {
    let lines = [
      Stamp.header, inputs.text, manifest.text, "\(validity.lowerBound) \(validity.upperBound)",
      "\(pageCount)",
      nextChange.map { "\($0.seconds) \($0.offset)" } ?? "", heldBack.map(String.init).joined(separator: " "),
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func integers(_ line: Substring) -> [Int64]? {
    let words = line.split(separator: " ")
    let numbers = words.compactMap { Int64($0) }
    return numbers.count == words.count ? numbers : nil
  }
}
