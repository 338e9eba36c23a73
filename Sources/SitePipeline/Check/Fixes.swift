import Columns
import SourceText
import YAML

/// What became of one file whose findings could be mended.
public struct FixedFile: Sendable {
  /// What became of it.
  public enum Outcome: Sendable, Hashable {
    /// It holds the changes.
    case written
    /// It is as it was, as was asked for.
    case shown
    /// It is as it was, because of this.
    case refused(Diagnostic)
  }

  /// The file, from the site's folder.
  public let path: String
  /// The findings that are mended, in order of place.
  public let mended: [Diagnostic]
  /// The file before and after.
  public let before: [UInt8], after: [UInt8]
  /// What became of it.
  public let outcome: Outcome
}

/// The changes that findings carry, for one file: those that don't touch each other.
struct FileEdit {
  let path: ContentPath
  let before: [UInt8]
  private(set) var mended: [Diagnostic] = []
  private(set) var after: [UInt8] = []

  /// Makes the changes of `findings` to the file at `path`, which holds `bytes`; of two that overlap, the first.
  ///
  /// A change that leads out of the file, or moves lines, is left out: a place in it would no longer be the one reported.
  init(_ bytes: [UInt8], at path: ContentPath, _ findings: [Diagnostic]) {
    self.path = path
    before = bytes
    var done = 0
    func key(_ finding: Diagnostic) -> (UInt32, UInt32) {
      (finding.edit?.range.lowerBound ?? 0, finding.edit?.range.upperBound ?? 0)
    }
    for finding in findings.sorted(by: { key($0) < key($1) }) {
      guard let edit = finding.edit, edit.range.indices.lowerBound >= done || mended.isEmpty,
        edit.range.indices.upperBound <= bytes.count,
        !edit.replacement.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }),
        !bytes[edit.range.indices].contains(where: { $0 == 0x0A || $0 == 0x0D }),
        !bytes[edit.range.indices].elementsEqual(edit.replacement.utf8)
      else { continue }
      // Two insertions at one place have no order.
      if let last = mended.last?.edit, last.range.upperBound == edit.range.lowerBound { continue }
      after += bytes[done..<edit.range.indices.lowerBound]
      after += Array(edit.replacement.utf8)
      done = edit.range.indices.upperBound
      mended.append(finding)
    }
    after += bytes[done...]
  }

  /// Why it may not be written: the file would read worse than before.
  func problem(smartPunctuation: Bool) -> Diagnostic? {
    func errors(_ bytes: [UInt8]) -> [Diagnostic] {
      Content.problems(
        of: Source(path: path.sourcePath, bytes: bytes), at: path, smartPunctuation: smartPunctuation
      ).filter { $0.severity == .error }
    }
    let (former, new) = (errors(before), errors(after))
    // Where nobody could tell front matter from text, what it holds is looked at for the first time.
    let isFirstLook = former.contains(where: \.hidesFrontMatter) && !new.contains(where: \.hidesFrontMatter)
    return new.count > former.count && !isFirstLook ? .worse(path, former.count, new.count) : nil
  }
}

extension SiteCheck {
  /// What the files of text in `content/` hold.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  func textDigests() throws -> [ContentPath: Digest] {
    guard let content = try Directory.open(options.build.root + "/content") else { return [:] }
    var found: [Diagnostic] = []
    var digests: [ContentPath: Digest] = [:]
    for path in try ContentTree.list(content, diagnostics: &found).paths where path.kind != .media {
      digests[path] = try content.digest(path.text, followingLinks: true)
    }
    return digests
  }

  /// Makes the changes that `findings` carry to files of `content/`, or only shows them; not to those that hold something
  /// else than by `digests`, taken before anything was looked at.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; each file is then the old one or the new one.
  func fix(
    _ findings: [Diagnostic], smartPunctuation: Bool, of digests: [ContentPath: Digest],
    writing isWriting: Bool
  ) throws -> [FixedFile] {
    guard let root = try Directory.open(options.build.root),
      let content = try Directory.open(root.full("content"))
    else { throw SystemError.missing("open", options.build.root) }
    let prefix = "content/"
    let byPath = Dictionary(
      grouping: findings.filter { $0.edit != nil && $0.location?.path.hasPrefix(prefix) ?? false },
      by: { $0.location?.path ?? "" })
    var isLocked = false
    return try byPath.sorted { $0.key < $1.key }.compactMap { name, findings -> FixedFile? in
      let path = ContentPath(String(name.dropFirst(prefix.count)))
      guard let bytes = try content.read(path.text, limit: textByteLimit + 1), bytes.count <= textByteLimit
      else {
        return nil
      }
      let edit = FileEdit(bytes, at: path, findings)
      guard !edit.mended.isEmpty else { return nil }
      func result(_ outcome: FixedFile.Outcome) -> FixedFile {
        FixedFile(path: name, mended: edit.mended, before: bytes, after: edit.after, outcome: outcome)
      }
      guard digests[path] == Digest(of: bytes) else { return result(.refused(.changedMeanwhile(path))) }
      if let problem = edit.problem(smartPunctuation: smartPunctuation) { return result(.refused(problem)) }
      guard isWriting else { return result(.shown) }
      if try leavesContent(path, content) { return result(.refused(.linkedFile(path))) }
      if !isLocked { isLocked = try content.lock() }
      guard isLocked else { return result(.refused(.busyContent(path))) }
      return try content.replace(path.text, bytes, with: edit.after)
        ? result(.written) : result(.refused(.changedMeanwhile(path)))
    }
  }

  /// Whether the file is a link, or lies in a folder that is one.
  private func leavesContent(_ path: ContentPath, _ content: Directory) throws -> Bool {
    if try content.entry(path.text) == .link { return true }
    guard let place = content.resolved(path.folder), let root = content.resolved("") else { return true }
    return place != (path.folder.isEmpty ? root : root + "/" + path.folder)
  }
}

extension Diagnostic {
  /// Whether it keeps the front matter of a file from being read.
  fileprivate var hidesFrontMatter: Bool { id.hasPrefix("front-matter/") }

  fileprivate static func worse(_ path: ContentPath, _ former: Int, _ new: Int) -> Diagnostic {
    .error(
      "fix/worse", "with these changes the file would have \(new) errors, and it has \(former)",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "mend it by hand")
  }

  fileprivate static func linkedFile(_ path: ContentPath) -> Diagnostic {
    .error(
      "fix/linked-file",
      "this file is a link, or lies in a folder that is one, and what it leads to is not changed",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "put the file itself here")
  }

  fileprivate static func busyContent(_ path: ContentPath) -> Diagnostic {
    .error(
      "fix/busy", "another command is writing into content/",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "wait until it is done")
  }

  fileprivate static func changedMeanwhile(_ path: ContentPath) -> Diagnostic {
    .error(
      "fix/changed-meanwhile", "somebody changed this file meanwhile",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "check again")
  }
}
