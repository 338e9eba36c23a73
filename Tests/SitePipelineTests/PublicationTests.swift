import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// Publishes `files` (path to text) into the workshop's output.
private func publish(_ files: [String: String], to workshop: Workshop) throws -> [String: Publication
  .Placement]
{
  let publication = try #require(try Publication.open(workshop.path + "/output"))
  let placed = try files.map { try publication.place($0.key, Array($0.value.utf8)) }
  _ = try publication.commit(placed)
  return Dictionary(uniqueKeysWithValues: placed.map { ($0.file, $0.placement) })
}

/// The manifest of `files` (path to text).
private func manifest(of files: [String: String]) -> String {
  files.sorted { $0.key < $1.key }.map { "\(Digest(of: Array($0.value.utf8)).text)  \($0.key)\n" }.joined()
}

@Suite struct PublicationTests {
  @Test func foreignFilesAreNeverTouched() throws {
    let workshop = try Workshop()
    try workshop.write("/output/CNAME", "example.org")
    try workshop.write("/output/.git/HEAD", "ref")
    try workshop.write("/output/a/own.txt", "mine")
    _ = try publish(["a/x.html": "1", "index.html": "1"], to: workshop)
    _ = try publish(["index.html": "2"], to: workshop)
    var tree = workshop.tree()
    tree[".sitegen/manifest"] = nil
    #expect(tree == ["CNAME": "example.org", ".git/HEAD": "ref", "a/own.txt": "mine", "index.html": "2"])
  }

