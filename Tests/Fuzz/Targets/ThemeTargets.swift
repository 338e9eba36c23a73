import Media
import SourceText
import YAML

@testable import SitePipeline

extension Target {
  static let themeManifest = Target("theme") { bytes in
    let file = Source(path: "themes/fuzz/theme.yaml", bytes: bytes)
    _ = demandSameTwice(of: file) { file, diagnostics in
      let node = YAML.parse(file, diagnostics: &diagnostics)
      var reader = FieldReader(node, in: file.path, at: ByteRange(at: 0), fields: ThemeManifest.fields)
      let manifest = ThemeManifest(&reader)
      diagnostics += reader.finish()
      return manifest
    }
  }

  static let words = Target("words") { bytes in
    let file = Source(path: "themes/fuzz/strings/en.yaml", bytes: bytes)
    let theme = ThemeSource(
      name: "fuzz", files: ["strings/en.yaml": file], links: [], unusableNames: [], tooLarge: [])
    _ = demandSameTwice(of: file) { _, diagnostics in
      Words.read("en", of: theme, diagnostics: &diagnostics).sorted { $0.key < $1.key }
    }
  }

  static let styleSheet = Target("style-sheet") { bytes in
    let references = timed(bytes.count) { StyleSheet(bytes).references }
    demand(references == StyleSheet(bytes).references, "other references the second time")
    var last = 0
    for reference in references {
      let range = reference.range
      demand(last <= range.lowerBound && range.upperBound <= bytes.count, "a reference at \(range)")
      demand(
        String(decoding: bytes[range], as: UTF8.self) == reference.text, "\(reference.text) is elsewhere")
      last = range.upperBound
    }
  }

  static let image = Target("image") { bytes in
    let size = timed(bytes.count) { imageSize(header: bytes) }
    demand(size == imageSize(header: bytes), "another size the second time")
  }

  /// The list of what an output folder holds, which anybody can change.
  static let manifest = Target("manifest") { bytes in
    let manifest = Manifest(bytes)
    for path in manifest.files.map(\.path.text) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      demand(!parts.contains("..") && !parts.contains(""), "\(path) leads elsewhere")
    }
    demand(Manifest(manifest.bytes).files == manifest.files, "it reads another list than it wrote")
  }
}
