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
