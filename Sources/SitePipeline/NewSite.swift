import CivilTime
public import SourceText

/// A site to begin with: `Starter/` of the sources, which ships inside the program, under a name of its own and with
/// dates of its own.
public struct NewSite: Sendable {
  /// The site's name.
  public var title: String
  /// The address at which it will stand; `nil` if that isn't known yet, so that it is looked at from disk first.
  public var url: String?
  /// The tag of the language that it is written in.
  public var language: String
  /// The theme, one of ``themes``.
  public var theme: String
  /// The day on which it is made: its films appeared in the week before.
  public var today: CivilDate

  /// A site called `title`, which will stand at `url`.
  public init(title: String, url: String?, language: String, theme: String, today: CivilDate) {
    self.title = title
    self.url = url
    self.language = language
    self.theme = theme
    self.today = today
  }

  /// The themes that a site can begin with: those inside the program.
  public static let themes = Set(BuiltInThemes.files.map(\.theme)).sorted()

  /// Writes the site into `folder`, which is made if it isn't there, and has to be empty but for a `.git`.
  ///
  /// The paths of its files, below the folder; `nil`, and nothing is written, when it can't be made there, with the
  /// reason in `diagnostics`.
  ///
  /// - Throws: ``SystemError`` when the system refuses to read or write.
  public func create(
    in folder: String, diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> [String]? {
    if let problem = missingLanguage {
      diagnostics.append(problem)
      return nil
    }
    let taken = try Directory.open(folder)?.names(in: "").map(\.name).filter { $0 != ".git" }.sorted() ?? []
    guard taken.isEmpty else {
      diagnostics.append(.folderNotEmpty(folder, taken))
      return nil
    }
    let directory = try Directory.create(folder)
    let files = files
    for file in files { try directory.create(file.path, Array(file.text.utf8)) }
    return files.map(\.path)
  }

  /// The files, in order of their paths.
  var files: [(path: String, text: String)] {
    let days = ISOWeek(of: today).previous.monday.dayNumber - NewSite.monday.dayNumber
    return StarterFiles.all.map { file in
      // Files whose names begin with a dot would be out of sight in the sources.
      let path = file.path.hasPrefix("dot-") ? "." + file.path.dropFirst("dot-".count) : file.path
      // What a person typed may have days in it, too, which stay.
      let text = moved(file.text, by: days)
      return (path: moved(path, by: days), text: path == "content/site.yaml" ? configured(text) : text)
    }.sorted { $0.path < $1.path }
  }

  /// The first day of the week that the starter's films are of: 16 November 2026.
  private static let monday = CivilDate(dayNumber: 20_773)

  /// `site.yaml` with what this site is.
  private func configured(_ text: String) -> String {
    var values = ["title": quoted(title), "language": language, "theme": theme]
    values["url"] = url
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let key = String(line.prefix { $0 != ":" })
      // A web server needs no names of files, and addresses that were published with them stay so.
      if key == "links", url != nil { return "# " + line }
      return values[key].map { "\(key): \($0)" } ?? String(line)
    }.joined(separator: "\n")
  }

  /// `text` in double quotes, in which YAML has the escapes of JSON.
  private func quoted(_ text: String) -> String {
    var buffer = ByteBuffer()
    buffer.appendJSONString(text)
    return buffer.string
  }

  private var missingLanguage: Diagnostic? {
    let languages = BuiltInThemes.files.compactMap { file in
      file.theme == theme && file.path.hasPrefix("strings/")
        ? String(file.path.dropFirst("strings/".count).prefix { $0 != "." }) : nil
    }
    // A theme without words of its own speaks every language.
    guard !languages.isEmpty,
      Language.standIns(for: language).dropLast().allSatisfy({ !languages.contains($0) }),
      Language.main(Language.spelled(language)) != ThemeChain.standardLanguage
    else { return nil }
    return .noWords(of: theme, in: language, only: languages.sorted())
  }
}

/// `text` with each day and each week in it moved by `days`, a whole number of weeks.
private func moved(_ text: String, by days: Int) -> String {
  text.replacing(/[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|[Ww][0-9]{2})/) { match in
    let word = String(match.output)
    if let date = CivilDate(word) { return "\(date.adding(days: days))" }
    guard let week = ISOWeek(word) else { return word }
    let moved = "\(ISOWeek(of: week.monday.adding(days: days)))"
    return word.contains("w") ? moved.lowercased() : moved
  }
}

extension Diagnostic {
  fileprivate static func folderNotEmpty(_ folder: String, _ names: [String]) -> Diagnostic {
    let shown = names.prefix(4).joined(separator: ", ")
    let rest = names.count > 4 ? " and \(names.count - 4) more" : ""
    let place = folder == "." ? "this folder" : folder
    return .error(
      "site/folder-not-empty", "a site begins in an empty folder, and in \(place) there is \(shown)\(rest)",
      at: nil,
      fix: "name another folder; nothing was written")
  }

  fileprivate static func noWords(of theme: String, in language: String, only languages: [String])
    -> Diagnostic
  {
    .error(
      "theme/missing-language",
      "'\(theme)' has no words in '\(language)', only in \(languages.joined(separator: ", "))",
      at: nil,
      fix:
        "begin in \(languages.first ?? ThemeChain.standardLanguage), and write strings/\(Language.spelled(language)).yaml in a theme that extends '\(theme)'"
    )
  }
}
