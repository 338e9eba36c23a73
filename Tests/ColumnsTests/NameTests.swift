import Testing
import SourceText

@testable import Columns

@Suite struct NameLikenessTests {
  @Test(arguments: [
    // A letter doubled, left out, swapped, replaced.
    ("Ann Shin", "Ann Shinn"), ("Philip Okafor", "Phillip Okafor"), ("Ann Fischer", "Ann Fisher"),
    ("Jörg Thompson", "Jorg Thomspon"), ("Lars Petersen", "Lars Peterson"), ("Stephan Berg", "Stepan Berg"),
    ("Ann Clark", "Ann Clarkk"), ("Иван Кузнецов", "Иван Кузнецоф"),
    // Another order, initials.
    ("Yoon Seo-jin", "Seo-jin Yoon"), ("A. Shinn", "Ann Shinn"), ("Ann B. Shinn", "Ann Shinn"),
    ("Moebius", "Moebbius"),
  ])
  func theseAreLikelyOnePersons(one: String, other: String) {
    #expect(ComparableName(one).isLike(ComparableName(other)))
    #expect(ComparableName(other).isLike(ComparableName(one)))
  }

  @Test(arguments: [
    // Siblings, couples, parents and children.
    ("Ann Shinn", "Dan Shinn"), ("Jan Novak", "Jana Novak"), ("Daniel Berg", "Daniela Berg"),
    ("Christian Berg", "Christina Berg"), ("Mario Rossi", "Maria Rossi"), ("Yoon Seo-jin", "Yoon Seo-jun"),
    ("Yoon Seojin", "Yoon Seojun"), ("Kovács Gabriel", "Kovács Gabriela"), ("John Smith", "John Smith V"),
    ("Robert Downey", "Robert Downey Jr."), ("Andrea Bianchi", "Andreas Bianchi"),
    ("Alex Kowalski", "Alex Kowalska"),
    // Names of their own.
    ("Ann Hansen", "Ann Jansen"), ("Ann Miller", "Ann Müller"), ("Ann Shinn", "Ann Lee"), ("Bo Li", "Bo Liu"),
    ("Ann Bea Shinn", "Ann Shinn"), ("Ann Shinn", "Ann"), ("Volunteer 1", "Volunteer 2"),
    ("Class2024", "Class2025"),
    ("김민수", "김민지"), ("", "A"), ("Ann Shinn", "Ann Shinn"),
  ])
  func theseAreLikelyTwo(one: String, other: String) {
    #expect(!ComparableName(one).isLike(ComparableName(other)))
    #expect(!ComparableName(other).isLike(ComparableName(one)))
  }

  @Test(arguments: [
    ("Zofia Wójcik", "Zofia Wojcik"), ("Yoon Seo-jin", "Yoon Seojin"), ("J.R. Ode", "J. R. Ode"),
    ("Sinéad O’Brien", "Sinead O'Brien"), ("ANN SHINN", "Ann Shinn"), ("Sinéad O’Brien", "Sinead OBrien"),
  ])
  func theseAreEqualWhenFolded(one: String, other: String) {
    #expect(ComparableName(one).letters == ComparableName(other).letters)
  }
}

@Suite struct JointNameTests {
  @Test(arguments: [
    ("Ann Shinn and Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ann Shinn & Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ann Shinn, Bo van Dyk", ["Ann Shinn", "Bo van Dyk"]),
    ("Ann Shinn, Bo Derek, and Seo-jin O’Hara", ["Ann Shinn", "Bo Derek", "Seo-jin O’Hara"]),
    ("Ann Shinn with Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ann Shinn AND Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ann Shinn et Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ann Shinn und Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Ana Ruiz y Bo Derek", ["Ana Ruiz", "Bo Derek"]),
    ("Lars and Anna van Wiik", ["Lars van Wiik", "Anna van Wiik"]),
    // Ethan Coen has another credit.
    ("Joel and Ethan Coen", ["Joel Coen", "Ethan Coen"]),
    ("Madonna & Ethan Coen", ["Madonna", "Ethan Coen"]),
    ("Ann / Bo", ["Ann", "Bo"]), ("Ann Shinn/Bo Derek", ["Ann Shinn", "Bo Derek"]),
    ("Lars Wiik and Haruki Sato", ["Lars Wiik", "Haruki Sato"]),
  ])
  func theseAreSeveral(name: String, names: [String]) {
    #expect(separateNames(name) { $0 == "Ethan Coen" } == names)
  }

