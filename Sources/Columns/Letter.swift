/// The members of an index of titles or names that begin with one letter.
public struct Letter<Member: Sendable>: Sendable {
  /// The letter as readers see it: `A`, `0–9`, `가`.
  public let label: String
  /// A name for it that can stand in an `id`.
  public let anchor: String
  /// The members, in order.
  public let members: [ID<Member>]
}

extension Archive {
  /// The write-ups of a column by their titles' first letters, without a leading article.
  public func titleIndex(of column: ID<Column>) -> [Letter<WriteUp>] {
    let keyed = columns[column].writeUps.map { (Archive.titleKey(writeUps[$0].source.title), $0) }
    return Archive.letters(keyed.sorted { $0 < $1 })
  }

  /// Everyone by the first letter that they are sorted under.
  public func peopleIndex() -> [Letter<Person>] {
    Archive.letters(people.enumerated().map { ($1.sortKey, ID($0)) })
  }

  private static func titleKey(_ title: String) -> String {
    let key = sortKey(for: title)
    for article in ["the ", "a ", "an "] where key.hasPrefix(article) && key.utf8.count > article.utf8.count {
      return String(key.dropFirst(article.utf8.count))
    }
    return key
  }

  private static func letters<Member>(_ keyed: [(String, ID<Member>)]) -> [Letter<Member>] {
    var result: [Letter<Member>] = []
    var label = ""
    var members: [ID<Member>] = []
    func close() {
      guard !members.isEmpty else { return }
      let scalars = label.unicodeScalars.map { String($0.value, radix: 16) }
      let isLatin = label.utf8.count == 1
      let anchor = isLatin ? "letter-\(label.lowercased())" : "letter-u\(scalars.joined(separator: "-"))"
      result.append(Letter(label: label, anchor: anchor, members: members))
    }
    for (key, member) in keyed {
      let first = key.first.map(String.init) ?? "–"
      let isDigit = first.utf8.first.map { (0x30...0x39).contains($0) } ?? false
      let next = isDigit ? "0–9" : first.uppercased()
      if next != label {
        close()
        label = next
        members = []
      }
      members.append(member)
    }
    close()
    return result
  }
}
