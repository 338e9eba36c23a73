import SourceText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the program, as a crash does, with what is wrong about the input at hand.
func demand(_ condition: Bool, _ message: @autoclosure () -> String) {
  guard !condition else { return }
  let text = "demanded in vain: \(message())\n"
  _ = unsafe write(2, text, text.utf8.count)
  abort()
}

/// How much longer things may take where others use the same processor: `FUZZ_PATIENCE`, by default 1.
private let patience = unsafe getenv("FUZZ_PATIENCE").flatMap { unsafe Double(String(cString: $0)) } ?? 1

/// What `read` makes of `count` bytes, which may take some `seconds` of the processor's time, sanitised as everything is.
func timed<Value>(_ count: Int, seconds: Double = 1, _ read: () -> Value) -> Value {
  func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = processorTime()
  let value = read()
  let time = processorTime() - start
  demand(time < seconds * patience || count > 128 << 10, "\(count) bytes took \(time) s")
  return value
}

/// Demands that diagnostics stand within `files`, and not in the middle of a character, and can be printed.
func demandPlaces(of diagnostics: [Diagnostic], in files: [Source]) {
  var printer = DiagnosticPrinter { path in files.first { $0.path == path }?.bytes }
  for diagnostic in diagnostics {
    for location in [diagnostic.location] + diagnostic.notes.map(\.location) {
      guard let location else { continue }
      guard let file = files.first(where: { $0.path == location.path }) else {
        demand(false, "\(diagnostic.id) is in '\(location.path)'")
        return
      }
      demandPlace(location.range, in: file.bytes, diagnostic.id)
    }
  }
  for diagnostic in diagnostics.prefix(3) {
    _ = printer.text(diagnostic)
    _ = printer.json(diagnostic)
  }
}

/// Demands that `range` lies within `bytes` and does not cut a character in two.
func demandPlace(_ range: ByteRange, in bytes: [UInt8], _ name: @autoclosure () -> String) {
  demand(range.lowerBound <= range.upperBound, "\(name()) ends before it begins: \(range)")
  demand(range.upperBound <= bytes.count, "\(name()) ends outside \(bytes.count) bytes: \(range)")
  demand(
    !isInsideCharacter(range.indices.lowerBound, bytes)
      && !isInsideCharacter(range.indices.upperBound, bytes),
    "\(name()) cuts a character: \(range)")
}

private func isInsideCharacter(_ offset: Int, _ bytes: [UInt8]) -> Bool {
  guard offset < bytes.count, bytes[offset] & 0xC0 == 0x80 else { return false }
  for start in max(0, offset - 3)..<offset where bytes[start] >= 0xC0 {
    let end = start + (bytes[start] >= 0xF0 ? 4 : bytes[start] >= 0xE0 ? 3 : 2)
    if end > offset, end <= bytes.count, isUTF8(bytes[start..<end]) { return true }
  }
  return false
}

/// Whether `bytes` are UTF-8.
func isUTF8(_ bytes: some Sequence<UInt8>) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

/// Demands that `read` says the same of one file twice; hash tables are ordered anew each time.
///
/// That is asked for every fourth file, and of all of the value for few, as it takes long.
func demandSameTwice<Value>(
  of file: Source, _ read: (Source, inout [Diagnostic]) -> Value
) -> (value: Value, diagnostics: [Diagnostic]) {
  var diagnostics: [Diagnostic] = []
  let value = timed(file.bytes.count) { read(file, &diagnostics) }
  demandPlaces(of: diagnostics, in: [file])
  guard fingerprint(file.bytes).isMultiple(of: 4) else { return (value, diagnostics) }
  var others: [Diagnostic] = []
  let other = read(file, &others)
  demand(diagnostics == others, "other diagnostics the second time:\n\(diagnostics)\n\(others)")
  if file.bytes.count < 4_096, fingerprint(file.bytes).isMultiple(of: 256) {
    let texts = (description(of: value), description(of: other))
    demand(texts.0 == texts.1, "another value the second time:\n\(texts.0)\n\(texts.1)")
  }
  return (value, diagnostics)
}

/// Everything in `value`; sets and dictionaries in an order of their own.
private func description(of value: Any) -> String {
  if let bytes = value as? [UInt8] { return String(decoding: bytes, as: UTF8.self) }
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return "\(value)" }
  var parts = mirror.children.map { "\($0.label ?? "")=\(description(of: $0.value))" }
  if mirror.displayStyle == .set || mirror.displayStyle == .dictionary { parts.sort() }
  return "[\(parts.joined(separator: "\n"))]"
}
