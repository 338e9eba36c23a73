import Columns
import SourceText

/// A file read as a build reads it.
struct Reading {
  let errors: [String]
  let written: [RequiredField]

  init(_ text: String, at path: String, isPage: Bool) {
    let path = ContentPath(path)
    let source = Source(path: path.sourcePath, text: text)
    var diagnostics: [Diagnostic] = []
    var written: [RequiredField] = []
    if isPage {
      _ = FreePageSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
    } else {
      let piece = WriteUpSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
      written = piece?.written ?? []
    }
    errors = diagnostics.filter { $0.severity == .error }.map { "\($0.message) [\($0.id)]" }
    self.written = written
  }
}
