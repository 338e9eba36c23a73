import Columns
import SourceText
import Templates
import YAML

/// The words of one theme in one language: what its `strings/<language>.yaml` holds.
struct Words {
  /// A text that readers see.
  struct Word {
    let text: String
    /// The place of the text.
    let place: Location
    /// The place of its key.
    let key: Location
  }

  /// The words by their keys, `films.one` of those under `films`; empty when the theme has no such file.
  private(set) var all: [String: Word] = [:]
  private var diagnostics: [Diagnostic] = []

  /// Reads the words of `theme` in `language`.
  static func read(
    _ language: String, of theme: ThemeSource, diagnostics: inout [Diagnostic]
  ) -> [String: Word] {
    guard let file = theme.files["strings/\(language).yaml"],
      let node = YAML.parse(file, diagnostics: &diagnostics)
    else { return [:] }
    var words = Words()
    words.read(node, in: file)
    diagnostics += words.diagnostics
    return words.all
  }

  private mutating func read(_ node: Node, in file: Source) {
    guard case .mapping(let entries) = node.content else {
      if !node.isNull, node.scalar?.isUnreadable != true {
        diagnostics.append(.noWords(at: Location(path: file.path, range: node.range)))
      }
      return
    }
    for entry in entries { add(entry, under: "", in: file) }
  }

  private mutating func add(_ entry: Entry, under prefix: String, in file: Source) {
    let key = prefix + entry.key
    let keyPlace = Location(path: file.path, range: entry.keyRange)
    let texts: [String]
    switch entry.value.content {
    case .mapping(let entries):
      for entry in entries { add(entry, under: key + ".", in: file) }
      return
    case .scalar(let scalar):
      texts = [scalar.text]
      if scalar.isUnreadable { return }
    case .sequence(let nodes): texts = nodes.compactMap(\.scalar?.text)
    }
    // Lists of words, such as the months.
    let text = texts.joined(separator: ", ")
    let range = entry.value.range.isEmpty ? entry.keyRange : entry.value.range
    all[key] = Word(text: text, place: Location(path: file.path, range: range), key: keyPlace)
    if let count = CalendarNames.counts[key] {
      let found = CalendarNames.names(in: text).count
      if found != count { diagnostics.append(.wrongCount(key, found, wanted: count, at: keyPlace)) }
    }
  }
}

extension ThemeChain {
  /// The language that stands in for every other.
  static let standardLanguage = "en"

  /// The languages that any of the themes has words in.
  var languages: [String] {
    let names = files(in: "strings/").compactMap { $0.path.hasSuffix(".yaml") ? $0.path.dropLast(5) : nil }
    return Set(names.filter(Language.isTag)).sorted().map(String.init)
  }

  /// The words for `language`: of any theme in that language, else in its main part (`pt` for `pt-BR`), else
  /// in English; of two themes with one word, the nearer one's.
  func words(
    in language: String, diagnostics: inout [Diagnostic]
  ) -> [String: TemplateSetInput.Word] {
    var result: [String: Words.Word] = [:]
    // In English, as the theme says it that is extended by all others which have the word.
    var originals: [String: Words.Word] = [:]
    for name in Language.standIns(for: language) {
      for layer in layers {
        let own = Words.read(name, of: layer.source, diagnostics: &diagnostics)
        result.merge(own) { nearer, _ in nearer }
        if name == ThemeChain.standardLanguage { originals.merge(own) { _, farther in farther } }
      }
    }
    return result.reduce(into: [:]) { words, word in
      let original = originals.first(of: word.key)
      words[word.key] = TemplateSetInput.Word(
        word.value.text, at: word.value.place,
        for: original?.place == word.value.place ? nil : original?.text)
    }
  }
}

// MARK: - The site's language

extension ThemeChain {
  /// The mistake of a site whose language no theme of the chain has words in; `nil` when one has, when there
  /// are no words at all, and when `site.yaml` names no language.
  func missingLanguage(of site: SiteConfiguration) -> Diagnostic? {
    let languages = languages
    guard let language = site.writtenLanguage, !languages.isEmpty,
      Language.standIns(for: language.value).dropLast().allSatisfy({ !languages.contains($0) }),
      Language.main(Language.spelled(language.value)) != ThemeChain.standardLanguage
    else { return nil }
    return .missingLanguage(
      language.value, among: languages, at: Location(path: "content/site.yaml", range: language.range))
  }
}

extension [String: Words.Word] {
  /// The word `key`, or the one in its place where one of the two differs for one and for many.
  fileprivate func first(of key: String) -> Words.Word? {
    let phrase = key.hasSuffix(".one") ? key.dropLast(4) : key.hasSuffix(".other") ? key.dropLast(6) : ""
    return self[key] ?? self[key + ".other"] ?? self[String(phrase)]
  }
}

/// The names of languages, as in `language: pt-BR`.
enum Language {
  /// The languages whose words do for a site in `language`, the best first.
  static func standIns(for language: String) -> [String] {
    [language, main(language), ThemeChain.standardLanguage].reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// `pt-BR` for `PT_BR`: the main part in small letters, and hyphens.
  static func spelled(_ language: String) -> String {
    let parts = language.split { $0 == "-" || $0 == "_" }
    return (parts.prefix(1).map { $0.lowercased() } + parts.dropFirst().map(String.init)).joined(
      separator: "-")
  }

  /// `pt` of `pt-BR`.
  static func main(_ language: String) -> String {
    language.split(separator: "-").first.map(String.init) ?? language
  }
}

extension Diagnostic {
  fileprivate static func noWords(at place: Location) -> Diagnostic {
    .error(
      "theme/words", "the words of a theme have to be a mapping from keys to texts", at: place,
      fix: "write lines such as 'latest: Latest'")
  }

  fileprivate static func missingLanguage(
    _ language: String, among languages: [String], at place: Location
  ) -> Diagnostic {
    let spelled = Language.spelled(language)
    let isMisspelt =
      spelled != language && Language.standIns(for: spelled).dropLast().contains(where: languages.contains)
    return .warning(
      "theme/missing-language",
      "the theme has no words in '\(language)', so that its pages speak '\(ThemeChain.standardLanguage)'",
      at: place,
      fix: (isMisspelt ? spelled : Language.tag(of: language)).map { "write '\($0)'" }
        ?? "it has \(languages.joined(separator: ", ")); a theme of your own can add strings/\(spelled).yaml"
    )
  }

  fileprivate static func wrongCount(
    _ key: String, _ count: Int, wanted: Int, at place: Location
  ) -> Diagnostic {
    .error(
      "theme/calendar-words",
      "'\(key)' has \(count) \(count == 1 ? "name" : "names"), and there have to be \(wanted)", at: place,
      fix: key.hasPrefix("week")
        ? "write them from Monday, with commas between" : "write them with commas between")
  }
}
