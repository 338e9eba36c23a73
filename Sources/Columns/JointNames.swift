import SourceText
import YAML

/// The names of the people that `name` likely names at once, as in `Ann Shinn and Bo Derek`; `nil` if it is one name, as
/// that of a company or band may be. A first name without a surname gets that of the last, as in `Joel and Ethan Coen`.
///
/// Each has to look like a person's, with two words or more, or one of them has to be known; or the last has the surname
/// of all of them.
func separateNames(_ name: String, isKnown: (String) -> Bool) -> [String]? {
  guard mayBeSeveral(name) else { return nil }
  var names: [[Substring]] = [[]]
  var isSpanish = false
  var isSlashed = false
  var isSpelled = false
  for word in name.split(separator: " ").flatMap(partsBySlash) {
    if isConjunction(word) || word == "/" {
      isSpanish = isSpanish || word.lowercased() == "y"
      isSlashed = isSlashed || word == "/"
      isSpelled = isSpelled || word != "&" && word != "+"
      if names[names.count - 1].isEmpty { continue }
      names.append([])
    } else if word.utf8.last == 0x2C {
      isSpelled = true
      names[names.count - 1].append(word.dropLast())
      names.append([])
    } else {
      names[names.count - 1].append(word)
    }
  }
  guard names.count > 1, names.allSatisfy({ !$0.isEmpty && $0.count <= 5 }) else { return nil }
  func texts() -> [String] {
    // A particle belongs to the surname, as in Anna van Dyk.
    let surname = names.last.map { $0.dropFirst($0.count > 1 ? 1 : 0) } ?? []
    let isSurnameOfAll = (names.last?.count ?? 0) > 1 && !hasComma
    return names.map { words in
      let isFirstName =
        isSurnameOfAll && words.count == 1 && isGivenName(words[0]) && !isKnown(String(words[0]))
      return (isFirstName ? words + surname : words).joined(separator: " ")
    }
  }
  let hasComma = name.utf8.contains(0x2C)
  // José Ortega y Gasset is one, and so are Ann Shinn and friends, and Ann Shinn, ASC.
  if !isSpanish, names.allSatisfy({ mayBePersonal($0) && !(hasComma && $0.count == 1) }),
    names.contains(where: { $0.count > 1 && isKnown($0.joined(separator: " ")) })
  {
    return texts()
  }
  // Companies are called so, too: Iron Horse & Stone Canyon.
  if !isSpelled, !names.contains(where: { isGivenName($0[0]) }) { return nil }
  if isSlashed, names.allSatisfy({ $0.count == 1 && isGivenName($0[0]) }) { return texts() }
  guard let last = names.last, looksPersonal(last) else { return nil }
  // A surname with a comma behind it is that of the one name there is.
  let areOthers = names.dropLast().allSatisfy {
    looksPersonal($0) || $0.count == 1 && !hasComma && isGivenName($0[0])
  }
  return areOthers ? texts() : nil
}

/// The parts of `word`, with the slash between them, as in `Shinn/Bo`.
private func partsBySlash(_ word: Substring) -> [Substring] {
  guard word.utf8.count > 1, word.utf8.contains(0x2F) else { return [word] }
  let parts = word.split(separator: "/", omittingEmptySubsequences: false)
  return parts.enumerated().flatMap { $0.offset == 0 ? [$0.element] : ["/", $0.element] }.filter {
    !$0.isEmpty
  }
}

/// The names in a byline that are those of several people, as in `Ann and Bo`; `nil` if it is one.
@Sendable func separateBylines(_ text: String) -> [String]? {
  if let parts = separateTags(text) { return parts }
  guard mayBeSeveral(text) else { return nil }
  if let names = separateNames(text, isKnown: { _ in false }) { return names }
  let words = text.split(separator: " ")
  guard words.count == 3, isConjunction(words[1]), words[1] != "y", isGivenName(words[0]),
    isGivenName(words[2])
  else { return nil }
  return [String(words[0]), String(words[2])]
}

/// The genres that `text` names at once, as in `Drama/Comedy`; `nil` if it is one.
@Sendable func separateWords(_ text: String) -> [String]? {
  separateTags(text)
    ?? parted(text, by: 0x2F).flatMap { parts in
      parts.allSatisfy { $0.count > 1 && $0.allSatisfy { !$0.isNumber } } ? parts : nil
    }
}

