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
  var placements: [String: Publication.Placement] = [:]
  for (path, text) in files { placements[path] = try publication.place(path, Array(text.utf8)) }
  _ = try publication.commit(Array(files.keys))
  return placements
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
    #expect(try publication.place("index.html", Array("ours".utf8)) == .foreign)
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
    #expect(try publication.place("daily/a.html", [1]) == .foreign)
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
    #expect(try publication.place("about/index.html", [1]) == .foreign)
  }

  @Test func aFolderWithForeignFilesIsNotReplaced() throws {
    let workshop = try Workshop()
    _ = try publish(["a/b": "1"], to: workshop)
    try workshop.write("/output/a/own.txt", "mine")
    let publication = try #require(try Publication.open(workshop.path + "/output"))
    #expect(try publication.place("a", [1]) == .foreign)
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
    #expect(workshop.tree() == ["index.html": "3", ".sitegen/manifest": "sitegen manifest 1\nindex.html\n"])
  }

  /// As builds leave it that end after the folder has come for the file, and before the last manifest.
  @Test func aFolderThatCameForAFileIsKept() throws {
    let workshop = try Workshop()
    try workshop.write("/output/a/b", "2")
    try workshop.write("/output/.sitegen/manifest", "sitegen manifest 1\na\na/b\n")
    _ = try publish(["a/b": "2"], to: workshop)
    #expect(workshop.tree() == ["a/b": "2", ".sitegen/manifest": "sitegen manifest 1\na/b\n"])
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
    #expect(try publication.place("daily/a.html", [2]) == .staged)
    try workshop.remove("/output/daily")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/output/daily", withDestinationPath: "../else")
    #expect(throws: SystemError.self) { try publication.commit(["daily/a.html", "index.html"]) }
    #expect(workshop.tree("else") == ["keep.txt": "keep"])
    #expect(!FileManager.default.fileExists(atPath: workshop.path + "/output/.sitegen/stage"))
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
