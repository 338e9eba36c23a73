import CivilTime
import Columns
import Imports
import Markdown
import SourceText
import XML
import YAML

extension Target {
  /// HTML as it stands in posts and comments, and the Markdown that is made of it.
  static let html = Target("html") { bytes in
    // XML hands over nothing but UTF-8 without NUL.
    let text = String(decoding: bytes.filter { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }, as: UTF8.self)
    var options = ConversionOptions()
    let conversion = timed(bytes.count) { Conversion(of: text, options: options) }
    demand(conversion == Conversion(of: text, options: options), "another Markdown the second time")
    demandSafe(conversion.markdown, .writeUp)
    // What is kept as a whole says so; and addresses of videos are players. Characters that nothing shows are left out.
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      !(0x7F..<0xA0).contains(scalar.value) && !(0xFDD0..<0xFDF0).contains(scalar.value)
        && scalar.value & 0xFFFE != 0xFFFE && scalar.value != 0xFEFF
    }
    let hasVideo = ["you", "vimeo"].contains { text.lowercased().contains($0) }
    if isPlain, conversion.notes.lost.isEmpty, !hasVideo {
      demandSameText(text, conversion.markdown)
    }
    options.breaksLines = true
    demandSafe(timed(bytes.count) { Conversion(of: text, options: options) }.markdown, .writeUp)
    options.isComment = true
    demandSafe(timed(bytes.count) { Conversion(of: text, options: options) }.markdown, .comment)
  }

  /// An export of WordPress's, in pieces of some bytes.
  static let wordpress = Target("wordpress") { bytes in
    var settings = ImportSettings(folder: "daily", columnName: "Daily", zone: .utc)
    settings.isProjects = bytes.count.isMultiple(of: 2)
    if bytes.count.isMultiple(of: 3) { settings.require = [.logline] }
    var items: [ExportItem] = []
    let reader = ExportReader { items.append($0) }
    guard var stream = XMLStream(telling: reader) else { return }
    let size = 1 + Int(fingerprint(bytes) % 4096)
    timed(bytes.count) {
      do throws(XMLProblem) {
        var start = 0
        while start < bytes.count {
          try stream.read(Array(bytes[start..<min(bytes.count, start + size)]))
          start += size
        }
        try stream.finish()
      } catch {
        demand(error.line > 0, "a problem in no line")
      }
    }
    var survey = ExportSurvey(settings)
    for item in items { survey.add(item, of: reader.site) }
    survey.finish()
    survey.hasMedia = { $0.utf8.count.isMultiple(of: 2) }
    var converter = ItemConverter(survey)
    var paths: Set<String> = []
    for (index, item) in items.enumerated() {
      guard let converted = timed(bytes.count, { converter.convert(item, at: index) }) else { continue }
      demand(converted.failure != nil || !converted.files.isEmpty, "nothing is written, and nothing is said")
      let left = converted.commentsLeftOut.values.reduce(0, +)
      demand(
        converted.commentCount + left == item.comments.count || converted.failure != nil,
        "comments are missing")
      for file in converted.files {
        demand(paths.insert(file.path).inserted, "\(file.path) is written twice")
        let isInside = file.path.hasPrefix("daily/") || file.path.hasPrefix("pages/")
        let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
        demand(
          isInside && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }, "it is written to \(file.path)")
        demandReadable(file)
      }
    }
  }

  /// A post of Jekyll's, Hugo's or another's, by what its first byte says.
  static let post = Target("post") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let path = ["_posts/2020-01-02-a.md", "content/posts/a/index.md", "a.md"][Int(bytes.first ?? 0) % 3]
    let paths = [path, path.hasPrefix("content/") ? "hugo.toml" : "x"]
    let site = PostSite(paths, configuration: path.hasPrefix("content/") ? ("hugo.toml", text) : nil)
    let settings = ImportSettings(folder: "daily", columnName: "Daily", zone: .utc)
    func convert() -> ConvertedItem {
      var converter = PostConverter(settings, site, today: CivilDate(dayNumber: 0))
      converter.hasMedia = { $0.utf8.count.isMultiple(of: 2) }
      _ = converter.add(text, at: path, isPage: false)
      _ = converter.add(text, at: "other-" + path, isPage: false)
      converter.finish()
      return converter.convert(text, at: 0)
    }
    let item = timed(bytes.count) { convert() }
    demand(item.failure != nil || item.files.count == 1, "nothing is written, and nothing is said")
    demand(item.files == convert().files, "another file the second time")
    for file in item.files {
      let isInside = file.path.hasPrefix("daily/") || file.path.hasPrefix("pages/")
      demand(isInside && !file.path.contains(".."), "it is written to \(file.path)")
      demandReadable(file)
    }
    for companion in item.companions {
      let parts = companion.path.split(separator: "/", omittingEmptySubsequences: false)
      demand(!parts.contains("..") && !parts.contains(""), "a file is copied to \(companion.path)")
    }
  }

  /// Demands that a build would take the file.
  private static func demandReadable(_ file: ConvertedItem.File) {
    let path = ContentPath(file.path)
    let source = Source(path: path.sourcePath, text: file.text)
    var diagnostics: [Diagnostic] = []
    switch path.kind {
    case .writeUp:
      _ = WriteUpSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
    case .freePage:
      _ = FreePageSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
    case .comments:
      _ = CommentsSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
    default: demand(false, "\(file.path) is no content")
    }
    let errors = diagnostics.filter { $0.severity == .error }
    demand(errors.isEmpty, "\(errors.first?.message ?? "") in\n\(file.text)")
  }

  private static func rendered(_ markdown: String, _ options: MarkdownOptions) -> (
    MarkdownDocument, [Diagnostic]
  ) {
    var options = options
    options.smartPunctuation = false
    options.extensions.remove(.headingAnchors)
    let source = Source(path: "text.md", text: markdown)
    var diagnostics: [Diagnostic] = []
    let document = parseMarkdown(
      source, in: ByteRange(0, source.bytes.count), options: options, diagnostics: &diagnostics)
    return (document, diagnostics)
  }

  /// Demands that nothing in what is shown could run.
  private static func demandSafe(_ markdown: String, _ options: MarkdownOptions) {
    let (document, diagnostics) = rendered(markdown, options)
    let errors = diagnostics.filter { $0.severity == .error }
    demand(errors.isEmpty, "\(errors.first?.message ?? "") in\n\(markdown)")
    guard let nodes = try? parseHTML(String(decoding: document.html, as: UTF8.self)) else { return }
    func look(_ nodes: [HTMLNode]) {
      for case .element(let element) in nodes {
        demand(
          element.name != "script" && element.name != "style", "there is a <\(element.name)> in\n\(markdown)")
        for attribute in element.attributes {
          let value = attribute.value.lowercased().filter { !$0.isWhitespace }
          demand(
            !attribute.name.hasPrefix("on")
              && (!value.hasPrefix("javascript:") || ["alt", "title"].contains(attribute.name)),
            "\(attribute.name) runs in\n\(markdown)")
        }
        look(element.children)
      }
    }
    look(nodes)
  }

  private static func demandSameText(_ html: String, _ markdown: String) {
    let (document, _) = rendered(markdown, .writeUp)
    let left = letters(of: html)
    let right = letters(of: String(decoding: document.html, as: UTF8.self))
    demand(left == right, "another text:\n\(html)\n\(markdown)\n\(left)\n\(right)")
  }

  /// The text without white space.
  private static func letters(of html: String) -> String {
    guard let nodes = try? parseHTML(html) else { return "" }
    func text(_ nodes: [HTMLNode]) -> String {
      nodes.reduce(into: "") { result, node in
        switch node {
        // By scalars, as a mark on a space makes a character of both.
        case .text(let part):
          result.unicodeScalars += part.unicodeScalars.filter { !$0.properties.isWhitespace }
        case .element(let element): result += text(element.children)
        case .comment: break
        }
      }
    }
    return text(nodes)
  }
}
