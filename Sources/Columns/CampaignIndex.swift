import CivilTime

/// Every campaign of an archive by where it stands, as its page lists them.
public struct CampaignIndex: Sendable, Hashable {
  /// The number of days before its deadline from which a live campaign counts as ending soon.
  public static let lastDays = 7

  /// Live, with at most ``lastDays`` left; those that end first come first.
  public internal(set) var endingSoon: [ID<WriteUp>] = []
  /// Live otherwise; those that end first come first, those without a deadline last.
  public internal(set) var live: [ID<WriteUp>] = []
  /// Not begun; those that begin first come first.
  public internal(set) var upcoming: [ID<WriteUp>] = []
  /// Ended or funded; those that ended last come first.
  public internal(set) var over: [ID<WriteUp>] = []

  /// An index of no campaigns.
  public init() {}

  /// Whether there is no campaign at all.
  public var isEmpty: Bool { endingSoon.isEmpty && live.isEmpty && upcoming.isEmpty && over.isEmpty }
}

extension Archive {
  /// The campaigns of all write-ups; of those that end together, the one written up first comes first.
  ///
  /// - Complexity: O(*n*) in the number of write-ups, and O(*m* log *m*) in that of campaigns.
  public func campaignIndex() -> CampaignIndex {
    var index = CampaignIndex()
    for number in writeUps.indices {
      guard let standing = writeUps[number].campaign else { continue }
      let id = ID<WriteUp>(number)
      switch standing.state {
      case .upcoming: index.upcoming.append(id)
      case .live:
        if standing.endsSoon { index.endingSoon.append(id) } else { index.live.append(id) }
      case .ended, .funded: index.over.append(id)
      }
    }
    func deadline(_ id: ID<WriteUp>) -> Int64 { writeUps[id].campaign?.deadline?.seconds ?? .max }
    func launch(_ id: ID<WriteUp>) -> Int {
      writeUps[id].source.project.campaign?.launched?.dayNumber ?? .max
    }
    index.endingSoon.sort { (deadline($0), $0) < (deadline($1), $1) }
    index.live.sort { (deadline($0), $0) < (deadline($1), $1) }
    index.upcoming.sort { (launch($0), $0) < (launch($1), $1) }
    index.over.sort { (deadline($1), $0) < (deadline($0), $1) }
    return index
  }
}
