import CivilTime
import Foundation
import SourceText
import Synchronization
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// A clock that is set by hand.
final class TestClock: Sendable {
  let now: Mutex<Moment>

  init(_ now: Moment) { self.now = Mutex(now) }
}

/// A preview of the site of a workshop as of 2026-11-23, and builds of it to compare with.
struct PreviewCheck {
  let workshop: Workshop
  let preview: Preview
  private let options: Build.Options
  let clock: TestClock

  init(_ workshop: Workshop) throws {
    self.workshop = workshop
    let now = Moment.timestamp(try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z")))
    var options = Build.Options(asOf: now, jobs: 2)
    options.root = workshop.path
    options.includesDrafts = true
    options.includesFuture = true
    self.options = options
    let clock = TestClock(now)
    self.clock = clock
    preview = Preview(options) { clock.now.withLock { $0 } }
  }

  /// What `changes` come to once everything has been looked at; but for the effect, which is that of what was shown first.
  func update(after changes: FileChanges = .everything) async throws -> Preview.Update {
    let first = try await preview.update(after: changes)
    guard var settled = try await preview.settle() else { return first }
    #expect(settled.isSettled)
    if first.effect != .nothing { settled.effect = first.effect }
    settled.parsedCount = first.parsedCount
    return settled
  }

  /// The bytes of the file at `path` below the output; `nil` when there is none.
  func bytes(_ path: String) async throws -> [UInt8]? {
    guard case .file(let file) = try await preview.answer(to: path) else { return nil }
    switch file.content {
    case .bytes(let bytes): return bytes
    case .copy(let copy): return try preview.read(copy)?.bytes
    }
  }

  /// What differs between the preview and a build into an empty folder: paths, or how their diagnostics differ.
  func differences(_ output: String = "fresh") async throws -> [String] {
    var options = options
    options.output = workshop.path + "/" + output
    try? FileManager.default.removeItem(atPath: workshop.path + "/" + output)
    let report = try await Build(options).run()
    let update = try await update(after: FileChanges([]))
    var result =
      update.diagnostics == report.diagnostics
      ? [] : ["diagnostics: \(update.diagnostics) \(report.diagnostics)"]
    guard report.isPublished else { return result }
    let tree = workshop.bytes(output).filter { !$0.key.hasPrefix(".sitegen/") }
    for (path, bytes) in tree where try await self.bytes(path) != bytes { result.append(path) }
    let known = Set(tree.keys)
    for path in await preview.paths where !known.contains(path) { result.append("+" + path) }
    return result.sorted()
  }
}

extension Workshop {
  /// The files below a folder of the workshop and their bytes.
  func bytes(_ folder: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in tree(folder).keys {
      files[name] = FileManager.default.contents(atPath: path + "/" + folder + "/" + name).map(Array.init)
    }
    return files
  }
}

/// The small site with a theme of its own, pictures, drafts and the future.
let previewedSite =
  smallSite.replacing("theme: plain", with: "theme: own") + "\n" + """
    >>> daily/w47/later.md
    ---
    title: Later
    date: 2026-11-27
    format: short
    logline: To come.
    status: festival
    credits: [{role: Editor, name: A B}]
    ---
    >>> daily/w47/unsure/index.md
    ---
    title: Unsure
    date: 2026-11-18
    draft: true
    format: short
    logline: Who knows.
    status: festival
    credits: [{role: Editor, name: A B}]
    ---
    ![It](it.svg)
    >>> daily/w47/unsure/it.svg
    <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>
    >>> notes.txt
    Copied.
    >>> /themes/own/theme.yaml
    name: own
    contract: 1
    extends: plain
    >>> /themes/own/assets/more.css
    p { color: red }
    >>> /themes/own/templates/page.html
    {% extends "parent:page.html" %}
    """

@Suite struct PreviewTests {
  /// Checks that after `change` the preview is what a build makes, that this has browsers do `effect`, and that no more
  /// files are parsed than `parsed`.
  private func check(
    _ changed: Set<String>, _ effect: Preview.Effect? = .reload, parsed: Int? = nil,
    _ change: (Workshop) throws -> Void
  ) async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    let first = try await check.update()
    #expect(first.diagnostics == [])
    try change(workshop)
    let update = try await check.update(after: FileChanges(changed))
    if let effect { #expect(update.effect == effect) }
    if let parsed { #expect(update.parsedCount == parsed) }
    #expect(try await check.differences() == [])
  }

  @Test func nothing() async throws { try await check([], .nothing, parsed: 0) { _ in } }

  @Test func aText() async throws {
    try await check(["content/daily/w47/tide.md"], parsed: 1) { workshop in
      try workshop.write(
        "daily/w47/tide.md",
        try #require(workshop.read("content/daily/w47/tide.md")) + "\nMore [salt](salt-road.md).\n")
    }
  }

  @Test func aHeadingThatOthersLinkTo() async throws {
    try await check(["content/daily/w47/tide.md"], .nothing) { workshop in
      try workshop.write(
        "daily/w47/tide.md",
        try #require(workshop.read("content/daily/w47/tide.md")).replacing("## About", with: "## Else"))
    }
  }

  @Test func frontMatter() async throws {
    try await check(["content/daily/w47/tide.md"]) { workshop in
      try workshop.write(
        "daily/w47/tide.md",
        try #require(workshop.read("content/daily/w47/tide.md")).replacing("김민수", with: "Ann Shinn"))
    }
  }

  @Test func aFileThatIsGone() async throws {
    try await check(["content/daily/w47/later.md"], parsed: 0) { try $0.remove("daily/w47/later.md") }
  }

  @Test func aFolderThatIsMoved() async throws {
    try await check(["content/daily/w47/unsure", "content/daily/w48"]) { workshop in
      try FileManager.default.moveItem(
        atPath: workshop.path + "/content/daily/w47/unsure", toPath: workshop.path + "/content/daily/w48")
    }
  }

  @Test func aPictureOfAnotherSize() async throws {
    try await check(["content/daily/w47/unsure/it.svg"]) {
      try $0.write(
        "daily/w47/unsure/it.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='9'/>")
    }
  }

  @Test func aFileThatIsCopied() async throws {
    try await check(["content/notes.txt"], parsed: 1) { try $0.write("notes.txt", "Others.\n") }
  }

  @Test func theConfiguration() async throws {
    try await check(["content/site.yaml"]) {
      try $0.write("site.yaml", try #require($0.read("content/site.yaml")).replacing("Fine", with: "Finer"))
    }
  }

  @Test func aTemplate() async throws {
    try await check(["themes/own/templates/page.html"], parsed: 0) {
      try $0.write(
        "/themes/own/templates/page.html",
        "{% extends \"parent:page.html\" %}{% block main %}Else{% endblock %}")
    }
  }

  @Test func aStyleSheet() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    try workshop.write("/themes/own/assets/more.css", "p { color: blue }")
    let update = try await check.update(after: FileChanges(["themes/own/assets/more.css"]))
    guard case .styles(let styles) = update.effect else { throw Unexpected("\(update.effect)") }
    #expect(styles.count == 1)
    #expect(try await check.bytes(try #require(styles.values.first)) == Array("p { color: blue }".utf8))
    #expect(try await check.differences() == [])
  }

  /// What is shown first of `files` that are written is what their own pages are in the end, and needs no other file.
  private func checkFirst(
    _ page: String, _ files: [String: (String) -> String], _ expected: String
  ) async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    _ = try await check.bytes(page)
    for (path, change) in files {
      try workshop.write("/" + path, change(workshop.read(path) ?? ""))
    }
    let first = try await check.preview.update(after: FileChanges(Set(files.keys)))
    #expect(first.effect == .reload && !first.isSettled && !first.isBroken)
    let shown = try #require(try await check.bytes(page))
    #expect(String(decoding: shown, as: UTF8.self).contains(expected))
    // Somebody else was faster.
    #expect(try await check.preview.settle(unless: { true }) == nil)
    #expect(try #require(try await check.preview.settle()).isSettled)
    #expect(try await check.bytes(page) == shown)
    #expect(try await check.differences() == [])
  }

  @Test func frontMatterIsShownFirst() async throws {
    try await checkFirst(
      "daily/2026-w47/tide/index.html",
      ["content/daily/w47/tide.md": { $0.replacing(/logline: .*/, with: "logline: Another one.") }],
      "Another one.")
  }

  @Test func aTemplateIsShownFirst() async throws {
    try await checkFirst(
      "daily/2026-w47/tide/index.html",
      [
        "themes/own/templates/write-up.html": { _ in
          "{% extends \"parent:write-up.html\" %}{% block main %}{{ super() }}<p>Ours.</p>{% endblock %}"
        }
      ], "<p>Ours.</p>")
  }

  /// What other pages find out is said a moment later, and then what is shown is what was.
  @Test func mistakesOfOtherTemplates() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    let home = try #require(try await check.bytes("index.html"))
    try workshop.write("/themes/own/templates/page.html", "{% if %}")
    let first = try await check.preview.update(after: FileChanges(["themes/own/templates/page.html"]))
    #expect(first.isBroken || !first.isSettled)
    let broken = try await check.update(after: FileChanges([]))
    #expect(broken.isBroken)
    #expect(try await check.bytes("index.html") == home)
    #expect(try await check.differences() == [])
  }

  /// Templates that are wanted first by a page that is asked for later: where it finds mistakes, what is shown is what was
  /// shown before, and those who were told of something else are told of that.
  @Test func mistakesThatALaterPageFinds() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    let home = try #require(try await check.bytes("index.html"))
    let (sound, broken) = ("themes/own/templates/home.html", "themes/own/templates/week.html")
    func edit() async throws -> Preview.Update {
      try workshop.write("/" + sound, "{% extends \"parent:home.html\" %}{% block main %}Else{% endblock %}")
      try workshop.write(
        "/" + broken, "{% extends \"parent:week.html\" %}{% block main %}{{ nobody }}{% endblock %}")
      _ = try await check.bytes("index.html")
      let update = try await check.preview.update(after: FileChanges([sound, broken]))
      #expect(update.effect == .reload && !update.isBroken && !update.isSettled)
      #expect(try await check.bytes("index.html") != home)
      // The page of a week.
      _ = try await check.bytes("daily/2026-w47/index.html")
      #expect(try await check.bytes("index.html") == home)
      return update
    }
    let first = try await edit()
    let settled = try #require(try await check.preview.settle())
    #expect(settled.isBroken && settled.effect == .reload && settled.version > first.version)
    for path in [sound, broken] { try workshop.remove("/" + path) }
    _ = try await check.update(after: FileChanges([sound, broken]))
    let second = try await edit()
    for path in [sound, broken] { try workshop.remove("/" + path) }
    let undone = try await check.preview.update(after: FileChanges([sound, broken]))
    #expect(!undone.isBroken && undone.effect == .reload && undone.version > second.version)
    #expect(try await check.differences() == [])
  }

  /// Files of the search are asked for before its page, of which nothing is compiled until then.
  @Test func theSearchAfterATemplate() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    let template = "themes/own/templates/page.html"
    try workshop.write("/" + template, "{% extends \"parent:page.html\" %}{% block main %}Else{% endblock %}")
    #expect(try await !check.preview.update(after: FileChanges([template])).isSettled)
    #expect(try await check.bytes("search/no-such.js") == nil)
    let page = try #require(try await check.bytes("search/index.html"))
    _ = try await check.preview.settle()
    #expect(try await check.bytes("search/index.html") == page && !page.isEmpty)
    #expect(try await check.differences() == [])
  }

