import Foundation
import TestSupport
import Testing

@testable import SitePipeline

@Suite struct FileWatchTests {
  @Test func itWaitsNoLongerThanItIsTold() async throws {
    let workshop = try Workshop(previewedSite)
    let watch = try FileWatch(workshop.path)
    #expect(await watch.next(within: 0) == FileChanges([]))
    #expect(!watch.hasNews)
    withExtendedLifetime(workshop) {}
  }

  /// A file is half saved just when something else is due.
  @Test func whatIsHalfSavedWaits() async throws {
    let workshop = try Workshop(previewedSite)
    let watch = try FileWatch(workshop.path)
    watch.note("content/a.md", isSettled: false)
    #expect(watch.take(isLate: true) == nil && watch.hasNews)
    watch.note("content/a.md", isSettled: true)
    watch.settle()
    #expect(await watch.next(within: 0) == FileChanges(["content/a.md"]))
    #expect(watch.take(isLate: false) == nil && watch.take(isLate: true) == FileChanges([]))
    // Who goes on writing waits no longer than others.
    watch.note("content/a.md", isSettled: true)
    watch.settle()
    watch.note("content/b.md", isSettled: false)
    watch.settle()
    #expect(await watch.next(within: 0) == FileChanges(["content/a.md", "content/b.md"]))
    withExtendedLifetime(workshop) {}
  }

  #if os(Linux)
    @Test func aThemeThatIsLinkedLater() async throws {
      let workshop = try Workshop(previewedSite)
      let elsewhere = try Workshop(">>> /theme.yaml\nname: linked\n")
      let watch = try FileWatch(workshop.path)
      try FileManager.default.createSymbolicLink(
        atPath: workshop.path + "/themes/linked", withDestinationPath: elsewhere.path)
      #expect(await watch.next(within: 10) == FileChanges(["themes/linked"]))
      try elsewhere.write("/theme.yaml", "name: other\n")
      #expect(await watch.next(within: 10) == FileChanges(["themes/linked/theme.yaml"]))
      try workshop.remove("/themes/linked")
      #expect(await watch.next(within: 10) == FileChanges(["themes/linked"]))
      try elsewhere.write("/theme.yaml", "name: linked\n")
      try workshop.write("notes.txt", "More.")
      #expect(await watch.next(within: 10) == FileChanges(["content/notes.txt"]))
    }

    /// A path that is longer than the system takes can't be watched: then anything may have changed, and it is said, once.
    @Test func aFolderThatCannotBeWatched() async throws {
      let workshop = try Workshop(previewedSite)
      let name = String(repeating: "a", count: 200)
      let deep = [String](repeating: name, count: 11).joined(separator: "/")
      for place in ["/content/", "/staging/"] {
        try FileManager.default.createDirectory(
          atPath: workshop.path + place + deep, withIntermediateDirectories: true)
      }
      let watch = try FileWatch(workshop.path)
      let (from, to) = (workshop.path + "/staging/" + name, workshop.path + "/content/" + deep + "/" + name)
      try FileManager.default.moveItem(atPath: from, toPath: to)
      #expect(await watch.next(within: 10)?.isEverything == true)
      #expect(watch.takeProblem()?.operation == "watch")
      try FileManager.default.moveItem(atPath: to, toPath: from)
      _ = await watch.next(within: 10)
      try FileManager.default.moveItem(atPath: from, toPath: to)
      #expect(await watch.next(within: 10)?.isEverything == true)
      #expect(watch.takeProblem() == nil)
      try FileManager.default.moveItem(atPath: to, toPath: from)
    }
  #endif

  /// What FSEvents tells by the paths behind all links.
  @Test func placesBehindLinks() throws {
    let workshop = try Workshop(
      """
      >>> /words/site.yaml
      title: T
      >>> /look/theme.yaml
      name: look
      >>> /site/themes/own/theme.yaml
      name: own
      """)
    let files = FileManager.default
    for (link, target) in [
      ("content", "../words"), ("themes/look", "../../look"), ("themes/gone", "nowhere"),
      ("themes/file", "own/theme.yaml"),
    ] {
      try files.createSymbolicLink(
        atPath: workshop.path + "/site/" + link, withDestinationPath: target)
    }
    let places = try WatchedPlaces(workshop.path + "/site")
    #expect(places.folders.map(\.name) == ["", "content", "themes/look"])
    let root = try #require(resolvedFolder(workshop.path))
    func check(_ path: String, _ names: [String]) {
      #expect(places.names(of: root + path) == names, "\(path)")
    }
    check("/words/daily/a.md", ["content/daily/a.md"])
    check("/words", ["content"])
    check("/words-2/a.md", [])
    check("/look/theme.yaml", ["themes/look/theme.yaml"])
    check("/site/themes/own/theme.yaml", ["themes/own/theme.yaml"])
    check("/site/output/index.html", [])
    check("/site", [])
    #expect(throws: SystemError.self) { try WatchedPlaces(workshop.path + "/nowhere") }
  }
}
