/// Something an author can fix: what is wrong, where, and where one fix is plausible, that fix.
///
/// A mistake in content or in a theme is never a thrown error; it is one of these.
public struct Diagnostic: Sendable, Hashable {
  /// How grave a diagnostic is.
  public enum Severity: String, Sendable, Comparable, CaseIterable {
    /// A remark that asks for nothing.
    case note
    /// Something that is likely not meant, and does not stop a build.
    case warning
    /// Something that stops a build from being published.
    case error

    /// Notes before warnings before errors.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// A further place or sentence that explains a diagnostic, such as the other of two clashing files.
  public struct Note: Sendable, Hashable {
    /// The sentence.
    public var message: String
    /// The place it speaks of, if it speaks of one.
    public var location: Location?

    /// A note that says `message`, about `location` where it is given.
    public init(_ message: String, at location: Location? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// A change of a source's bytes that mends what is wrong and can't mean anything else, so that a program may make it
  /// unasked.
  public struct Edit: Sendable, Hashable {
    /// The bytes that are replaced, in the source of the diagnostic's place; empty for an insertion.
    public var range: ByteRange
    /// What takes their place: text without line ends.
    public var replacement: String

    /// The change of the bytes `range` into `replacement`.
    public init(_ range: ByteRange, _ replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// How grave it is.
  public var severity: Severity
  /// A stable name, `area/what-is-wrong`, under which Documentation/diagnostics.md explains it.
  public var id: String
  /// What is wrong, in one clause, without a full stop.
  public var message: String
  /// The place, or `nil` when the whole site is meant.
  public var location: Location?
  /// What to write instead, such as `did you mean 'title'?`; printed beside the caret.
  public var fix: String?
  /// The same as a change that `sitegen check --fix` makes; `nil` where a person has to decide.
  public var edit: Edit?
  /// Further places and sentences.
  public var notes: [Note]

  /// A diagnostic; see the properties for what each argument means.
  public init(
    _ severity: Severity, _ id: String, _ message: String, at location: Location?,
    fix: String? = nil, edit: Edit? = nil, notes: [Note] = []
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.location = location
    self.fix = fix
    self.edit = edit
    self.notes = notes
  }

  /// An error; see ``init(_:_:_:at:fix:edit:notes:)``.
  public static func error(
    _ id: String, _ message: String, at location: Location?, fix: String? = nil, edit: Edit? = nil,
    notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.error, id, message, at: location, fix: fix, edit: edit, notes: notes)
  }

  /// A warning; see ``init(_:_:_:at:fix:edit:notes:)``.
  public static func warning(
    _ id: String, _ message: String, at location: Location?, fix: String? = nil, edit: Edit? = nil,
    notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.warning, id, message, at: location, fix: fix, edit: edit, notes: notes)
  }
}

extension Diagnostic: Comparable {
  /// The order of printing: by path, then place, then id and message, so that no completion order shows.
  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    func key(_ diagnostic: Diagnostic) -> (String, UInt32, UInt32, String, String) {
      (
        diagnostic.location?.path ?? "", diagnostic.location?.range.lowerBound ?? 0,
        diagnostic.location?.range.upperBound ?? 0, diagnostic.id, diagnostic.message
      )
    }
    return key(left) < key(right)
  }
}