  @Test func aForeignFileInTheWayIsFound() throws {
    let workshop = try Workshop()
    try workshop.write("/output/index.html", "somebody's")
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("index.html", Array("ours".utf8)).placement == .foreign)
    try publication.abandon()
    #expect(workshop.tree() == ["index.html": "somebody's"])
  }

  @Test func foldersThatAreLinksAreForeign() throws {
    let workshop = try Workshop()
    try workshop.write("/else/keep.txt", "keep")
    _ = try publish(["index.html": "1"], to: workshop)
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/output/daily", withDestinationPath: "../else")
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("daily/a.html", [1]).placement == .foreign)
    try publication.abandon()
    #expect(workshop.tree("else") == ["keep.txt": "keep"])
  }

  @Test func whatLiesBehindALinkIsNotRemoved() throws {
    let workshop = try Workshop()
    _ = try publish(["daily/keep.txt": "1", "index.html": "1"], to: workshop)
    try FileManager.default.moveItem(atPath: workshop.path + "/output/daily", toPath: workshop.path + "/else")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/output/daily", withDestinationPath: "../else")
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(workshop.tree("else") == ["keep.txt": "1"])
  }

  @Test func aForeignFileInTheWayOfAFolderIsFound() throws {
    let workshop = try Workshop()
    try workshop.write("/output/about", "mine")
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("about/index.html", [1]).placement == .foreign)
  }

  @Test func aFolderWithForeignFilesIsNotReplaced() throws {
    let workshop = try Workshop()
    _ = try publish(["a/b": "1"], to: workshop)
    try workshop.write("/output/a/own.txt", "mine")
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("a", [1]).placement == .foreign)
  }

  /// Where file names differ by case.
  @Test func aForeignFileThatDiffersByCaseIsKept() throws {
    let workshop = try Workshop()
    _ = try publish(["Notice.txt": "ours"], to: workshop)
    try workshop.write("/output/notice.txt", "mine")
    guard workshop.read("output/Notice.txt") == "ours" else { return }
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("notice.txt", [1]).placement == .foreign)
    try publication.abandon()
  }

  @Test(arguments: ["wait...what.txt", "a..b/c..html", "café.txt"])
  func unusualNamesAreOwned(name: String) throws {
    let workshop = try Workshop()
    _ = try publish([name: "1"], to: workshop)
    #expect(try publish([name: "2"], to: workshop) == [name: .staged])
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(Set(workshop.tree().keys) == ["index.html", ".sitegen/manifest"])
  }

  @Test func twoSpellingsOfALetterAreTwoFiles() throws {
    let workshop = try Workshop()
    _ = try publish(["caf\u{E9}.txt": "1"], to: workshop)
    _ = try publish(["cafe\u{301}.txt": "1"], to: workshop)
    #expect(workshop.tree().count == 2)
  }

  @Test func theSameBytesAreAdopted() throws {
    let workshop = try Workshop()
    try workshop.write("/output/index.html", "same")
    #expect(try publish(["index.html": "same"], to: workshop) == ["index.html": .unchanged])
  }

  @Test func aFileCanBecomeAFolderAndBack() throws {
    let workshop = try Workshop()
    _ = try publish(["a": "file", "b/c": "1"], to: workshop)
    _ = try publish(["a/b/c": "2", "b": "file"], to: workshop)
    var tree = workshop.tree()
    tree[".sitegen/manifest"] = nil
    #expect(tree == ["a/b/c": "2", "b": "file"])
  }

  @Test func emptyFoldersGo() throws {
    let workshop = try Workshop()
    _ = try publish(["a/b/c.html": "1", "index.html": "1"], to: workshop)
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(!FileManager.default.fileExists(atPath: workshop.path + "/output/a"))
  }

  @Test func twoBuildsAtOnceDoNotMix() throws {
    let workshop = try Workshop()
    let first = try Publication.open(workshop.path + "/output")
    #expect(first != nil)
    #expect(try Publication.open(workshop.path + "/output") == nil)
    try first?.abandon()
  }

  @Test func whatAnInterruptedBuildLeftIsMended() throws {
    let workshop = try Workshop()
    _ = try publish(["old.html": "1", "index.html": "1"], to: workshop)
    // Ended between staging and committing, and in the middle of committing.
    try workshop.write("/output/.sitegen/stage/half.html", "ha")
    try workshop.write("/output/new.html", "2")
    try workshop.write("/output/.sitegen/manifest", "sitegen manifest 1\nindex.html\nnew.html\nold.html\n")
    _ = try publish(["index.html": "3"], to: workshop)
    #expect(workshop.tree() == ["index.html": "3", ".sitegen/manifest": manifest(of: ["index.html": "3"])])
  }

  /// As builds leave it that end after the folder has come for the file, and before the last manifest.
  @Test func aFolderThatCameForAFileIsKept() throws {
    let workshop = try Workshop()
    try workshop.write("/output/a/b", "2")
    try workshop.write("/output/.sitegen/manifest", "sitegen manifest 1\na\na/b\n")
    _ = try publish(["a/b": "2"], to: workshop)
    #expect(workshop.tree() == ["a/b": "2", ".sitegen/manifest": manifest(of: ["a/b": "2"])])
  }

  @Test func emptyFoldersGoThoughTheirInnerOnesAreGone() throws {
    let workshop = try Workshop()
    _ = try publish(["a/b/c/d.html": "1", "index.html": "1"], to: workshop)
    try workshop.remove("/output/a/b/c")
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(!FileManager.default.fileExists(atPath: workshop.path + "/output/a"))
  }

  @Test func aHalfWrittenManifestIsRemovedEvenIfNothingChanges() throws {
    let workshop = try Workshop()
    _ = try publish(["index.html": "1"], to: workshop)
    try workshop.write("/output/.sitegen/manifest.new", "sitegen man")
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(Set(workshop.tree().keys) == ["index.html", ".sitegen/manifest"])
  }

  @Test func aLinkInAStaleFilesPlaceIsKept() throws {
    let workshop = try Workshop()
    try workshop.write("/else/keep.txt", "keep")
    _ = try publish(["index.html": "1", "old.html": "1"], to: workshop)
    try workshop.remove("/output/old.html")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/output/old.html", withDestinationPath: "../else/keep.txt")
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(workshop.read("output/old.html") == "keep")
  }

  @Test func aLinkThatCameAfterStagingIsNotFollowed() throws {
    let workshop = try Workshop()
    try workshop.write("/else/keep.txt", "keep")
    _ = try publish(["daily/a.html": "1", "index.html": "1"], to: workshop)
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    let placed = try publication.place("daily/a.html", [2])
    #expect(placed.placement == .staged)
    try workshop.remove("/output/daily")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/output/daily", withDestinationPath: "../else")
    #expect(throws: SystemError.self) { try publication.commit([placed]) }
    #expect(workshop.tree("else") == ["keep.txt": "keep"])
    #expect(!FileManager.default.fileExists(atPath: workshop.path + "/output/.sitegen/stage"))
  }

  @Test(arguments: [
    "sitegen manifest 1\nindex.html\nold.html\n", manifest(of: ["index.html": "1", "old.html": "1"]),
  ])
  func manifestsOfEveryFormAreUnderstood(text: String) throws {
    let workshop = try Workshop()
    try workshop.write("/output/index.html", "1")
    try workshop.write("/output/old.html", "1")
    try workshop.write("/output/.sitegen/manifest", text)
    #expect(try publish(["index.html": "2"], to: workshop) == ["index.html": .staged])
    #expect(workshop.tree() == ["index.html": "2", ".sitegen/manifest": manifest(of: ["index.html": "2"])])
  }

  /// As the manual of xxHash's program shows them.
  @Test func digestsAreThoseOfXXHash() {
    #expect(Digest(of: []).text == "99aa06d3014798d86001c324468d497f")
    #expect(Digest(Digest(of: [1]).text) == Digest(of: [1]))
    #expect(Digest("99AA06D3014798D86001C324468D497F") == nil)
    #expect(Digest("99aa") == nil)
  }

  @Test func aManifestCannotReachOutOfTheOutput() throws {
    let workshop = try Workshop()
    try workshop.write("/precious.txt", "keep")
    try workshop.write(
      "/output/.sitegen/manifest", "sitegen manifest 1\n../precious.txt\n/etc/hosts\na/../../precious.txt\n")
    _ = try publish(["index.html": "1"], to: workshop)
    #expect(workshop.read("precious.txt") == "keep")
  }
}