/// The languages that `text` names at once, as in `English and French`; `nil` if it is one.
@Sendable func separateLanguages(_ text: String) -> [String]? {
  separateWords(text) ?? separateCapitalized(text)
}

/// The countries that `text` names at once, as in `France and Spain`; `nil` if it is one, as Trinidad and Tobago is.
@Sendable func separateCountries(_ text: String) -> [String]? {
  if let words = separateWords(text) { return words }
  guard let names = separateCapitalized(text) else { return nil }
  let folded = " " + sortKey(for: text) + " "
  return jointCountries.contains { folded.contains(" \($0) ") } ? nil : names
}

/// The names, each with a capital letter in front, between which commas and words such as `and` stand.
private func separateCapitalized(_ text: String) -> [String]? {
  guard mayBeSeveral(text) else { return nil }
  var names: [[Substring]] = [[]]
  var isJoined = false
  for word in text.split(separator: " ") {
    // What is with subtitles is in one language.
    let isJoint = isConjunction(word) && !["y", "with"].contains(word.lowercased())
    let endsName = word.utf8.last == 0x2C
    if isJoint { isJoined = true } else { names[names.count - 1].append(endsName ? word.dropLast() : word) }
    if isJoint || endsName, names.last?.isEmpty == false { names.append([]) }
  }
  guard isJoined, names.count > 1, names.allSatisfy({ $0.first?.first?.isUppercase ?? false }) else {
    return nil
  }
  return names.map { $0.joined(separator: " ") }
}

/// What tells the names of countries and islands that have such a word in them, as it is compared.
private let jointCountries = [
  "trinidad", "tobago", "bosnia", "herzegovina", "hercegovina", "antigua", "barbuda", "kitts", "nevis",
  "grenadines",
  "sao tome", "turks", "caicos", "wallis", "futuna", "miquelon", "ascension", "south sandwich", "heard",
  "jan mayen",
  "antarctic", "labrador", "saba", "ceuta", "pitcairn", "serbia and montenegro", "england and wales",
  "great britain and", "akrotiri",
]