  /// Somebody puts the files of an earlier build into the content.
  @Test func aFileInThePlaceOfTheSearchs() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    #expect(try await check.differences() == [])
    let script = try #require(workshop.tree("fresh").keys.first { $0.hasSuffix("/search.js") })
    try workshop.write(script, "copied")
    let update = try await check.update(after: FileChanges(["content/" + script]))
    #expect(update.isBroken)
    #expect(try await check.differences() == [])
    // Then the search's files have other names.
    let tide = try #require(workshop.read("content/daily/w47/tide.md"))
    try workshop.write("daily/w47/tide.md", tide + "\nMore words.\n")
    _ = try await check.update(after: FileChanges(["content/daily/w47/tide.md"]))
    #expect(try await check.differences() == [])
  }

  /// What time does shows without any other change, once that much of it has passed.
  @Test func whatTimeDoes() async throws {
    let check = try PreviewCheck(try Workshop(previewedSite))
    let seconds = try #require(try await check.update().secondsToNextChange)
    func set(_ later: Int64) throws {
      let start = try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))
      check.clock.now.withLock { $0 = .timestamp(TimeZoneRules.utc.timestamp(at: start.seconds + later)) }
    }
    try set(Int64(seconds) - 1)
    #expect(try await check.update(after: FileChanges([])).effect == .nothing)
    try set(Int64(seconds))
    let update = try await check.update(after: FileChanges([]))
    #expect(update.effect == .reload && update.parsedCount == 0)
    #expect(try #require(update.secondsToNextChange) > 0)
  }

  @Test func mistakesKeepWhatIsShown() async throws {
    let workshop = try Workshop(previewedSite)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    let before = try #require(try await check.bytes("daily/2026-w47/tide/index.html"))
    let text = try #require(workshop.read("content/daily/w47/tide.md"))
    try workshop.write("daily/w47/tide.md", text.replacing("format: short", with: "format: shirt"))
    let broken = try await check.update(after: FileChanges(["content/daily/w47/tide.md"]))
    #expect(broken.isBroken && broken.effect == .nothing)
    #expect(try await check.bytes("daily/2026-w47/tide/index.html") == before)
    #expect(try await check.differences() == [])
    try workshop.write("daily/w47/tide.md", text)
    let mended = try await check.update(after: FileChanges(["content/daily/w47/tide.md"]))
    #expect(!mended.isBroken)
    #expect(try await check.differences() == [])
  }

  @Test func addresses() async throws {
    let check = try PreviewCheck(try Workshop(previewedSite))
    guard case .broken = try await check.preview.answer(to: "") else {
      throw Unexpected("shown before it is read")
    }
    _ = try await check.update()
    guard case .folder = try await check.preview.answer(to: "daily") else { throw Unexpected("daily") }
    guard case .missing(let page?) = try await check.preview.answer(to: "no/such/page"),
      case .bytes(let bytes) = page.content
    else { throw Unexpected("no page for what is missing") }
    // Wherever it is shown, its links hold.
    #expect(!String(decoding: bytes, as: UTF8.self).contains("https://example.org/sub/assets"))
    for path in ["../content/site.yaml", "content/site.yaml", ".sitegen/stamp", "daily/w47/tide.md"] {
      guard case .missing = try await check.preview.answer(to: path) else { throw Unexpected(path) }
    }
    #expect(await check.preview.unpublished.map(\.reason).count == 2)
  }
}

/// What a test didn't expect.
struct Unexpected: Error {
  let what: String

  init(_ what: String) { self.what = what }
}
