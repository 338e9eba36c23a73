import ArgumentParser
import SitePipeline

/// What shells offer for a word on the command line, where that depends on the site: they ask the program.
extension CompletionKind {
  /// The names of the themes that the site can use.
  static var themes: CompletionKind {
    .custom { words, _, _ in
      (try? ThemeCatalog(root: root(in: words)).entries().map(\.name)) ?? []
    }
  }

  /// The folders of the site's columns.
  static var columns: CompletionKind {
    .custom { words, _, _ in (try? columnFolders(root: root(in: words))) ?? [] }
  }

  /// The ids of messages, and the parts before their slashes.
  static var messages: CompletionKind {
    .custom { _, _, _ in
      let ids = Explanation.all.map(\.id)
      return Set(ids.map { String($0.prefix { $0 != "/" }) }).sorted() + ids
    }
  }

  /// The site's folder, as the words before say it.
  private static func root(in words: [String]) -> String {
    guard let option = words.lastIndex(of: "--root"), option + 1 < words.count else { return "." }
    return words[option + 1]
  }
}
