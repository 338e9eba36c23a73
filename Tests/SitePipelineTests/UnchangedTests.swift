import Columns
import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// A small site with a theme of its own, pictures, and write-ups that are held back.
private let site =
  smallSite + "\n" + """
    >>> daily/w47/later.md
    ---
    title: Later
    date: 2026-11-27
    format: short
    logline: To come.
    status: festival
    credits: [{role: Editor, name: A B}]
    ---
    >>> daily/w47/unsure.md
    ---
    title: Unsure
    date: 2026-11-18
    draft: true
    format: short
    logline: Who knows.
    status: festival
    credits: [{role: Editor, name: A B}]
    ---
    >>> daily/w47/held/index.md
    ---
    title: Held
    date: 2026-11-18
    draft: true
    format: short
    logline: Who knows.
    status: festival
    credits: [{role: Editor, name: A B}]
    ---
    >>> daily/w47/held/notes.txt
    Of a draft.
    >>> notes.txt
    Copied.
    >>> /themes/own/theme.yaml
    name: own
    contract: 1
    extends: plain
    """

private func hadNothingToDo(_ report: Build.Report) -> Bool {
  report.timings.map(\.phase) == ["find nothing changed"]
}

/// Checks that a build of `site` is only then passed over when nothing was changed, and that a build after
/// `change` leaves what a build into an empty folder does.
private func check(
  isPassedOver: Bool = false, in site: String = site, asOf: String = "2026-11-23T13:00:00Z",
  _ change: (Workshop) throws -> Void = { _ in },
  options: @escaping (inout Build.Options) -> Void = { _ in }
) async throws {
  let workshop = try Workshop(site)
  let first = try await build(workshop)
  try #require(first.isPublished && first.diagnostics.isEmpty && !hadNothingToDo(first))
  try change(workshop)
  let second = try await build(workshop, asOf: asOf, options)
  #expect(hadNothingToDo(second) == isPassedOver)
  let fresh = try await build(workshop, asOf: asOf, output: "fresh", options)
  // A stamp says from when on it holds: from the build that made it.
  let stamp: Set = isPassedOver ? [".sitegen/stamp"] : []
  #expect(differences(workshop.tree(), workshop.tree("fresh"), leavingOut: stamp) == [])
  #expect(second.heldBack == fresh.heldBack)
  #expect(second.nextChange == fresh.nextChange)
  #expect(second.pageCount == fresh.pageCount)
  #expect(second.unchangedCount + second.writtenCount == fresh.writtenCount)
}

@Suite struct UnchangedTests {
  @Test func nothing() async throws { try await check(isPassedOver: true) }

  @Test func aDotFile() async throws {
    try await check(isPassedOver: true) { try $0.write("daily/.notes.swp", "x") }
  }

  @Test func somethingForeign() async throws {
    try await check(isPassedOver: true) { workshop in
      for folder in ["output", "fresh"] { try workshop.write("/\(folder)/CNAME", "example.org") }
    }
  }

