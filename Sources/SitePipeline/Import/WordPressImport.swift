import CivilTime
import Columns
public import Imports
import SourceText
import XML
import YAML

/// One import: from an export of WordPress's to files of `content/`.
public struct WordPressImport: Sendable {
  /// What an import may be told.
  public struct Options: Sendable {
    /// Where it goes.
    public var destination: ImportDestination
    /// The export.
    public var export: String
    /// The folder with files of the old site that were downloaded.
    public var media: String?
    /// Further labels in texts, and what they mean.
    public var labels: [(label: String, meaning: Labels.Meaning)] = []

    /// Options for an import of `export` to `destination`.
    public init(export: String, to destination: ImportDestination) {
      self.export = export
      self.destination = destination
    }
  }

  private let options: Options
  private var report = ImportReport()
  private var pieces = ExportPieces()

  /// An import that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Reads the export twice, first for what is where and then item by item, and writes the files of each.
  ///
  /// Nothing is written when the export is broken anywhere.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; every file is then whole, old or new.
  public consuming func run() async throws -> ImportReport {
    let destination = options.destination
    guard let content = try destination.content(&report.diagnostics) else { return report }
    var files = try ImportedFiles(content, isDryRun: destination.isDryRun)
    guard
      let (found, begin) = try await destination.settings(in: content, files.ledger, &report.diagnostics)
    else { return report }
    var settings = found
    for (label, meaning) in options.labels { settings.labels.add(label, meaning) }
    guard var survey = try survey(settings, in: content) else { return report }
    survey.settings = try await destination.settings(settings, with: survey.files, in: content)
    report.note(survey)
    if let begin {
      _ = try files.put(settings.folder + "/_column.md", begin, key: "column \(settings.folder)")
    }
    guard try convert(survey, into: &files) else { return report }
    try copyMedia(survey, into: files, content)
    try report.end(files: &files, isDryRun: destination.isDryRun)
    return report
  }

  /// What a first pass tells; `nil` when the export can't be read to its end.
  private mutating func survey(
    _ settings: ImportSettings, in content: Directory
  ) throws -> ExportSurvey? {
    let folder = try options.media.map { path throws(SystemError) in
      guard let folder = try Directory.open(path) else { throw SystemError.missing("open", path) }
      return folder
    }
    var survey = ExportSurvey(settings)
    guard try read({ survey.add($0, of: $1) }) else { return nil }
    survey.finish()
    let media = OldMedia(
      folder, content: content, host: survey.host, columns: settings.columns.union([settings.folder]))
    report.media = media
    survey.hasMedia = { media.has($0) }
    return survey
  }

  /// Reads the export, and tells `tell` its items; false, with what is wrong, when it isn't one.
  private mutating func read(_ tell: (ExportItem, ExportSite) -> Void) throws -> Bool {
    let parts = options.export.utf8.lastIndex(of: 0x2F)
    let folder = parts.map { String(options.export[...$0]) } ?? "."
    let name = parts.map { String(options.export[options.export.utf8.index(after: $0)...]) } ?? options.export
    guard let directory = try Directory.open(folder) else {
      throw SystemError.missing("read", options.export)
    }
    guard try !name.isEmpty && directory.target(name) != .folder else {
      report.diagnostics.append(.folderForExport(options.export))
      return false
    }
    return try withoutActuallyEscaping(tell) { tell in
      let collector = ItemCollector()
      guard var stream = XMLStream(telling: collector.reader) else {
        report.diagnostics.append(.export(XMLProblem(kind: .memory, line: 1, column: 1), options.export))
        return false
      }
      var problem: XMLProblem?
      var bytes = ExportBytes()
      var isSame = true
      let isThere = try directory.forEachPiece(of: name) { piece in
        isSame = pieces.accept(piece)
        guard isSame else { return false }
        bytes.add(piece)
        do throws(XMLProblem) {
          try stream.read(piece)
        } catch {
          problem = error
        }
        for item in collector.take() { tell(item, collector.reader.site) }
        return problem == nil
      }
      guard isThere else { throw SystemError.missing("read", options.export) }
      isSame = (isSame || problem != nil) && (problem != nil || pieces.finish())
      if problem == nil, isSame {
        do throws(XMLProblem) {
          try stream.finish()
        } catch {
          problem = error
        }
        for item in collector.take() { tell(item, collector.reader.site) }
      }
      if let problem {
        report.diagnostics.append(
          bytes.diagnostic(for: problem, isEnded: collector.reader.isEnded, in: options.export)
            ?? .export(problem, options.export))
      } else if isSame, !collector.reader.isExport {
        report.diagnostics.append(.notAnExport(options.export))
      }
      guard isSame else {
        report.diagnostics.append(.changedMeanwhile(options.export))
        return false
      }
      return problem == nil && collector.reader.isExport
    }
  }

  // MARK: - Items

