import Imports
import SourceText

/// One import: from the folder of another generator to files of `content/`.
public struct MarkdownImport: Sendable {
  /// What an import may be told.
  public struct Options: Sendable {
    /// The site's folder.
    public var root = "."
    /// The folder of the other generator.
    public var folder: String
    /// The column that posts go into, by name or folder.
    public var column: String
    /// Whether a column that isn't there is begun though the site has others.
    public var beginsColumn = false
    /// Whether nothing is written.
    public var isDryRun = false
    /// The number of tasks that work at once; at least 1.
    public var jobs: Int

    /// Options for an import of what is in `folder` into `column` with `jobs` tasks.
    public init(folder: String, column: String, jobs: Int) {
      self.folder = folder
      self.column = column
      self.jobs = jobs
    }
  }

  private let options: Options
  private var report = ImportReport()

  /// An import that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Reads the posts twice, first for what is where and then one by one, and writes a file for each.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; every file is then whole, old or new.
  public consuming func run() async throws -> ImportReport {
    guard let content = try Content.folder(of: options.root, &report.diagnostics) else { return report }
    guard let folder = try Directory.open(options.folder) else {
      throw SystemError.missing("open", options.folder)
    }
    guard try options.isDryRun || content.lock() else {
      report.diagnostics.append(.busyImport)
      return report
    }
    let paths = try files(in: folder)
    let site = try site(paths, in: folder)
    let posts = paths.filter { site.isPost($0) }
    guard !posts.isEmpty else {
      report.diagnostics.append(.noPosts(options.folder))
      return report
    }
    for path in paths where !site.isPost(path) && Self.isText(path) {
      report.counts["file of text that is no post"] = (report.counts["file of text that is no post"] ?? 0) + 1
    }
    report.counts["post (file)"] = posts.count
    var files = try ImportedFiles(content, isDryRun: options.isDryRun)
    let choice = ImportColumn(name: options.column, beginsColumn: options.beginsColumn, jobs: options.jobs)
    guard let (settings, begin) = try await choice.settings(in: content, files.ledger, &report.diagnostics)
    else { return report }
    if let begin {
      _ = try files.put(settings.folder + "/_column.md", begin, key: "column \(settings.folder)")
    }
    var converter = PostConverter(settings, site)
    let media = Set(paths.filter { OldMedia.isPublishable($0) && isUsableName($0) })
    converter.hasMedia = { media.contains($0) }
    for path in posts { converter.add(try text(path, in: folder), at: path) }
    for (index, path) in posts.enumerated() {
      let item = converter.convert(try text(path, in: folder), at: index)
      var outcomes: [ImportedFiles.Outcome] = []
      for file in item.files { outcomes.append(try files.put(file.path, file.text, key: item.key)) }
      report.add(item, outcomes)
      guard let first = outcomes.first, first != .foreign, first != .removed else { continue }
      try copy(item.companions, of: folder, with: files)
    }
    try files.finish()
    report.isDryRun = options.isDryRun
    report.isComplete = true
    return report
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
  private var copied: Set<String> = []

  /// The text of a file; what is longer than any post is cut.
  private func text(_ path: String, in folder: Directory) throws -> String {
    String(decoding: try folder.read(path, limit: Self.textLimit) ?? [], as: UTF8.self)
  }

  private static let textLimit = 4 << 20

  private static func isText(_ path: String) -> Bool {
    ["md", "markdown", "mkd", "mdown", "html", "htm", "rst", "adoc", "textile", "org"].contains(
      path.split(separator: ".").last.map { $0.lowercased() } ?? "")
  }

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
    let text = try name.map { try self.text($0, in: folder) }
    return PostSite(paths, configuration: name.flatMap { name in text.map { (name, $0) } })
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
