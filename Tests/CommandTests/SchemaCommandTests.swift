import Foundation
import TestSupport
import Testing

/// That the schemas say what sitegen does is for Scripts/verify/schemas.py to show.
@Suite struct SchemaCommandTests {
  @Test func eachSchemaIsPrintedAndWritten() throws {
    let workshop = try Workshop()
    let list = try run("schema", in: workshop.path)
    #expect(list.code == 0)
    let names = list.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map {
      String($0.prefix { $0 != " " })
    }
    #expect(names.count > 8)
    let written = try run("schema", "--output", "a/b", in: workshop.path)
    #expect(written.code == 0 && written.output == "\(names.count) schemas in a/b\n")
    #expect(workshop.tree("a/b").keys.sorted() == names.map { "\($0).schema.json" }.sorted())
    for name in names {
      let printed = try run("schema", name, in: workshop.path)
      #expect(printed.code == 0 && printed.output == workshop.read("a/b/\(name).schema.json"))
      let schema = try #require(
        try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any])
      #expect(schema["title"] as? String == "sitegen: \(name)")
    }
    // Again, over what is there.
    let before = workshop.tree("a")
    #expect(try run("schema", "--output", "a/b", in: workshop.path).code == 0)
    #expect(workshop.tree("a") == before)
  }

  @Test func wrongUsageIsExplained() throws {
    let workshop = try Workshop(">>> /file\n")
    let near = try run("schema", "comment", in: workshop.path)
    #expect(near.code == 64 && near.errors.contains("did you mean 'comments'?"))
    #expect(
      try run("schema", "nothing-of-the-kind", in: workshop.path).errors.contains(
        "there are front-matter, comments"))
    #expect(try run("schema", "site", "--output", "a", in: workshop.path).code == 64)
    #expect(try run("schema", "--output", "file/a", in: workshop.path).code == 74)
  }
}
