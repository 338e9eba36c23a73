import Foundation
import TestSupport
import Testing

private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  search: false
  >>> daily/_column.md
  ---
  name: Daily
  kind: articles
  ---
  >>> daily/2026-11-20-a.md
  ---
  titel: A
  status: prodcution
  draft: no
  ---
  One.

  Two, [b](www.example.org).

  Three.
  """

/// `sitegen check --fix`, as an editor runs it.
@Suite struct FixCommandTests {
  private func check(_ workshop: Workshop, _ arguments: String...) throws -> Output {
    try run(["check", "--as-of", "2026-11-23"] + arguments, in: workshop.path)
  }

  @Test func whatIsMendedIsSaid() throws {
    let workshop = try Workshop(site)
    let found = try check(workshop)
    // A link is looked at once the fields around it can be read.
    #expect(
      found.code == 1 && found.errors.hasSuffix(" 3 errors, 3 of which --fix can mend\n"), "\(found.errors)")
    let before = workshop.tree(".")
    let result = try check(workshop, "--fix")
    #expect(
      result.output.hasPrefix(
        """
        content/daily/2026-11-20-a.md: mended
          line 2: there is no field 'titel' [field/unknown]
          line 3: 'status' cannot be 'prodcution' [field/not-one-of]
          line 4: 'draft' has to be true or false, without quotes [field/not-true-or-false]

        """), "\(result.output)")
    #expect(differences(before, workshop.tree(".")) == ["content/daily/2026-11-20-a.md"])
    // What came to light is for the next time.
    #expect(
      result.code == 1 && result.errors.contains("[link/no-scheme]") && result.errors.contains("3 mended"))
    let next = try check(workshop, "--fix")
    #expect(
      next.code == 0 && next.output.contains("line 8: 'www.example.org' is an address without"),
      "\(next.output)")
    #expect(
      workshop.read("content/daily/2026-11-20-a.md") == """
        ---
        title: A
        status: production
        draft: false
        ---
        One.

        Two, [b](https://www.example.org).

        Three.

        """)
    let done = try check(workshop, "--fix")
    #expect(
      done.code == 0 && done.output.contains("nothing that can be mended unasked, nothing to mend"),
      "\(done.output)")
  }

  /// `patch` takes the diff, and comes to what `--fix` does.
  @Test func theDiffIsOne() throws {
    let (workshop, other) = (try Workshop(site), try Workshop(site))
    let before = workshop.tree(".")
    let result = try check(workshop, "--fix", "--dry-run")
    #expect(result.code == 1 && result.errors.contains("3 to be mended"), "\(result.errors)")
    #expect(
      result.output == """
        --- content/daily/2026-11-20-a.md
        +++ content/daily/2026-11-20-a.md
        @@ -1,7 +1,7 @@
         ---
        -titel: A
        -status: prodcution
        -draft: no
        +title: A
        +status: production
        +draft: false
         ---
         One.
         

        """, "\(result.output)")
    #expect(differences(before, workshop.tree(".")) == [])
    try workshop.write("/diff", result.output)
    #expect(try run(shell: "patch -p0 < diff && rm diff", in: workshop.path).code == 0)
    _ = try check(other, "--fix")
    #expect(differences(workshop.tree("."), other.tree(".")) == [])
  }

  @Test func json() throws {
    let workshop = try Workshop(site)
    let result = try check(workshop, "--fix", "--format", "json")
    #expect(result.errors == "")
    let lines = try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let fixed = try #require(lines.compactMap { $0["fixed"] as? [String: Any] }.first)
    #expect(fixed["path"] as? String == "content/daily/2026-11-20-a.md" && fixed["written"] as? Bool == true)
    let first = try #require((fixed["findings"] as? [[String: Any]])?.first)
    #expect(
      first["offset"] as? Int == 4 && first["length"] as? Int == 5
        && first["replacement"] as? String == "title")
    #expect((lines.last?["result"] as? [String: Any])?["mended"] as? Int == 3)
  }

  @Test func whatIsALinkIsLeft() throws {
    let workshop = try Workshop(site)
    try FileManager.default.moveItem(
      atPath: workshop.path + "/content/daily/2026-11-20-a.md", toPath: workshop.path + "/content/a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/content/daily/2026-11-20-a.md", withDestinationPath: "../a.txt")
    let before = workshop.read("content/a.txt")
    let result = try check(workshop, "--fix")
    #expect(result.code == 1 && result.errors.contains("[fix/linked-file]"), "\(result.errors)")
    #expect(workshop.read("content/a.txt") == before)
  }

  @Test(
    arguments: [
      (["--dry-run"], "--dry-run is for --fix."), (["--again"], "are for --external."),
      (["--external", "--pause", "-1"], "--pause"), (["--external", "--timeout", "0"], "--timeout takes"),
      (["--external", "--external-ledger", "../x"], "--external-ledger takes the path of a file"),
    ] as [([String], String)])
  func wrongUsageExitsWith64(arguments: [String], message: String) throws {
    let workshop = try Workshop(site)
    let result = try run(["check"] + arguments, in: workshop.path)
    #expect(result.code == 64 && result.errors.contains(message), "\(result.errors)")
  }
}
