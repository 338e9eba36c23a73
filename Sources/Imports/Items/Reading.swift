import Columns
import SourceText

/// A file read as a build reads it.
struct Reading {
  let errors: [String]
  private let written: [RequiredField]

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
      diagnostics += piece?.lacking ?? []
    }
    errors = diagnostics.filter { $0.severity == .error }.map { "\($0.message) [\($0.id)]" }
    self.written = written
  }

  /// Why a column that asks for `fields` holds it back; `nil` if it tells all of them.
  func missing(of fields: [RequiredField]) -> String? {
    let missing = fields.filter { !written.contains($0) }
    return missing.isEmpty ? nil : "the column asks for \(missing.map(\.rawValue).joined(separator: ", "))"
  }
}
