import SourceText
import YAML

/// The names of the people that `name` likely names at once, as in `Ann Shinn and Bo Derek`; `nil` if it is one name, as
/// that of a company or band may be.
///
/// Each has to look like a person's, with two words or more, or one of them has to be known.
func separateNames(_ name: String, isKnown: (String) -> Bool) -> [String]? {
  guard mayBeSeveral(name) else { return nil }
  let words = name.split(separator: " ")
  var names: [[Substring]] = [[]]
  for word in words {
    if word == "and" || word == "&" {
      if names[names.count - 1].isEmpty { continue }
      names.append([])
    } else if word.utf8.last == 0x2C {
      names[names.count - 1].append(word.dropLast())
      names.append([])
    } else {
      names[names.count - 1].append(word)
    }
  }
  guard names.count > 1, names.allSatisfy({ !$0.isEmpty && $0.count <= 5 }) else { return nil }
  let texts = names.map { $0.joined(separator: " ") }
  if zip(names, texts).contains(where: { $0.count > 1 && isKnown($1) }) { return texts }
  return names.allSatisfy(looksPersonal) ? texts : nil
}

/// Whether a comma, `&` or ` and` is in `name`; in most it isn't, and every name of the archive is asked for.
private func mayBeSeveral(_ name: String) -> Bool {
  var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
  for byte in name.utf8 {
    if byte == 0x2C || byte == 0x26 || byte == 0x64 && last == (0x20, 0x61, 0x6E) { return true }
    last = (last.1, last.2, byte)
  }
  return false
}

/// Whether the words are a person's first and last name, as far as words tell.
private func looksPersonal(_ words: [Substring]) -> Bool {
  guard words.count > 1, let last = words.last, last.first?.isUppercase == true else { return false }
  return words.allSatisfy { word in
    guard let first = word.first, word.allSatisfy({ $0.isLetter || "-.\u{27}’".contains($0) }) else {
      return false
    }
    let folded = word.lowercased()
    return !wordsOfOthers.contains(folded) && (first.isUppercase || particles.contains(folded))
  }
}

private let particles: Set = [
  "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la",
  "le", "ten",
  "ter", "van", "von", "y", "zu",
]

/// Words that are in the names of companies, orchestras and offices, or say what somebody does.
private let wordsOfOthers: Set = [
  "the", "arts", "associates", "band", "bros", "bros.", "brothers", "centre", "center", "choir", "cinema",
  "club", "co",
  "co.", "college", "collective", "company", "council", "daughters", "duo", "ensemble", "entertainment",
  "family",
  "festival", "film", "films", "foundation", "friends", "fund", "gmbh", "group", "house", "inc", "inc.",
  "institute",
  "jr", "jr.", "llc", "ltd", "ltd.", "media", "music", "orchestra", "partners", "pictures", "players",
  "production",
  "productions", "quartet", "records", "school", "services", "sisters", "society", "sons", "sound", "sr.",
  "studio",
  "studios", "theatre", "theater", "trio", "trust", "university", "actor", "animator", "cinematographer",
  "composer",
  "director", "editor", "host", "narrator", "producer", "writer",
]

extension Diagnostic {
  static func jointName(_ credit: CreditEntry, _ names: [String], at location: Location) -> Diagnostic {
    let role = yamlScalar(credit.roles.joined(separator: "/"))
    let credits = names.map { "- {role: \(role), name: \(yamlScalar($0))}" }
    // Of two with one surname between them, nobody but the writer knows the first's.
    let isSpelled = names.allSatisfy { $0.contains(" ") }
    return .warning(
      "person/joint-name", "this is one person, with one page, and reads like the names of \(names.count)",
      at: location,
      fix: isSpelled ? "write a line for each: \(credits.joined(separator: " "))" : "write a line for each")
  }
}
