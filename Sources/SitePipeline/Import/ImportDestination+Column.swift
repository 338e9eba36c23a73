import CivilTime
import Columns
import Imports
import SourceText
import YAML

extension ImportDestination {
  /// The site's `content/`, which nothing else writes into meanwhile; `nil`, with what is wrong, where that can't be.
  func content(_ diagnostics: inout [Diagnostic]) throws -> Directory? {
    guard let content = try Content.folder(of: root, &diagnostics) else { return nil }
    guard try isDryRun || content.lock() else {
      diagnostics.append(.busyImport)
      return nil
    }
    return content
  }

  /// The settings for the column, and the text of its `_column.md` if it has none yet.
  func settings(
    in content: Directory, _ ledger: ImportLedger, _ diagnostics: inout [Diagnostic]
  ) async throws -> (ImportSettings, begin: String?)? {
    var problems: [Diagnostic] = []
    let own = ledger.texts
    let read = try await Content.read(
      content, jobs: jobs,
      wanted: { path in
        switch path.kind {
        case .column, .person: true
        // What imports wrote before may be as much as is imported now, and none of it is asked.
        case .writeUp, .freePage: !own.contains(path.text)
        case .site, .period, .comments, .media: false
        }
      }, diagnostics: &problems)
    // Mistakes in write-ups are the next build's.
    let errors = problems.filter { problem in
      let path = problem.location?.path ?? ""
      return problem.severity == .error && problem.id != "content/escaping-link"
        && (path.hasSuffix("_column.md") || path == "content/site.yaml" || read == nil)
    }
    guard let read, errors.isEmpty else {
      diagnostics += errors
      return nil
    }
    guard let (found, begin) = try chosenColumn(read, ledger, &diagnostics) else { return nil }
    var settings = found
    let former = ledger.paths(for: settings.folder, there: Set(read.paths.map(\.text)))
    settings.formerPaths = own
    settings.beginning = { path in
      (try? content.read(path, limit: 4096)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    }
    settings.formerPath = { former[Digest(of: Array($0.utf8))] }
    settings.columns = Set(read.sources.columns.map(\.path.folder))
    for column in read.sources.columns { settings.permalinks[column.path.folder] = column.permalink }
    let url = read.sources.site.url ?? "/"
    let root = url.firstRange(of: "://").map { url[$0.upperBound...].drop { $0 != "/" } } ?? url[...]
    settings.rootPath = String(root.dropLast(root.hasSuffix("/") ? 1 : 0))
    settings.note(read, except: settings.formerPaths)
    return (settings, begin)
  }

  /// `settings` with the addresses taken of what earlier imports brought over from elsewhere; `files` are those of this one.
  func settings(
    _ settings: ImportSettings, with files: Set<String>, in content: Directory
  ) async throws -> ImportSettings {
    let others = settings.formerPaths.subtracting(files)
    // An import that is run again has none, and reads nothing here.
    guard others.contains(where: { [.writeUp, .freePage].contains(ContentPath($0).kind) }) else {
      return settings
    }
    var problems: [Diagnostic] = []
    let read = try await Content.read(
      content, jobs: jobs, wanted: { $0.kind == .column || others.contains($0.text) },
      diagnostics: &problems)
    var settings = settings
    if let read { settings.note(read, except: files) }
    return settings
  }

  /// The column that was named; one that isn't there is begun where it can't be a slip of the pen.
  private func chosenColumn(
    _ read: Content, _ ledger: ImportLedger, _ diagnostics: inout [Diagnostic]
  ) throws -> (ImportSettings, begin: String?)? {
    let slug = Columns.slug(for: column)
    let columns = read.sources.columns
    if let known = columns.first(where: { $0.isCalled(column) })
      ?? columns.first(where: { $0.path.folder == slug })
    {
      var settings = ImportSettings(folder: known.path.folder, columnName: known.name, zone: read.zone)
      settings.itemLabel = known.itemLabel
      settings.isProjects = known.kind == .projects
      settings.require = known.require
      settings.permalink = known.permalink
      return (settings, nil)
    }
    guard !slug.isEmpty, slug != "pages", slug != "people", !isReservedFolder(slug), !isReservedName(slug)
    else {
      diagnostics.append(.unusableColumn(column, slug))
      return nil
    }
    guard columns.isEmpty || beginsColumn else {
      diagnostics.append(.otherColumns(column, columns))
      return nil
    }
    let isFree = read.paths.allSatisfy { !$0.text.hasPrefix(slug + "/") || ledger.entries[$0.text] != nil }
    guard isFree, ledger.entries[slug + "/_column.md"] == nil else {
      let isGone = read.paths.allSatisfy { !$0.text.hasPrefix(slug + "/") }
      diagnostics.append(isGone ? .columnTakenAway(slug) : .folderInTheWay(slug))
      return nil
    }
    let settings = ImportSettings(folder: slug, columnName: column, zone: read.zone)
    let begin = [
      ("name", WrittenValue.text(column)), ("kind", .plain("articles")), ("weeks", .plain("true")),
    ]
    return (settings, "---\n" + yamlLines(begin.map { (key: $0, value: $1) }) + "---\n")
  }
}

extension Diagnostic {
  fileprivate static func unusableColumn(_ name: String, _ slug: String) -> Diagnostic {
    .error(
      "import/column",
      slug.isEmpty
        ? "no column can be called '\(name)', which has neither letters nor digits"
        : "no column can be called '\(name)': '\(slug)' is a folder that sitegen needs for something else",
      at: nil, fix: "choose another name, as with: --column blog")
  }

  fileprivate static func otherColumns(_ name: String, _ columns: [ColumnSource]) -> Diagnostic {
    var problem = Diagnostic.noColumn(name, columns)
    problem.fix = "\(problem.fix ?? "look at the name"); to begin a column of that name, add --new-column"
    return problem
  }

  fileprivate static func folderInTheWay(_ folder: String) -> Diagnostic {
    .error(
      "import/column-folder",
      "content/\(folder) is there and no column: its files would become a part of one",
      at: nil, fix: "give it a _column.md first, move it away, or choose another name for the column")
  }

  fileprivate static func columnTakenAway(_ folder: String) -> Diagnostic {
    .error(
      "import/column-folder",
      "content/\(folder) was begun by an earlier import and taken away since, and nothing that was taken away is written again",
      at: nil,
      fix:
        "bring it back, or choose another name for the column; to have all of it again, take the lines with \(folder)/ out of content/\(ImportLedger.file)"
    )
  }

  fileprivate static var busyImport: Diagnostic {
    .error("import/busy", "something else is writing into content/", at: nil, fix: "wait until it is done")
  }
}
