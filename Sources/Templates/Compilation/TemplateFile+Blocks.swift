import SourceText

extension TemplateFile {
  /// Whether there is nothing in it but space.
  var isBlank: Bool {
    let bytes = source.bytes
    return bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
      .allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  /// The names of the blocks that the template declares, in the order of their beginnings; of a template
  /// that can't be parsed, those that could be.
  public var blockNames: [String] {
    var ignored: [Diagnostic] = []
    return Parser.parse(source, diagnostics: &ignored).blocks.values
      .sorted { $0.name.range.lowerBound < $1.name.range.lowerBound }.map(\.name.text)
  }
}
