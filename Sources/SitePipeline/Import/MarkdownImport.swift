public import CivilTime
import Imports
import SourceText
import XML

/// One import: from the folder of another generator to files of `content/`.
public struct MarkdownImport: Sendable {
  private let folder: String
  private let destination: ImportDestination
  private let today: CivilDate
  private var report = ImportReport()
  private var copied: Set<String> = []

  /// An import of what is in `folder`, the folder of the other generator's site, that has not begun.
  ///
  /// Where no post tells its day, `today` stands in for it.
  public init(of folder: String, to destination: ImportDestination, today: CivilDate) {
    self.folder = folder
    self.destination = destination
    self.today = today
  }

  /// Reads the posts and pages twice, first for what is where and then one by one, and writes a file for each.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; every file is then whole, old or new.
  public consuming func run() async throws -> ImportReport {
    guard let folder = try Directory.open(folder) else { throw SystemError.missing("open", folder) }
    guard let content = try destination.content(&report.diagnostics) else { return report }
    let paths = try files(in: folder)
    let site = try site(paths, in: folder)
    guard paths.contains(where: { [.post, .page].contains(site.kind(of: $0)) }) else {
      report.diagnostics.append(.noPosts(self.folder))
      return report
    }
    var files = try ImportedFiles(content, isDryRun: destination.isDryRun)
    guard
      let (settings, begin) = try await destination.settings(in: content, files.ledger, &report.diagnostics)
    else { return report }
    if let begin {
      _ = try files.put(settings.folder + "/_column.md", begin, key: "column \(settings.folder)")
    }
    var converter = PostConverter(settings, site, today: today)
    let media = Set(paths.filter { OldMedia.isPublishable($0) && isUsableName($0) })
    converter.hasMedia = { media.contains($0) }
    let sources = try survey(paths, of: site, in: folder, for: &converter)
    converter.settings = try await destination.settings(settings, with: converter.files, in: content)
    try convert(sources, in: folder, with: &converter, into: &files)
    try report.end(files: &files, isDryRun: destination.isDryRun)
    return report
  }

  /// Adds posts and pages to `converter`; returns their paths.
  private mutating func survey(
    _ paths: [String], of site: PostSite, in folder: Directory, for converter: inout PostConverter
  ) throws -> [String] {
    var sources: [String] = []
    for path in paths {
      switch site.kind(of: path) {
      case .leftOut(let reason)?: report.leaveOut(path, because: reason)
      case let kind?:
        if converter.add(try text(path, in: folder).text, at: path, isPage: kind == .page) {
          sources.append(path)
        } else {
          report.leaveOut(path, because: "without front matter")
        }
      case nil: break
      }
    }
    converter.finish()
    return sources
  }

  private mutating func convert(
    _ sources: [String], in folder: Directory, with converter: inout PostConverter,
    into files: inout ImportedFiles
  ) throws {
    let progress = Progress(total: sources.count, report: destination.progress)
    for (index, path) in sources.enumerated() {
      let (text, isUTF8) = try text(path, in: folder)
      var item = converter.convert(text, at: index)
      if !isUTF8 {
        item.remarks.append("it is no UTF-8, and was read as Windows-1252")
        report.otherEncodings += 1
      }
      var outcomes: [ImportedFiles.Outcome] = []
      for file in item.files { outcomes.append(try files.put(file.path, file.text, key: item.key)) }
      report.counts["\(item.type) (file)", default: 0] += 1
      report.add(item, outcomes)
      progress.step()
      guard let first = outcomes.first, first != .foreign, first != .removed else { continue }
      try copy(item.companions, of: folder, with: files)
    }
  }

  private mutating func copy(
    _ companions: [ConvertedItem.Companion], of folder: Directory, with files: ImportedFiles
  ) throws {
    for companion in companions where copied.insert(companion.path).inserted {
      report.mediaCount += 1
      let outcome = try files.copy(companion.source, of: folder, to: companion.path)
      report.mediaOutcomes[outcome.rawValue, default: 0] += 1
    }
  }

  /// The text of a file, and whether it is UTF-8, as nearly all are; others are read as Windows-1252, of which ISO 8859-1 is
  /// a part. What is longer than any post is cut.
  private func text(_ path: String, in folder: Directory) throws -> (text: String, isUTF8: Bool) {
    let bytes = try folder.read(path, limit: Self.textLimit) ?? []
    let text = String(decoding: bytes, as: UTF8.self)
    // What was repaired has other bytes; the cut may go through a character.
    let cut = bytes.count == Self.textLimit ? 4 : 0
    if text.utf8.starts(with: bytes.dropLast(cut)) { return (text, true) }
    let scalars = bytes.compactMap { byte in
      (0x80..<0xA0).contains(byte) ? windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }
    return (String(String.UnicodeScalarView(scalars)), false)
  }

  private static let textLimit = 4 << 20

  /// The paths of all files below the folder, in their order; hidden ones and links aside.
  private func files(in folder: Directory) throws -> [String] {
    var result: [String] = []
    func visit(_ name: String, depth: Int) throws {
      for child in try folder.names(in: name) where !child.name.hasPrefix(".") && result.count < 1_000_000 {
        let path = name.isEmpty ? child.name : name + "/" + child.name
        switch child.entry {
        case .file: result.append(path)
        case .folder where depth < 32 && !["node_modules", "_site", "public"].contains(child.name):
          try visit(path, depth: depth + 1)
        case .folder, .link, .other: break
        }
      }
    }
    try visit("", depth: 0)
    return result.sorted()
  }

  private func site(_ paths: [String], in folder: Directory) throws -> PostSite {
    let name = ["_config.yml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml"].first {
      paths.contains($0)
    }
    let text = try name.map { try self.text($0, in: folder).text }
    var site = PostSite(paths, configuration: name.flatMap { name in text.map { (name, $0) } })
    if let place = folder.resolved("") { site.places.append(Digest(of: Array(place.utf8)).text) }
    return site
  }
}

extension Diagnostic {
  fileprivate static func noPosts(_ folder: String) -> Diagnostic {
    .error(
      "import/no-posts", "\(folder) holds no posts: no Markdown files where Jekyll, Hugo or others have them",
      at: nil,
      fix: "name the folder that has _posts/, content/ or the Markdown files in it")
  }
}
