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
    /// An earlier import wrote it, and somebody edited it.
    case edited
    /// An earlier import wrote it, and somebody took it away.
    case removed
    /// Somebody else's file has its name.
    case foreign
  }

  private let content: Directory
  private let isDryRun: Bool
  private(set) var ledger: ImportLedger
  private var formerLedger: [UInt8]?
  private var journal: AppendedFile?

  /// Takes up what is known of former imports, one that was killed among them.
  init(_ content: Directory, isDryRun: Bool) throws(SystemError) {
    self.content = content
    self.isDryRun = isDryRun
    formerLedger = try content.read(ImportLedger.file, limit: Self.byteLimit)
    ledger = ImportLedger(formerLedger)
    guard let journal = try content.read(ImportLedger.journal, limit: Self.byteLimit) else { return }
    try ledger.add(journal: journal) { (path) throws(SystemError) in
      try content.digest(path, followingLinks: false)
    }
    _ = try finish()
  }

  private static let byteLimit = 256 << 20

  /// Says what is about to be written, so that an import which is killed knows its files again.
  private mutating func announce(_ path: String, _ bytes: [UInt8], key: String) throws(SystemError) {
    if journal == nil { journal = try content.appending(to: ImportLedger.journal) }
    let line = ImportLedger.line(path, ImportLedger.entry(bytes, key: key)) + "\n"
    try journal?.append(Array(line.utf8))
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
      guard known == nil else { return .removed }
      if !isDryRun {
        try announce(path, bytes, key: key)
        guard try content.add(path, bytes) else { return .foreign }
      }
      ledger.note(path, bytes, key: key)
      return .written
    case false?:
      guard let known else { return .foreign }
      guard try content.entry(path) == .file, let former = try content.read(path),
        Digest(of: former) == known.digest
      else { return .edited }
      if !isDryRun {
        try announce(path, bytes, key: key)
        guard try content.replace(path, former, with: bytes) else { return .edited }
      }
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

  /// Writes down what was written, in one step, after which the journal says nothing new; `false`, and the journal stays,
  /// where the ledger is a link or something else by now.
  mutating func finish() throws(SystemError) -> Bool {
    guard !isDryRun else { return true }
    let bytes = ledger.bytes
    if !ledger.entries.isEmpty, bytes != formerLedger {
      guard try content.replace(ImportLedger.file, formerLedger, with: bytes) else { return false }
      formerLedger = bytes
    }
    journal = nil
    try content.remove(ImportLedger.journal)
    return true
  }
}
