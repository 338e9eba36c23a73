import SourceText

/// A theme's templates, checked against a contract's schema and compiled.
public struct TemplateSet: Sendable {
  /// The names that templates use of what is not theirs.
  public struct Usage: Sendable, Hashable {
    /// The keys of words that `t(…)` names; all those with its beginning where the key is worked out.
    public internal(set) var strings: Set<String> = []
    /// The assets that `asset(…)` names.
    public internal(set) var assets: Set<String> = []

    /// The options that `options.…` names.
    public internal(set) var options: Set<String> = []

    /// No names.
    public init() {}

    /// Adds the names of `other`.
    public mutating func formUnion(_ other: Usage) {
      strings.formUnion(other.strings)
      assets.formUnion(other.assets)
      options.formUnion(other.options)
    }
  }

  let program: Program
  /// What the templates use, those that no page reaches included.
  public let usage: Usage

  /// Checks and compiles `input`: one entry template for each kind of page that `schema` declares, with
  /// everything that it includes and extends.
  ///
  /// Where `kinds` are given, that is done for those alone: pages of other kinds come out empty, and nothing is said of
  /// what those use. Every mistake is reported to `diagnostics`, each once. `nil` when there is an error among them.
  public static func compile(
    _ input: TemplateSetInput, schema: Schema, for kinds: Set<PageKindID>? = nil,
    diagnostics: inout [Diagnostic]
  ) -> TemplateSet? {
    var compiler = Compiler(input, schema: schema)
    for (index, page) in schema.pages.enumerated() {
      if kinds?.contains(PageKindID(index)) ?? true {
        compiler.compileEntry(page)
      } else {
        compiler.program.entries.append(.empty)
      }
    }
    if kinds == nil { compiler.checkUnreached() }
    diagnostics += compiler.diagnostics.sorted()
    guard !compiler.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return TemplateSet(program: compiler.program, usage: compiler.usage)
  }

  /// A renderer of these templates with values from `bound`, which shares nothing with others that changes while it works:
  /// one for each task.
  ///
  /// `base` is the site's URL with a slash at its end, if it has one; `| absolute` needs it.
  public func renderer(bound: BoundContract, base: String?) -> Renderer {
    Renderer(program: program.copy, bound: bound, base: base)
  }
}
