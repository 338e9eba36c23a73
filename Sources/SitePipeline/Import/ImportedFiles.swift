import Columns

/// Puts files into `content/` and never over anything that a person wrote.
struct ImportedFiles {
  /// What became of a file.
  enum Outcome: String, Sendable, CaseIterable {
    /// It is new.
    case written
    /// An earlier import wrote it, and nobody edited it.
    case rewritten
    /// It was there as it is.
    case unchanged
    /// An earlier import wrote it, and somebody edited it, or took it away.
    case edited
    /// Somebody else's file has its name.
    case foreign
  }

  private let content: Directory
  private let isDryRun: Bool
  private(set) var ledger: ImportLedger
  private let formerLedger: [UInt8]?

  init(_ content: Directory, isDryRun: Bool) throws(SystemError) {
    self.content = content
    self.isDryRun = isDryRun
    formerLedger = try content.read(ImportLedger.file, limit: 256 << 20)
    ledger = ImportLedger(formerLedger)
  }

  /// Puts a text into its place, if that is free or was this program's.
  mutating func put(_ path: String, _ text: String, key: String) throws(SystemError) -> Outcome {
    let bytes = Array(text.utf8)
    let known = ledger.entries[path]
    switch try content.compare(path, with: bytes) {
    case true?:
      ledger.note(path, bytes, key: key)
      return .unchanged
    case nil:
      guard known == nil else { return .edited }
      if !isDryRun { guard try content.add(path, bytes) else { return .foreign } }
      ledger.note(path, bytes, key: key)
      return .written
    case false?:
      guard let known else { return .foreign }
      guard try content.entry(path) == .file, let former = try content.read(path),
        Digest(of: former) == known.digest
      else { return .edited }
      if !isDryRun { guard try content.replace(path, former, with: bytes) else { return .edited } }
      ledger.note(path, bytes, key: key)
      return .rewritten
    }
  }

  /// Copies a file of the old site into its place; what is there stays.
  func copy(_ original: String, of source: Directory, to path: String) throws(SystemError) -> Outcome {
    guard try content.entry(path) == nil else {
      let here = try content.digest(path, followingLinks: false)
      let there = try source.digest(original, followingLinks: true)
      return here != nil && here == there ? .unchanged : .foreign
    }
    if isDryRun { return .written }
    return try content.add(path, copying: original, of: source) ? .written : .foreign
  }

  /// Writes down what was written.
  func finish() throws(SystemError) {
    let bytes = ledger.bytes
    guard !isDryRun, !ledger.entries.isEmpty, bytes != formerLedger else { return }
    if let formerLedger {
      _ = try content.replace(ImportLedger.file, formerLedger, with: bytes)
    } else {
      _ = try content.add(ImportLedger.file, bytes)
    }
  }
}
