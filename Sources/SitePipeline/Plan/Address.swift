import Columns
import SourceText

/// Where a page stands, below the site's root.
struct Address: Sendable, Hashable {
  /// The folder, not percent-encoded, without slashes at its ends; empty for the front page.
  let folder: String

  init(_ folder: String) { self.folder = folder }

  /// The file of the page below `output/`.
  var file: String { folder.isEmpty ? "index.html" : folder + "/index.html" }

  /// The address as links have it: percent-encoded, from the site's root, `a/b/` or `a/b/index.html`.
  func link(_ form: LinkForm) -> String {
    let path = folder.isEmpty ? "" : percentEncoded(folder) + "/"
    return form == .file ? path + "index.html" : path
  }

  /// The number of folders that a page at this address is below the root.
  var depth: Int { folder.isEmpty ? 0 : folder.utf8.reduce(1) { $0 + ($1 == 0x2F ? 1 : 0) } }
}

/// A local link without a trailing `index.html`.
func canonicalPath(_ link: String) -> String {
  link.hasSuffix("index.html") ? String(link.dropLast("index.html".utf8.count)) : link
}

/// `path` as it stands in a URL: everything but unreserved characters and `/` percent-encoded.
func percentEncoded(_ path: String) -> String {
  func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
    default: false
    }
  }
  if path.utf8.allSatisfy(isPlain) { return path }
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    if isPlain(byte) {
      bytes.append(byte)
    } else {
      bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
