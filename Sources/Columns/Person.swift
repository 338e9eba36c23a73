/// Everyone with a credit, or with a biography in `people/`.
public struct Person: Sendable {
  /// The name as it is shown.
  public let name: String
  /// What their file says; `nil` when they have none.
  public let source: PersonSource?
  /// The address, without slashes at the ends.
  public internal(set) var address: String
  /// What they are sorted under: the last word of a Latin name first.
  public let sortKey: String
  /// Their credits, by date.
  public internal(set) var credits: [PersonCredit]
  /// The write-ups they have a byline on, by date.
  public internal(set) var written: [ID<WriteUp>]
  /// Whether it is a company, by all that it is credited with; known once everybody's credits are filed, as it is asked
  /// of each credit of each film.
  public internal(set) var isCompany = false
}

/// A role that somebody has in a project.
public struct PersonCredit: Sendable, Hashable {
  /// The role.
  public let role: String
  /// The write-up on the project.
  public let writeUp: ID<WriteUp>
}

extension Person {
  /// Whether companies do everything that the credits say, and nothing is written.
  var hasCreditsOfCompany: Bool {
    !credits.isEmpty && written.isEmpty
      && credits.allSatisfy { Person.rolesOfCompanies.contains($0.role.lowercased()) }
  }

  private static let rolesOfCompanies: Set = ["production company", "studio", "distributor", "sales agent"]

  /// What a name is sorted under: `shinn ann` for Ann Shinn, and the name as it is where its last word
  /// is not Latin, as in Korean, where the family name comes first.
  static func sortKey(ofName name: String) -> String {
    let words = Columns.sortKey(for: name).split(separator: " ")
    guard words.count > 1, let last = words.last, last.utf8.allSatisfy({ $0 < 0x80 }) else {
      return words.joined(separator: " ")
    }
    return ([last] + words.dropLast()).joined(separator: " ")
  }
}

/// Something that write-ups are filed under.
public struct Term: Sendable {
  /// The ways of filing.
  public enum Kind: String, Sendable, CaseIterable {
    case tag, genre, country, format, status

    /// The address of the list of all terms of the kind.
    public var address: String {
      switch self {
      case .tag: "tags"
      case .genre: "genres"
      case .country: "countries"
      case .format: "formats"
      case .status: "status"
      }
    }
  }

  /// The way of filing.
  public let kind: Kind
  /// The words that readers see.
  public let name: String
  /// The last segment of the address.
  public let slug: String
  /// The write-ups filed under it, by date.
  public internal(set) var writeUps: [ID<WriteUp>]

  /// The address, without slashes at the ends.
  public var address: String { "\(kind.address)/\(slug)" }
}