  @Test(arguments: [
    "daily/w47/tide.md", "daily/w47/unsure.md", "daily/w47/held/notes.txt", "notes.txt", "daily/_column.md",
  ])
  func aFile(name: String) async throws {
    try await check { workshop in
      try workshop.write(name, try #require(workshop.read("content/" + name)) + "\nMore.\n")
    }
  }

  @Test func aFileWithTheSizeAndTimeItHad() async throws {
    try await check { workshop in
      let path = workshop.path + "/content/notes.txt"
      let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
      try workshop.write("notes.txt", "copied.\n")
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(time)], ofItemAtPath: path)
    }
  }

  @Test func theConfiguration() async throws {
    try await check { workshop in
      try workshop.write("site.yaml", try #require(workshop.read("content/site.yaml")) + "\nauthor: Ann\n")
    }
  }

  @Test func aNewFile() async throws { try await check { try $0.write("more.txt", "x") } }

  @Test func aFileThatIsGone() async throws { try await check { try $0.remove("notes.txt") } }

  @Test func aFileThatIsRenamed() async throws {
    try await check { workshop in
      try workshop.remove("notes.txt")
      try workshop.write("note.txt", "Copied.\n")
    }
  }

  @Test func aTheme() async throws {
    try await check(in: site.replacing("theme: plain", with: "theme: own")) {
      try $0.write("/themes/own/templates/page.html", "{% extends \"base.html\" %}")
    }
  }

  /// A folder comes before the theme of that name inside the program, though it may be empty.
  @Test func anEmptyThemeInPlaceOfABuiltInOne() async throws {
    let workshop = try Workshop(site)
    _ = try await build(workshop)
    try FileManager.default.createDirectory(
      atPath: workshop.path + "/themes/plain", withIntermediateDirectories: true)
    #expect(try await build(workshop).diagnostics.map(\.id) == ["theme/missing-manifest"])
  }

  @Test func aThemeThatIsNotUsed() async throws {
    try await check(isPassedOver: true) { try $0.write("/themes/other/assets/big.txt", "x") }
  }

  /// The page of a picture gives its size: what its beginning says then is what counts.
  @Test func aPictureOfAnotherSize() async throws {
    func picture(width: Int) -> String {
      "<svg xmlns='http://www.w3.org/2000/svg' width='\(width)' height='9'/>"
    }
    let workshop = try Workshop(site)
    try workshop.write("road.svg", picture(width: 9))
    _ = try await build(workshop)
    #expect(hadNothingToDo(try await build(workshop)))
    try workshop.write("road.svg", picture(width: 8))
    #expect(!hadNothingToDo(try await build(workshop)))
  }

  @Test func aZone() async throws {
    try await check { workshop in
      let text = try #require(workshop.read("content/site.yaml"))
      try workshop.write("site.yaml", text.replacing("America/New_York", with: "Europe/Paris"))
    }
  }

  /// What is shown before its date is marked as that, until it comes.
  @Test func theFutureThatComes() async throws {
    let workshop = try Workshop(site.replacing("date: 2026-11-27", with: "date: 2026-11-23T18:00:00Z"))
    let future = { (options: inout Build.Options) in options.includesFuture = true }
    _ = try await build(workshop, asOf: "2026-11-23T12:00:00Z", future)
    #expect(hadNothingToDo(try await build(workshop, asOf: "2026-11-23T17:59:59Z", future)))
    #expect(!hadNothingToDo(try await build(workshop, asOf: "2026-11-23T18:00:00Z", future)))
  }

  @Test func anotherTheme() async throws { try await check(options: { $0.theme = "own" }) }

  @Test func drafts() async throws { try await check(options: { $0.includesDrafts = true }) }

  @Test func theFuture() async throws { try await check(options: { $0.includesFuture = true }) }

  @Test func linksForTheDisk() async throws { try await check(options: { $0.links = .file }) }

  @Test func theAddress() async throws { try await check(options: { $0.url = "https://example.net/" }) }

  @Test func theProgramsName() async throws { try await check(options: { $0.generator = "sitegen 9" }) }

  @Test(arguments: ["2026-11-22T12:00:00Z", "2026-11-24T05:00:00Z", "2026-11-27T12:00:00Z"])
  func theDay(asOf: String) async throws { try await check(asOf: asOf) }

  /// By midnight in New York.
  @Test func theLastSecondOfTheDay() async throws {
    try await check(isPassedOver: true, asOf: "2026-11-24T04:59:59Z")
  }

  @Test(arguments: ["index.html", "notes.txt", ".nojekyll"])
  func aPublishedFile(name: String) async throws {
    try await check { try $0.write("/output/" + name, "x") }
    try await check { try $0.remove("/output/" + name) }
  }

  /// A link is somebody else's, whatever it leads to.
  @Test func aPublishedFileThatIsALinkNow() async throws {
    let workshop = try Workshop(site)
    _ = try await build(workshop)
    let path = workshop.path + "/output/notes.txt"
    try FileManager.default.moveItem(atPath: path, toPath: workshop.path + "/notes.txt")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../notes.txt")
    #expect(try await build(workshop).diagnostics.map(\.id) == ["publish/foreign-file"])
  }

  @Test(arguments: ["", "sitegen stamp 1\n", "sitegen stamp 2"])
  func aStampThatIsNone(text: String) async throws {
    try await check { try $0.write("/output/.sitegen/stamp", text) }
  }

  /// It is published with the folder.
  @Test func theStampNamesNothingThatIsHeldBack() async throws {
    let workshop = try Workshop(site)
    #expect(try await build(workshop).heldBack.count == 3)
    let stamp = try #require(workshop.read("output/.sitegen/stamp"))
    #expect(
      stamp.dropFirst("sitegen stamp 1".count).allSatisfy { $0.isHexDigit || $0.isWhitespace || $0 == "-" })
  }

  @Test func positionsThatLeadNowhere() async throws {
    try await check { workshop in
      var lines = try #require(workshop.read("output/.sitegen/stamp")).components(separatedBy: "\n")
      lines[6] = "9999 -1"
      try workshop.write("/output/.sitegen/stamp", lines.joined(separator: "\n"))
    }
  }

  @Test func aManifestThatSomebodyShortened() async throws {
    try await check { try $0.write("/output/.sitegen/manifest", "") }
  }

  @Test func findingsAreFoundAgain() async throws {
    let workshop = try Workshop(site)
    let text = try #require(workshop.read("content/site.yaml"))
    try workshop.write(
      "site.yaml", text.split(separator: "\n").filter { !$0.hasPrefix("url:") }.joined(separator: "\n"))
    let first = try await build(workshop)
    let second = try await build(workshop)
    let third = try await build(workshop) { $0.isStrict = true }
    try #require(first.isPublished)
    #expect(first.diagnostics.map(\.id) == ["site/missing-url"])
    #expect(second.diagnostics == first.diagnostics && third.diagnostics == first.diagnostics)
    #expect(!third.isPublished)
  }
}
