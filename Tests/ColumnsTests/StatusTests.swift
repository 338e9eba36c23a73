import Testing
import CivilTime

@testable import Columns

@Suite struct StatusTests {
  private func writeUp(_ file: String, _ history: String, more: String = "") -> String {
    ">>> daily/\(file).md\n---\ntitle: \(file)\n\(more)status_history:\n\(history)---\n"
  }

  private let ash = """
    - {date: 2026-03-01, status: development}
    - {date: 2026-05-30, status: production, note: In Radom}
    - {date: 2026-05-30, status: post-production}
    - {date: 2026-12-01, status: festival}

    """
  private let elm = "- {date: 2026-04-01, status: production}\n- {date: 2026-05-30, status: festival}\n"

  /// The steps of all, as `date slug previous→status anchor`.
  private func changes(_ archive: Archive) -> [String] {
    archive.statusChanges().map { change in
      let writeUp = archive.writeUps[change.writeUp]
      #expect(writeUp.anchor(ofStep: change.step) == change.anchor)
      return [
        change.date.description, writeUp.source.slug,
        "\(change.previous?.rawValue ?? "")→\(change.status.rawValue)", change.anchor,
        change.step == writeUp.statusHistory.count - 1 ? "now" : "",
      ].joined(separator: " ")
    }
  }

  @Test func everyStepTakenIsListedByDate() throws {
    let site = writeUp("2026-11-16-elm", elm) + writeUp("2026-11-17-ash", ash)
    #expect(
      changes(try Assembled(site).archive) == [
        "2026-03-01 ash →development status-2026-03-01 ", "2026-04-01 elm →production status-2026-04-01 ",
        "2026-05-30 elm production→festival status-2026-05-30 now",
        "2026-05-30 ash development→production status-2026-05-30 ",
        "2026-05-30 ash production→post-production status-2026-05-30-2 now",
      ])
    #expect(
      changes(try Assembled(site, asOf: "2026-12-01T00:00:00Z").archive).last
        == "2026-12-01 ash post-production→festival status-2026-12-01 now")
  }

  @Test(arguments: [
    ("2026-11-23T12:00:00Z", "post-production", "2026-05-30", "2026-12-01"),
    ("2026-11-30T23:59:59Z", "post-production", "2026-05-30", "2026-12-01"),
    ("2026-12-01T00:00:00Z", "festival", "2026-12-01", ""),
  ])
  func aStepToComeHasNotHappened(asOf: String, status: String, since: String, next: String) throws {
    let result = try Assembled(writeUp("2026-11-17-ash", ash, more: "status: festival\n"), asOf: asOf)
    let ash = result.archive.writeUps[0]
    #expect(result.lines.isEmpty)
    #expect(ash.status?.rawValue == status)
    #expect(ash.statusSince?.description == since)
    #expect(result.archive.terms.map(\.slug) == [status])
    #expect(ash.terms.status == ID(0))
    #expect(result.archive.nextChange?.date.description ?? "" == next)
  }

  @Test func whereAllIsToComeNothingIsKnown() throws {
    let result = try Assembled(
      writeUp("2026-11-17-ash", "- {date: 2027-01-01, status: released}\n", more: "status: released\n"))
    #expect(result.archive.writeUps[0].status == nil)
    #expect(result.archive.writeUps[0].statusSince == nil)
    #expect(result.archive.terms.isEmpty)
    #expect(result.archive.statusChanges().isEmpty)
  }

  @Test func aWriteUpShownBeforeItsDateHasTheStepsOfThatDay() throws {
    let site = writeUp("2026-12-24-ash", ash)
    #expect(try Assembled(site, future: true).archive.writeUps[0].status == .festival)
  }

  @Test(arguments: [
    (
      "- {date: 2026-01-01, status: festival}\n- {date: 2026-02-01, status: festival, note: A prize}\n",
      "2026-01-01"
    ),
    ("- {date: 2026-01-01, status: production}\n- {date: 2026-02-01, status: on-hold}\n", "2026-02-01"),
  ])
  func aStageLastsSinceItWasReached(history: String, since: String) throws {
    let result = try Assembled(writeUp("2026-11-17-ash", history))
    #expect(result.archive.writeUps[0].statusSince?.description == since)
  }

  @Test func withoutAHistoryNobodyKnowsSinceWhen() throws {
    let result = try Assembled(">>> daily/2026-11-17-ash.md\n---\ntitle: Ash\nstatus: festival\n---\n")
    #expect(result.archive.writeUps[0].statusSince == nil)
    #expect(result.archive.writeUps[0].status == .festival)
  }
}
