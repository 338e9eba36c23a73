/// What an item of an export became.
public struct ConvertedItem: Sendable {
  /// A file to write.
  public struct File: Sendable, Hashable {
    /// Where, below `content/`.
    public var path: String
    /// What is in it.
    public var text: String
  }

  /// A file to copy: a picture that a text shows, and the like.
  public struct Companion: Sendable, Hashable {
    /// Where it is, below the folder that is imported.
    public var source: String
    /// Where it goes, below `content/`.
    public var path: String
  }

  /// The files to copy.
  public var companions: [Companion] = []
  /// The files: the write-up or page, then its comments if it has any; none for what could not be brought over.
  public var files: [File] = []
  /// What tells the item from all others.
  public var key: String
  /// `post` or `page`.
  public var type: String
  /// The number of the item.
  public var id: Int
  /// The title.
  public var title: String
  /// Why it is a draft, where it was none or where that matters; `nil` for what is published.
  public var heldBack: String?
  /// The file in another column that it became earlier, and that stays as it is; `nil` for none.
  public var elsewhere: String?
  /// Why nothing of it was brought over.
  public var failure: String?
  /// What became a field of front matter: labels in the text.
  public var fields: [String] = []
  /// What else there is to say about the text.
  public var remarks: [String] = []
  /// What was kept as HTML, and what was lost.
  public var notes = ConversionNotes()
  /// How many comments were written.
  public var commentCount = 0
  /// How many comments were not, by reason.
  public var commentsLeftOut: [String: Int] = [:]
  /// The addresses of pictures and other files of the old site.
  public var media: [String] = []

  /// Leaves its comments out, for a reason that the report tells.
  public mutating func leaveOutComments(because reason: String) {
    guard commentCount > 0, files.count > 1 else { return }
    commentsLeftOut[reason, default: 0] += commentCount
    commentCount = 0
    files.removeLast(files.count - 1)
  }
}