  @Test(arguments: [
    "Smith & Sons", "Squeegee & Daughters", "Ann Shinn Films and Bo Derek", "Sammy Davis, Jr.",
    "Ann Shinn, ASC",
    "The Alan Parsons and Eric Woolfson Project", "Earth, Wind & Fire", "Simon and Garfunkel",
    "Ann Shinn, Executive Producer",
    "Anderson Sandra", "Department of Sound and Vision", "Ann Shinn and friends", "Shinn, Ann", "R&B Hall",
    "and", "& B", "A, , B", "Saint Peter and Saint Paul", "Creative England and Screen Scotland",
    "José Ortega y Gasset", "Salt and Pepper Diner", "Shinn, Ann Mary", "Alice, Ann Shinn",
    "Forthwith Ann Shinn",
    "Black Bear & Red Fox", "Black Bear and Red Fox", "Iron Horse & Stone Canyon", "AC/DC",
    // Of these, one is known.
    "Ethan Coen and Company", "Ethan Coen et al.", "Ethan Coen, ASC", "Ethan Coen and friends",
    "Ethan Coen & Team",
    "Ethan Coen, Jr.",
  ])
  func theseAreOne(name: String) {
    #expect(separateNames(name) { ["José Ortega", "Ethan Coen"].contains($0) } == nil)
  }

  private func check(_ credits: String, more: String = "", is lines: [String], fixes: [String] = []) throws {
    let result = try Assembled(
      ">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ncredits: [\(credits)]\n---\n" + more)
    #expect(result.lines == lines)
    #expect(result.diagnostics.compactMap(\.fix) == fixes)
  }

  @Test func creditsOfSeveral() throws {
    let joint = "{role: Director, name: Ann Shinn and Bo Derek}"
    try check(
      joint, is: ["daily/2026-11-16-ash.md:3:34 person/joint-name"],
      fixes: [
        "write a credit for each: {role: Director, name: Ann Shinn}, {role: Director, name: Bo Derek}; if it is one, put it in quotes"
      ])
    // In quotes it is one, wherever that is.
    let quoted = "{role: Director, name: \"Ann Shinn and Bo Derek\"}"
    try check(quoted, is: [])
    try check(
      joint, more: ">>> daily/2026-11-17-tide.md\n---\ntitle: Tide\ncredits: [\(quoted)]\n---\n", is: [])
    // Who has a file is one, and a company.
    try check(joint, more: ">>> people/two.md\n---\nname: Ann Shinn and Bo Derek\n---\n", is: [])
    try check("{role: Production Company, name: Ann Shinn & Bo Derek}", is: [])
  }

  @Test func rolesAsFields() throws {
    try check(
      "Editor: Jane Doe", is: ["daily/2026-11-16-ash.md:3:11 write-up/role-as-field"],
      fixes: ["write {role: Editor, name: Jane Doe}"])
    try check(
      "{rol: Editor}",
      is: [
        "daily/2026-11-16-ash.md:3:11 field/missing", "daily/2026-11-16-ash.md:3:12 field/unknown",
      ], fixes: ["did you mean 'role'?", "add it within the braces: {…, name: some text}"])
  }

  @Test func tagsThatDifferInSigns() throws {
    func check(_ tags: String, is fixes: [String]) throws {
      let result = try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ntags: \(tags)\n---\n")
      #expect(result.diagnostics.map(\.id) == fixes.map { _ in "write-up/shared-term" })
      #expect(result.diagnostics.map(\.message) == fixes)
      let text = "---\ntitle: Ash\ntags: \(tags)\n---\n"
      for (diagnostic, message) in zip(result.diagnostics, fixes) {
        let place = try #require(diagnostic.location?.range)
        #expect(message.contains("'\(String(decoding: Array(text.utf8)[place.indices], as: UTF8.self))'"))
      }
    }
    try check(
      "[C, C++, C#, D, C++]",
      is: [
        "the tag 'C++' has the address of 'C', and is one with it",
        "the tag 'C#' has the address of 'C', and is one with it",
      ])
    try check("[Sci-Fi, sci fi, Été, ete, R&B, \"R & B\"]", is: [])
  }

  @Test func thousandsInBraces() throws {
    func check(_ goal: String, _ number: String) throws {
      let result = try Assembled(
        ">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ncampaign: {url: \"https://a.example/\", goal: \(goal)}\n---\n"
      )
      #expect(result.diagnostics.map(\.id) == ["field/unknown"])
      #expect(result.diagnostics.map(\.fix) == ["write \(number)"])
      #expect(result.diagnostics.map { $0.edit?.replacement } == [number])
    }
    try check("$12,500", "12500")
    try check("1,234,567", "1234567")
  }
}