  /// Writes the files of each item; false when the export is another one by now.
  private mutating func convert(_ survey: ExportSurvey, into files: inout ImportedFiles) throws -> Bool {
    var converter = ItemConverter(survey)
    var index = 0
    var failure: SystemError?
    var report = report
    let progress = Progress(
      total: survey.counts.values.reduce(0, +), report: options.destination.progress)
    let isSound = try read { item, _ in
      defer {
        index += 1
        progress.step()
      }
      guard failure == nil, let converted = converter.convert(item, at: index) else { return }
      do throws(SystemError) {
        var outcomes: [ImportedFiles.Outcome] = []
        var converted = converted
        for (position, file) in converted.files.enumerated() {
          // Comments belong to the write-up that was imported, and to no other.
          if position > 0, let first = outcomes.first, first == .foreign || first == .removed {
            converted.leaveOutComments(because: "beside a write-up that isn't the import's")
            break
          }
          outcomes.append(try files.put(file.path, file.text, key: converted.key))
        }
        report.add(converted, outcomes)
      } catch {
        failure = error
      }
    }
    self.report = report
    if let failure {
      _ = try? files.finish()
      throw failure
    }
    if !isSound { try self.report.interrupt(&files) }
    return isSound
  }

  private mutating func copyMedia(
    _ survey: ExportSurvey, into files: ImportedFiles, _ content: Directory
  ) throws {
    var seen: Set<String> = []
    for address in survey.attachmentAddresses + report.mediaAddresses {
      guard let path = survey.mediaPath(address) else {
        report.note(unlisted: address, ofSite: survey.isOnSite(address))
        continue
      }
      guard seen.insert(path).inserted else { continue }
      report.mediaCount += 1
      guard OldMedia.isPublishable(path) else {
        report.mediaLeftOut.append(path)
        continue
      }
      if let (name, folder) = report.media?.original(of: path) {
        report.mediaOutcomes[try files.copy(name, of: folder, to: path).rawValue, default: 0] += 1
      } else if try content.entry(path) == .file {
        report.mediaOutcomes["unchanged", default: 0] += 1
      } else if let address = [address, escaped(address)].first(where: isWebAddress) {
        report.mediaToFetch.append(address)
      } else {
        report.note(unlisted: address, ofSite: true)
      }
    }
  }
}

/// `address` with escapes for what stands for itself in none.
private func escaped(_ address: String) -> String {
  String(
    decoding: address.utf8.flatMap { byte in
      byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
        ? [byte]
        : Array("%".utf8) + Array((byte < 0x10 ? "0" : "").utf8)
          + Array(String(byte, radix: 16, uppercase: true).utf8)
    }, as: UTF8.self)
}

/// Keeps the items that one piece of the file completes.
private final class ItemCollector {
  private final class Box {
    var items: [ExportItem] = []
  }

  private let box: Box
  let reader: ExportReader

  init() {
    let box = Box()
    self.box = box
    reader = ExportReader { box.items.append($0) }
  }

  func take() -> [ExportItem] {
    defer { box.items.removeAll() }
    return box.items
  }
}

extension Diagnostic {
  /// What keeps an export from being read; its place is told as people read it, as the file may be too large to look at
  /// again.
  fileprivate static func export(_ problem: XMLProblem, _ path: String) -> Diagnostic {
    let place = Location(path: "\(path):\(problem.line):\(max(1, problem.column))", range: ByteRange(at: 0))
    switch problem.kind {
    case .syntax(let words):
      let isReference = words.hasPrefix("xmlParseEntityRef") || words.hasPrefix("EntityRef")
      return .error(
        "import/syntax",
        isReference
          ? "the export is no XML here: a & begins nothing, and has to be written &amp;"
          : "the export is no XML here: \(words)", at: place,
        fix: "export it again; if it was edited, look at this place")
    case .documentType:
      return .error(
        "import/document-type", "the export has a document type, which WordPress writes in none", at: place,
        fix: "export it again from WordPress: Tools, Export")
    case .encoding(let name):
      return .error(
        "import/encoding", "the export is written as '\(name)'", at: place,
        fix:
          "make it UTF-8, as with: iconv -f \(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) -t UTF-8 \(path) > utf8.xml; then write encoding=\"UTF-8\" in its first line"
      )
    case .hugeTag:
      return .error(
        "import/huge-tag", "there is a tag larger than any of an export", at: place,
        fix: "export it again; if it was edited, look at this place")
    case .incomplete:
      return .error(
        "import/incomplete", "the export ends in the middle", at: place,
        fix: "download it again, or export fewer posts at a time")
    case .memory: return .error("import/memory", "there is not enough memory", at: place)
    }
  }

  fileprivate static func folderForExport(_ path: String) -> Diagnostic {
    .error(
      "import/folder", "\(path) is a folder, and no export", at: nil,
      fix:
        "name the file that WordPress gave, which ends with .xml; posts in Markdown are brought over by: sitegen import markdown"
    )
  }

  fileprivate static func notAnExport(_ path: String) -> Diagnostic {
    .error(
      "import/not-an-export", "\(path) is XML, but no export of WordPress", at: nil,
      fix: "export the posts in WordPress: Tools, Export, All content")
  }

  fileprivate static func changedMeanwhile(_ path: String) -> Diagnostic {
    .error(
      "import/changed-meanwhile", "\(path) changed while it was read", at: nil,
      fix:
        "import again when nothing writes into it any more: what was written so far is whole, and is known again"
    )
  }
}