/// The tags that `text` names at once, as in `drama; short`; `nil` if it is one.
@Sendable func separateTags(_ text: String) -> [String]? {
  guard let parts = parted(text, by: 0x3B) else { return nil }
  // `&amp;` is a character of HTML, as pasted text has it.
  let endsReference = parts.dropLast().contains { part in
    guard let name = part.split(separator: "&", omittingEmptySubsequences: false).dropFirst().last else {
      return false
    }
    return !name.isEmpty && name.allSatisfy { $0 == "#" || $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
  return endsReference ? nil : parts
}

/// Whether a comma, `&`, `+`, a slash or a word such as `and` is in `name`; in most none is, and every name of the archive
/// is asked for.
private func mayBeSeveral(_ name: String) -> Bool {
  // The letters since the last space in small ones, or the last four of them.
  var word: UInt32 = 0
  for byte in name.utf8 {
    switch byte {
    case 0x2C, 0x26, 0x2B, 0x2F: return true
    case 0x20:
      // and, with, und, et, y
      switch word {
      case 0x61_6E64, 0x7769_7468, 0x75_6E64, 0x6574, 0x79: return true
      default: word = 0
      }
    default: word = word << 8 | UInt32(byte | 0x20)
    }
  }
  return false
}

/// Whether `word` is `and`, `&` or the like, in some languages.
func isConjunction(_ word: Substring) -> Bool {
  guard word.utf8.count <= 4 else { return false }
  return ["and", "&", "with", "und", "et", "y", "+"].contains(word.lowercased())
}

/// Whether the words are a person's first and last name, as far as words tell.
private func looksPersonal(_ words: [Substring]) -> Bool {
  words.count > 1 && mayBePersonal(words) && !firstWordsOfOthers.contains(words[0].lowercased())
}

/// Whether the words may be a person's name, be it one of a single word.
private func mayBePersonal(_ words: [Substring]) -> Bool {
  guard let last = words.last, last.first?.isUppercase == true else { return false }
  return words.allSatisfy { word in
    guard let first = word.first, word.allSatisfy({ $0.isLetter || "-.\u{27}’".contains($0) }) else {
      return false
    }
    let folded = word.lowercased()
    return !wordsOfOthers.contains(folded) && (first.isUppercase || particles.contains(folded))
  }
}

private func isGivenName(_ word: Substring) -> Bool { givenNames.contains(word.lowercased()) }

private let particles: Set = [
  "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la",
  "le", "ten",
  "ter", "van", "von", "y", "zu",
]

/// Given names of many languages: what stands before `and Ethan Coen` is one of them, or nobody knows what it is.
private let givenNames = Set(
  """
  aaron adam adrian agnes ahmed alan albert alejandro alessandro alex alexander alfred ali alice alison amanda amy ana anders andrea \
  andreas andrew andy angela anita ann anna anne annie anthony antonio arthur barbara beatrice ben benjamin bernard bill billy björn bo \
  bob brenda brian bruce carl carla carlos carmen carol caroline catherine charles charlie charlotte chloe chris christian christina \
  christine christopher claire clara claudia colin craig daniel daniela danny dave david deborah denis dennis diana diane diego dmitri \
  dominic donald dorothy doug douglas edith eduardo edward elena eli elizabeth ella ellen emily emma eric erik ernest ethan eva evelyn \
  fatima felix fernando fiona frances francesca francesco francis frank frederick gabriel gary geoff george gerald gina giovanni giulia \
  gordon grace graham greg gregory hannah hans harold harry hassan heather heidi helen helena henri henry howard hugh ian ibrahim ingrid \
  irene isabel ivan jack jacob jake james jamie jan jane janet jason javier jay jean jeff jennifer jenny jeremy jerry jessica jim jimmy \
  joan joanna joe joel johan johanna john johnny jonathan jordan jorge josé joseph josh joshua juan judith julia julian julie karen karim \
  karl kate katherine kathleen katie keith kelly ken kenneth kevin kim larry lars laura lawrence lee leo leon leonard lily linda lisa liz \
  louis louise lucas lucy luis luke maggie manuel marc marco marcus margaret maria marie mario marion mark martha martin mary matt matteo \
  matthew max megan melissa michael michel michelle miguel mike mohamed mohammed monica nadia nancy natalie nathan neil nicholas nick \
  nicole nina noah nora oliver olivia omar oscar otto pablo pamela patricia patrick paul paula pedro peter phil philip pierre rachel ralph \
  ray raymond rebecca ricardo richard rick rita rob robert roberto roger ron ronald rosa rose roy russell ruth ryan sally sam samuel sandra \
  sara sarah scott sean sebastian sergei sharon simon sofia sonia sophie stefan stephanie stephen steve steven stuart susan sylvia ted \
  teresa terry thomas tim timothy tina tobias tom tony ursula valerie vera veronica victor victoria vincent walter wendy werner will \
  william yasmin yusuf zoe
  """.split(separator: " ").map(String.init))

/// Words that names of companies begin with, and hardly a person's: Black Bear, Little Wolf.
private let firstWordsOfOthers: Set = [
  "another", "big", "black", "blue", "bright", "broken", "dark", "first", "five", "four", "free", "golden",
  "good",
  "great", "green", "grey", "happy", "high", "last", "little", "long", "lost", "new", "north", "northern",
  "old", "one",
  "orange", "our", "pink", "purple", "red", "second", "seven", "silver", "small", "south", "southern", "tall",
  "third",
  "three", "two", "white", "wild", "yellow", "young",
]

/// Words that are in the names of companies, orchestras, offices and churches, or say what somebody does.
private let wordsOfOthers = Set(
  """
  actor agency al. animation animator arts associates australia ballet band bank board books britain british bros bros. \
  brothers canada capital center centre choir church cinema cinematographer city club co co. collective college commission \
  company composer council creative daughters department design digital director distribution duo editor effects england \
  ensemble entertainment europe family festival film films foundation friends guests fund gallery gmbh group host hotel house inc \
  inc. institute international ireland jr jr. lab labs library llc ltd ltd. media ministry museum music narrator national \
  office opera orchestra others partners philharmonic pictures players press producer production productions publishing quartet \
  radio records royal saint saints school scotland screen services sisters society sons sound sr. st st. studio studios \
  symphony team television the theater theatre trio trust tv university ventures vfx visual wales workshop writer
  """.split(separator: " ").map(String.init))

extension Diagnostic {
  static func jointName(_ credit: CreditEntry, _ names: [String], at location: Location) -> Diagnostic {
    let role = yamlScalar(credit.roles.joined(separator: "/"))
    let credits = names.map { "{role: \(role), name: \(yamlScalar($0))}" }
    return .warning(
      "person/joint-name", "this is one person, with one page, and reads like the names of \(names.count)",
      at: location,
      fix: "write a credit for each: \(credits.joined(separator: ", ")); if it is one, put it in quotes")
  }
}
