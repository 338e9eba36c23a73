import SourceText

/// Renders pages with one set of templates and one model.
public struct Renderer: Sendable {
  let program: Program
  let bound: BoundContract
  let base: String?

  /// Appends the page of `kind` to `buffer`.
  ///
  /// `values` are those of the contract's per-page globals, in the order of their declaration, followed by
  /// those of the kind's own variables. `links` says how links are written, `path` is the page's path for
  /// messages. Returns a diagnostic when the page had to be cut short because it grew beyond all measure,
  /// and `nil` otherwise.
  @discardableResult
  public func render(
    _ kind: PageKindID, values: [Value], links: LinkStyle, path: String, into buffer: inout ByteBuffer,
    partials: inout PartialCache
  ) -> Diagnostic? {
    guard program.entries.indices.contains(kind.index) else { return nil }
    let entry = program.entries[kind.index]
    var slots: [Value] = []
    swap(&slots, &partials.slots)
    if slots.count < entry.slotCount {
      slots.append(contentsOf: repeatElement(.none, count: entry.slotCount - slots.count))
    }
    for index in 0..<entry.valueCount { slots[index] = index < values.count ? values[index] : .none }
    var execution = Execution(
      program: program, fields: bound.fields, base: base, slots: slots, links: links,
      byteLimit: buffer.count + Execution.pageByteLimit)
    execution.run(Int(entry.start), Int(entry.end), into: &buffer, partials: &partials)
    swap(&execution.slots, &partials.slots)
    guard execution.isCutShort else { return nil }
    return .pageTooLarge(path, execution.lastInstruction.flatMap(program.location))
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func pageTooLarge(_ path: String, _ location: Location?) -> Diagnostic {
    .error(
      "template/page-too-large",
      "the page '\(path.isEmpty ? "/" : path)' grew beyond all measure while it was rendered, and was here",
      at: location, fix: "look for loops inside loops")
  }
}
