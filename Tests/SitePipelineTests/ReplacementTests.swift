import Foundation
import TestSupport
import Testing

@testable import SitePipeline

/// One file of content in the place of another.
@Suite struct ReplacementTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Replaces `note.md`, which holds `held`, where `former` is expected.
  private func replace(_ held: String, expecting former: String, in workshop: Workshop) throws -> Bool {
    try workshop.write("/a/note.md", held)
    let directory = try #require(try Directory.open(workshop.path))
    return try directory.replace("a/note.md", bytes(former), with: bytes("new"))
  }

  @Test func theNewFileHasTheOldOnesPermissions() throws {
    let workshop = try Workshop()
    try workshop.write("/a/note.md", "old")
    let path = workshop.path + "/a/note.md"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let directory = try #require(try Directory.open(workshop.path))
    #expect(try directory.replace("a/note.md", bytes("old"), with: bytes("new")))
    #expect(workshop.tree("a") == ["note.md": "new"])
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
  }

  @Test func whatWasChangedMeanwhileStays() throws {
    let workshop = try Workshop()
    #expect(try !replace("somebody else's", expecting: "old", in: workshop))
    #expect(workshop.tree("a") == ["note.md": "somebody else's"])
    try workshop.remove("/a/note.md")
    let directory = try #require(try Directory.open(workshop.path))
    #expect(try !directory.replace("a/note.md", bytes("old"), with: bytes("new")))
    #expect(workshop.tree("a") == [:])
  }

  @Test func foldersThatAreLinksAreNotLeftThrough() throws {
    let workshop = try Workshop()
    try workshop.write("/out/note.md", "old")
    try workshop.write("/in/b/note.md", "old")
    for (name, target) in [("away", "../out"), ("inside", "b"), ("nowhere", "../gone")] {
      try FileManager.default.createSymbolicLink(
        atPath: workshop.path + "/in/\(name)", withDestinationPath: target)
    }
    let directory = try #require(try Directory.open(workshop.path + "/in"))
    #expect(try !directory.add("away/new.md", bytes("new")))
    #expect(try !directory.add("away/c/new.md", bytes("new")))
    #expect(try !directory.add("nowhere/new.md", bytes("new")))
    #expect(try !directory.replace("away/note.md", bytes("old"), with: bytes("new")))
    #expect(try directory.replace("inside/note.md", bytes("old"), with: bytes("new")))
    #expect(workshop.tree("out") == ["note.md": "old"])
    #expect(workshop.read("in/b/note.md") == "new")
    #expect(workshop.read("gone/new.md") == nil)
  }

  @Test func aFileThatIsNotThereIsMadeAndNoneIsOverwritten() throws {
    let workshop = try Workshop()
    let directory = try #require(try Directory.open(workshop.path))
    #expect(try directory.replace("a/b/note.md", nil, with: bytes("new")))
    #expect(workshop.tree("a") == ["b/note.md": "new"])
    #expect(try !directory.replace("a/b/note.md", nil, with: bytes("newer")))
    try workshop.write("/a/folder/x", "")
    #expect(try !directory.replace("a/folder", nil, with: bytes("new")))
    #expect(workshop.tree("a") == ["b/note.md": "new", "folder/x": ""])
  }

  @Test func linksAreNotFollowedAndNotReplaced() throws {
    let workshop = try Workshop()
    try workshop.write("/b/real.md", "old")
    try workshop.write("/a/other.md", "")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/a/note.md", withDestinationPath: "../b/real.md")
    let directory = try #require(try Directory.open(workshop.path))
    #expect(try !directory.replace("a/note.md", bytes("old"), with: bytes("new")))
    #expect(workshop.read("b/real.md") == "old")
    #expect(try directory.entry("a/note.md") == .link)
  }

  /// What one that was killed left beside the file is in nobody's way.
  @Test func aLeftoverIsReplaced() throws {
    let workshop = try Workshop()
    try workshop.write("/a/.note.md.sitegen", "half of a li")
    #expect(try replace("old", expecting: "old", in: workshop))
    #expect(workshop.tree("a") == ["note.md": "new"])
  }

  @Test func whatCannotBeWrittenLeavesTheOldFile() throws {
    let workshop = try Workshop()
    try workshop.write("/a/.note.md.sitegen/in-the-way", "")
    #expect(throws: SystemError.self) { try replace("old", expecting: "old", in: workshop) }
    #expect(workshop.read("a/note.md") == "old")
  }
}
