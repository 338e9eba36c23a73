import SourceText

/// The names of the comments of one file: what others answer to.
///
/// - Complexity: O(*n*) for *n* comments, whatever they are called and whomever they answer.
struct CommentNames {
  /// Every id that is written; it means its comment, even where it is a number that another one stands at.
  private let written: Set<String>
  private var indices: [String: Int] = [:]
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

  /// Names the comment at `index`, whose number is `number`; returns its id, which no other has.
  mutating func name(_ writtenID: String?, at index: Int, number: Int) -> String {
    let number = String(number)
    var id = writtenID ?? number
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
    if !written.contains(number) { indices[number] = index }
    return id
  }

  /// The earlier comment that `reply` names.
  func index(of reply: String) -> Int? { indices[reply] }

  /// The fix for a name that no earlier comment has.
  mutating func fix(for reply: String) -> String {
    if suggestionsLeft > 0 {
      suggestionsLeft -= 1
      let names = known.suffix(CommentNames.suggestedFrom)
      if let suggestion = didYouMean(reply, among: names) { return suggestion }
    }
    return "name the id, or the number from 1, of an earlier comment"
  }
}
