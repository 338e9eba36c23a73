import SourceText

extension TemplateFile {
  /// The names of the blocks that the template declares, in the order of their beginnings; of a template
  /// that can't be parsed, those that could be.
  public var blockNames: [String] {
    var ignored: [Diagnostic] = []
    return Parser.parse(source, diagnostics: &ignored).blocks.values
      .sorted { $0.name.range.lowerBound < $1.name.range.lowerBound }.map(\.name.text)
  }
}