@Suite struct SimilarNameTests {
  /// What is said of names in a site, and the places of the others.
  private func check(
    _ site: String, _ lines: [String], notes: [String] = [],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let result = try Assembled(site)
    #expect(result.lines == lines, sourceLocation: sourceLocation)
    guard !notes.isEmpty else { return }
    #expect(
      result.diagnostics.flatMap(\.notes).compactMap { $0.location?.path } == notes,
      sourceLocation: sourceLocation)
  }

  private func film(_ file: String, _ credits: String..., title: String? = nil, more: String = "") -> String {
    let list = credits.map { credit in
      let parts = credit.split(separator: "=")
      return "- {role: \(parts[0]), name: \(parts[1])}\n"
    }
    return ">>> daily/\(file).md\n---\ntitle: \(title ?? file)\n\(more)credits:\n\(list.joined())---\n"
  }

  @Test func equalNamesAreFoundAnywhere() throws {
    try check(
      film("2026-11-16-ash", "Director=Zofia Wójcik") + film("2026-11-17-elm", "Editor=Zofia Wojcik"),
      ["daily/2026-11-17-elm.md:4:24 person/similar-names"], notes: ["content/daily/2026-11-16-ash.md"])
  }

  @Test func bothSpellingsAreNamedWithTheFix() throws {
    let result = try Assembled(
      film("2026-11-16-ash", "Director=Zofia Wójcik") + film("2026-11-17-elm", "Editor=Zofia Wojcik"))
    let said = try #require(result.diagnostics.first)
    #expect(said.severity == .warning)
    #expect(said.message.contains("'Zofia Wojcik'") && said.message.contains("'Zofia Wójcik'"))
    #expect(said.fix?.contains("people/zofia-wojcik.md") == true)
    #expect(said.fix?.contains("also_known_as: [Zofia Wojcik]") == true)
    #expect(said.fix?.contains("distinct_from: [Zofia Wojcik]") == true)
  }

  @Test func whoIsThereMoreOftenHasTheAddressAndTheSpelling() throws {
    let known =
      film("2026-11-16-ash", "Director=Zofia Wójcik") + film("2026-11-17-elm", "Editor=Zofia Wójcik")
    let newcomer = film("2026-11-10-oak", "Editor=Zofia WOJCIK")
    for site in [known + newcomer, newcomer + known] {
      let result = try Assembled(site)
      #expect(
        result.archive.people.map { "\($0.name) \($0.address)" }.sorted() == [
          "Zofia WOJCIK people/zofia-wojcik-2", "Zofia Wójcik people/zofia-wojcik",
        ])
      let said = try #require(result.diagnostics.first)
      #expect(said.location?.path == "content/daily/2026-11-10-oak.md")
      #expect(said.fix?.contains("'name: Zofia Wójcik' and 'also_known_as: [Zofia WOJCIK]'") == true)
    }
    // Among equals the one who appeared first has it, and a file settles it.
    let equal = try Assembled(newcomer + film("2026-11-16-ash", "Director=Zofia Wójcik"))
    #expect(equal.archive.people.first { $0.address == "people/zofia-wojcik" }?.name == "Zofia WOJCIK")
    let file = try Assembled(known + newcomer + ">>> people/z.md\n---\nname: Zofia WOJCIK\n---\n")
    #expect(file.archive.people.first { $0.address == "people/zofia-wojcik" }?.name == "Zofia WOJCIK")
  }

  private let zofia = ">>> people/zofia.md\n---\nname: Zofia Wójcik\n"

  @Test func theFileOfAPersonIsPointedAt() throws {
    let result = try Assembled("\(zofia)---\n" + film("2026-11-17-elm", "Editor=Zofia Wojcik"))
    let said = try #require(result.diagnostics.first)
    #expect(said.location?.path == "content/daily/2026-11-17-elm.md")
    #expect(said.notes.first?.location?.path == "content/people/zofia.md")
    #expect(said.fix?.contains("add 'Zofia Wojcik' to also_known_as in content/people/zofia.md") == true)
  }

  @Test(arguments: ["also_known_as", "distinct_from"]) func aFileSettlesIt(key: String) throws {
    try check("\(zofia)\(key): [Zofia  Wojcik]\n---\n" + film("2026-11-17-elm", "Editor=Zofia Wojcik"), [])
  }

  @Test func oneOfTwoFilesSettlesIt() throws {
    let other = ">>> people/z.md\n---\nname: Zofia Wojcik\n"
    try check("\(zofia)---\n\(other)distinct_from: [Zofia Wójcik]\n---\n", [])
    try check("\(zofia)---\n\(other)---\n", ["people/zofia.md:2:7 person/similar-names"])
  }

  @Test func nobodyIsDistinctFromThemselves() throws {
    try check(
      "\(zofia)distinct_from: [Zofia Wójcik]\n---\n", ["people/zofia.md:3:17 person/distinct-from-self"])
  }

  @Test func likeNamesAreFoundInOneWriteUp() throws {
    try check(
      film("2026-11-16-ash", "Director=Ann Shinn", "Producer=Ann Shin"),
      ["daily/2026-11-16-ash.md:5:26 person/similar-names"])
  }

  @Test func likeNamesWithoutACommonFilmAreTwo() throws {
    try check(film("2026-11-16-ash", "Director=Ann Shinn") + film("2026-11-17-elm", "Editor=Ann Shin"), [])
  }

  @Test(arguments: [
    ("Ash", ""), ("Other", "alternate_titles: [ASH]\n"),
  ])
  func likeNamesAreFoundInOneFilm(title: String, more: String) throws {
    try check(
      film("2026-11-16-ash", "Director=Ann Shinn", title: "Ash")
        + film("2026-11-17-elm", "Editor=Ann Shin", title: title, more: more),
      ["daily/2026-11-17-elm.md:\(more.isEmpty ? 4 : 5):24 person/similar-names"])
  }

  @Test func aPageInADatabaseIsOneFilm() throws {
    let ids = "ids: {imdb: tt0111161}\n"
    try check(
      film("2026-11-16-ash", "Director=Ann Shinn", more: ids)
        + film("2026-11-17-elm", "Editor=Ann Shin", more: ids),
      ["daily/2026-11-17-elm.md:5:24 person/similar-names"])
  }

  @Test func whoAreNamedInOneRoleAreTwo() throws {
    try check(film("2026-11-16-ash", "Director=Ann Shinn", "Director=Ann Shin"), [])
    try check(
      film("2026-11-16-ash", "Director=Ann Shinn", "Director=Ann Shin")
        + film("2026-11-17-elm", "Director=Ann Shinn", "Editor=Ann Shin"), [])
    // But nobody is told apart by an accent.
    try check(
      film("2026-11-16-ash", "Editor=Jose Paz", "Editor=José Paz"),
      ["daily/2026-11-16-ash.md:5:24 person/similar-names"])
  }

  @Test func aPairIsReportedOnce() throws {
    try check(
      film("2026-11-16-ash", "Director=Ann Shinn", "Producer=Ann Shin")
        + film("2026-11-17-elm", "Director=Ann Shinn", "Editor=Ann Shin"),
      ["daily/2026-11-16-ash.md:5:26 person/similar-names"])
  }

  /// Were all of two people's credits compared on each of their films, these would take minutes.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("", 1), (">>> people/ann-b.md\n---\nname: Ann B. Shinn\ndistinct_from: [Ann Shinn]\n---\n", 0),
      (
        ">>> daily/zinc.md\n---\ntitle: Zinc\ndate: 1949-11-16\ncredits: [{role: Editor, name: Ann Shinn}, {role: Editor, name: Ann B. Shinn}]\n---\n",
        0
      ),
    ])
  func whoWorkTogetherAreComparedOnce(more: String, count: Int) throws {
    let films = (0..<25_000).map { number in
      let (day, month, year) = (10 + number % 18, 10 + number / 18 % 3, 1950 + number / 54 % 70)
      return ">>> daily/f\(number).md\n---\ntitle: F\(number)\ndate: \(year)-\(month)-\(day)\n"
        + "credits: [{role: Director, name: Ann Shinn}, {role: Editor, name: Ann B. Shinn}]\n---\n"
    }
    let column =
      ">>> daily/_column.md\n---\nname: Daily\nkind: articles\npermalink: /{column}/{slug}/\n---\n"
    let result = try Assembled(column + films.joined() + more)
    #expect(result.archive.writeUps.count >= films.count)
    #expect(result.diagnostics.count { $0.id == "person/similar-names" } == count)
  }

  @Test func manyNamesOfOneFilmAreComparedInOrder() throws {
    // 600 names with one beginning, and one misspelt at each end.
    func name(_ number: Int) -> String {
      let letters = String(number, radix: 16).map {
        "ghijklmnopqrstuv".map(String.init)[$0.hexDigitValue ?? 0]
      }
      return letters.joined() + "zz Sandberg" + letters.reversed().joined() + "xyz"
    }
    let credits = (256..<856).map { "- {role: R\($0), name: \(name($0))}\n" }
    let text =
      ">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ncredits:\n\(credits.joined())"
      + "- {role: A, name: \(name(300))z}\n- {role: B, name: \(name(301).replacing("Sandb", with: "Sanb"))}\n---\n"
    try check(
      text,
      [
        "daily/2026-11-16-ash.md:604:19 person/similar-names",
        "daily/2026-11-16-ash.md:605:19 person/similar-names",
      ])
  }
}
