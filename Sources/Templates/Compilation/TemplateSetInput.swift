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
  public var strings: [String: String]
  /// The theme's options with their values.
  public var options: [String: Option]

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
    files: [TemplateFile], assets: [String: String] = [:], strings: [String: String] = [:],
    options: [String: Option] = [:]
  ) {
    self.files = files
    self.assets = assets
    self.strings = strings
    self.options = options
  }
}
