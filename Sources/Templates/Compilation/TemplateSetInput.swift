import SourceText

/// A template's file.
public struct TemplateFile: Sendable {
  /// The name by which other templates know it: `partials/card.html`.
  public var name: String
  /// The path that diagnostics print, and the bytes.
  public var source: Source
  /// The place of the file's theme in the chain of themes that extend each other: 0 for the site's own, 1 for
  /// the one that it extends, and so on.
  public var layer: Int

  /// The file `name` of the theme at `layer`.
  public init(name: String, source: Source, layer: Int = 0) {
    self.name = name
    self.source = source
    self.layer = layer
  }
}

/// Everything that a theme's templates are compiled from.
public struct TemplateSetInput: Sendable {
  /// The files of all themes of the chain. Of two with one name, the one of the lower layer counts; the
  /// other can be named as `parent:name` from the first.
  public var files: [TemplateFile]
  /// The published paths of the theme's assets, by the names that `asset(…)` knows.
  public var assets: [String: String]
  /// The theme's words in its language, by their keys for `t(…)`.
  public var strings: [String: Word]
  /// The theme's options with their values.
  public var options: [String: Option]

  /// A word or phrase of the theme in its language.
  public struct Word: Sendable, ExpressibleByStringLiteral {
    /// What readers see; values go to the `{name}`s in it.
    public var text: String
    /// The place where it is written, if it stands in a file.
    public var place: Location?
    /// What it takes the place of: the same words in the language and the theme that they were first written
    /// in. Where a template and `text` do not agree, this tells which of them is wrong.
    public var original: String?

    /// The words `text`, written at `place`, for `original`.
    public init(_ text: String, at place: Location? = nil, for original: String? = nil) {
      self.text = text
      self.place = place
      self.original = original
    }

    /// Words that stand in no file and take the place of none.
    public init(stringLiteral text: String) { self.init(text) }
  }

  /// An option's type and value.
  public struct Option: Sendable {
    /// The type.
    public var type: ValueType
    /// The value, of that type.
    public var value: Value

    /// An option of `type` that is set to `value`.
    public init(type: ValueType, value: Value) {
      self.type = type
      self.value = value
    }
  }

  /// An input; see the properties for what each argument means.
  public init(
    files: [TemplateFile], assets: [String: String] = [:], strings: [String: Word] = [:],
    options: [String: Option] = [:]
  ) {
    self.files = files
    self.assets = assets
    self.strings = strings
    self.options = options
  }
}
