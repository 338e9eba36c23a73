import CivilTime

/// Where a comment is: under which write-up, and the how manieth of its file, from 0.
public struct CommentPlace: Sendable, Hashable {
  /// The write-up.
  public let writeUp: ID<WriteUp>
  /// The comment's index under it.
  public let index: Int
}

extension WriteUp {
  /// Whether its page shows what readers say.
  public var showsComments: Bool { source.comments != .none }

  /// Whether its page shows what readers said.
  public var hasShownComments: Bool { showsComments && !comments.comments.isEmpty }

  /// The id of the part of its page that holds what readers say.
  public static var commentsAnchor: String { "readers-say" }
}

extension Archive {
  /// The comments that have a date and that everybody may see, newest first; of two at one moment, the one
  /// further down first.
  ///
  /// - Complexity: O(*w* + *c* log *c*) for *w* write-ups and *c* comments.
  public func datedComments() -> [CommentPlace] {
    var dated: [(seconds: Int64, place: CommentPlace)] = []
    for (number, writeUp) in writeUps.enumerated() where !writeUp.comments.comments.isEmpty {
      guard writeUp.isPublic, writeUp.showsComments else { continue }
      for (index, comment) in writeUp.comments.comments.enumerated() {
        guard let date = comment.date else { continue }
        dated.append((date.seconds, CommentPlace(writeUp: ID(number), index: index)))
      }
    }
    dated.sort {
      ($0.seconds, $0.place.writeUp, $0.place.index) > ($1.seconds, $1.place.writeUp, $1.place.index)
    }
    return dated.map(\.place)
  }
}
