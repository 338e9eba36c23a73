import SourceText

extension ThemeChain {
  /// What lies in the folders of the themes and is not read, though it looks as if it were meant to be.
  var strayFiles: [Diagnostic] { layers.flatMap(\.source.strayFiles) }
}

extension ThemeSource {
  private static let folders = ["templates", "assets", "strings"]

  /// Other names under which themes elsewhere keep the same.
  private static let otherFolders = [
    "layouts": "templates", "_layouts": "templates", "_includes": "templates", "partials": "templates",
    "html": "templates", "views": "templates", "static": "assets", "public": "assets", "css": "assets",
    "js": "assets", "img": "assets", "images": "assets", "fonts": "assets", "i18n": "strings",
    "locales": "strings", "lang": "strings", "languages": "strings", "translations": "strings",
    "words": "strings",
  ]

  fileprivate var strayFiles: [Diagnostic] {
    var result =
      links.filter(isMeantToBeRead).map(Diagnostic.link)
      + unusableNames.filter(isMeantToBeRead).map(Diagnostic.unusableName)
      + tooLarge.map(Diagnostic.tooLarge)
    var seen: Set<Substring> = []
    for (path, source) in files.sorted(by: { $0.key < $1.key }) {
      let parts = path.split(separator: "/", maxSplits: 1)
      guard parts.count == 2, let folder = parts.first else {
        if let meant = ThemeSource.folder(for: path) { result.append(.strayFile(source, meant: meant)) }
        continue
      }
      if folder == "strings" {
        if let mistake = Language.mistake(inFileName: String(parts[1])) {
          result.append(.notALanguage(source, fix: mistake))
        }
      } else if !ThemeSource.folders.contains(String(folder)), seen.insert(folder).inserted,
        let meant = ThemeSource.otherFolders[folder.lowercased()]
          ?? nearest(to: String(folder), among: ThemeSource.folders)
      {
        result.append(.strayFolder(folder, of: self, first: source, meant: meant))
      }
    }
    return result
  }

  /// Whether something at `path`, which begins with the theme's folder, stands where files are read.
  private func isMeantToBeRead(_ path: String) -> Bool {
    let parts = path.split(separator: "/").dropFirst(2)
    return parts.first.map { $0 == "theme.yaml" || ThemeSource.folders.contains(String($0)) } ?? false
  }

  /// The folder where a file belongs that stands beside `theme.yaml`; `nil` for a read-me and its like.
  private static func folder(for name: String) -> String? {
    if name.hasSuffix(".html") { return "templates" }
    return [".css", ".js"].contains { name.hasSuffix($0) } ? "assets" : nil
  }
}

extension Language {
  /// The tags of languages by their names, in English and in themselves.
  private static let tags = [
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "deutsch": "de", "dutch": "nl",
    "english": "en", "español": "es", "espanol": "es", "finnish": "fi", "français": "fr", "francais": "fr",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "nederlands": "nl",
    "norwegian": "nb", "polish": "pl", "polski": "pl", "portuguese": "pt", "português": "pt",
    "portugues": "pt", "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr",
    "ukrainian": "uk", "vietnamese": "vi",
  ]

  /// The tag of the language that is called `name`, if it is a well-known one.
  static func tag(of name: String) -> String? { tags[name.lowercased()] }

  /// Whether `text` is built as a language's tag is: two or three small letters, and parts after hyphens.
  static func isTag(_ text: some StringProtocol) -> Bool {
    let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count),
      first.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (1...8).contains(part.count)
        && part.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
    }
  }

  /// How to name the file `name` of `strings/`, if no language finds it there.
  fileprivate static func mistake(inFileName name: String) -> String? {
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    if isTag(stem), name.hasSuffix(".yaml") { return nil }
    let tag = spelled(stem)
    if let known = self.tag(of: stem) { return "name it \(known).yaml" }
    return isTag(tag) ? "name it \(tag).yaml" : "name it by the language's tag, such as de.yaml or pt-BR.yaml"
  }
}

extension Diagnostic {
  fileprivate static func unusableName(_ path: String) -> Diagnostic {
    .error(
      "theme/file-name", "the name holds characters that no address can have",
      at: Location(path: path, range: ByteRange(at: 0)), fix: "rename it in letters, digits, - and _")
  }

  fileprivate static func tooLarge(_ path: String) -> Diagnostic {
    .error(
      "theme/too-large", "this file is larger than \(ThemeSource.byteLimit >> 20) MiB, and not read",
      at: Location(path: path, range: ByteRange(at: 0)), fix: "split it")
  }

  fileprivate static func link(_ path: String) -> Diagnostic {
    .warning(
      "theme/link", "this is a link, which is not followed: the theme has no such file",
      at: Location(path: path, range: ByteRange(at: 0)), fix: "put a copy in its place")
  }

  fileprivate static func strayFile(_ file: Source, meant: String) -> Diagnostic {
    .warning(
      "theme/stray-file", "nothing reads this file here",
      at: Location(path: file.path, range: ByteRange(at: 0)), fix: "put it into \(meant)/")
  }

  fileprivate static func strayFolder(
    _ folder: Substring, of theme: ThemeSource, first: Source, meant: String
  ) -> Diagnostic {
    .warning(
      "theme/stray-file", "nothing reads the folder '\(folder)/' of the theme '\(theme.name)'",
      at: Location(path: first.path, range: ByteRange(at: 0)), fix: "did you mean '\(meant)/'?")
  }

  fileprivate static func notALanguage(_ file: Source, fix: String) -> Diagnostic {
    .warning(
      "theme/language-name", "no language finds its words in a file of this name",
      at: Location(path: file.path, range: ByteRange(at: 0)), fix: fix)
  }
}
