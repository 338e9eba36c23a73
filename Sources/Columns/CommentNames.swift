import CivilTime
import SourceText
import YAML

/// The names of the comments of one file, by which others answer them: their ids, and their numbers from 1.
///
/// - Complexity: O(*n*) for *n* comments, whatever they are called and whomever they answer.
struct CommentNames {
  /// Every id that is written; it means its comment, even where it is a number that another one stands at.
  private let written: Set<String>
  private var indices: [String: Int] = [:]
  /// The comments by number, but for numbers that are somebody's id.
  private var numbered: [String: (index: Int, id: String)] = [:]
  /// The number to try next behind a name that several comments want.
  private var nextNumbers: [String: Int] = [:]
  /// The ids that were written so far, in their order.
  private var known: [String] = []
  private var suggestionsLeft = CommentNames.suggestionLimit

  /// So many unknown names get a suggestion; after that, somebody's program wrote them.
  static let suggestionLimit = 20
  /// Answers are to what was said not long ago: so many names are looked through for each suggestion.
  private static let suggestedFrom = 1000

  /// The names of a file in which these ids are written.
  init(written: Set<String>) { self.written = written }

  /// Whether an earlier comment has this id.
  func isTaken(_ id: String) -> Bool { indices[id] != nil }

  /// Names the comment at `index`, whose number is `number`, and which is called `derivedID` where no id is written;
  /// returns its id, which no other has.
  mutating func name(
    _ writtenID: String?, or derivedID: @autoclosure () -> String, at index: Int, number: Int
  ) -> String {
    var id = writtenID ?? derivedID()
    if isTaken(id) || writtenID == nil && written.contains(id) {
      let base = id
      var next = nextNumbers[base] ?? 2
      repeat {
        id = "\(base)-\(next)"
        next += 1
      } while isTaken(id) || written.contains(id)
      nextNumbers[base] = next
    } else if writtenID != nil {
      known.append(id)
    }
    indices[id] = index
    if !written.contains(String(number)) { numbered[String(number)] = (index, id) }
    return id
  }

  /// The earlier comment that has `reply` for its id.
  func index(of reply: String) -> Int? { indices[reply] }

  /// The earlier comment that stands at the number `reply`, and the id by which it goes wherever it stands.
  func comment(at reply: String) -> (index: Int, id: String)? { numbered[reply] }

  /// The fix for a name that no earlier comment has.
  mutating func fix(for reply: String) -> String {
    if suggestionsLeft > 0 {
      suggestionsLeft -= 1
      let names = known.suffix(CommentNames.suggestedFrom)
      if let suggestion = didYouMean(reply, among: names) { return suggestion }
    }
    return
      "name the id of an earlier comment; of one without, write its number, and the next check says its id"
  }
}

/// What a comment without an id is called: `c` and twelve hexadecimal digits, which follow from when it was written, by
/// whom, and its words, and not from the comments around it. How lines are broken makes no difference.
func derivedID(date: Moment?, author: String?, text: String) -> String {
  // FNV-1a, which is the same everywhere and for ever.
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
  switch date {
  case .date(let day)?: add(day.description.utf8)
  case .timestamp(let moment)?: add(String(moment.seconds).utf8)
  case nil: break
  }
  add([0])
  add((author ?? "").utf8)
  for word in text.utf8.split(whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }) {
    add([0])
    add(word)
  }
  let digits = String((hash ^ hash >> 48) & 0xFFFF_FFFF_FFFF, radix: 16)
  return "c" + String(repeating: "0", count: 12 - digits.count) + digits
}
