import Columns
import SourceText

/// A file that pages refer to, under a name that changes with its content.
struct ThemeAsset: Sendable {
  /// The path below `output/`.
  let file: String
  let bytes: [UInt8]
}

extension ThemeAsset {
  /// The assets of a theme chain by their names below `assets/`, each under a name that holds a hash of what
  /// it and all that it refers to hold. Of two with one name in `files`, the first counts.
  ///
  /// A style sheet's references to other assets are changed to their published names; one to a file that is
  /// not there is reported.
  static func publish(
    _ files: [(path: String, layer: Int, source: Source)], diagnostics: inout [Diagnostic]
  ) -> [String: ThemeAsset] {
    var publication = AssetPublication(
      sources: Dictionary(files.map { ($0.path, $0.source) }, uniquingKeysWith: { nearer, _ in nearer }))
    for name in publication.sources.keys.sorted() { publication.publish(name) }
    diagnostics += publication.diagnostics
    return publication.published
  }
}

/// The publishing of a theme's assets, those first that others refer to.
private struct AssetPublication {
  let sources: [String: Source]
  var published: [String: ThemeAsset] = [:]
  var diagnostics: [Diagnostic] = []
  /// The style sheets being published, each referring to the next.
  private var open: [String] = []

  init(sources: [String: Source]) { self.sources = sources }

  mutating func publish(_ name: String) {
    guard published[name] == nil, let source = sources[name] else { return }
    open.append(name)
    defer { open.removeLast() }
    let bytes = name.hasSuffix(".css") ? withPublishedReferences(source, name) : source.bytes
    published[name] = ThemeAsset(file: file(name, holding: bytes), bytes: bytes)
  }

  /// `assets/img/logo.<hash>.svg` for `img/logo.svg`.
  private func file(_ name: String, holding bytes: [UInt8]) -> String {
    let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    let dot = name[start...].lastIndex(of: ".") ?? name.endIndex
    return "assets/\(name[..<dot]).\(contentHash(bytes))\(name[dot...])"
  }

  private mutating func withPublishedReferences(_ source: Source, _ name: String) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for reference in StyleSheet(source.bytes).references {
      guard let changed = publishedText(of: reference, in: source, name) else { continue }
      result += source.bytes[position..<reference.range.lowerBound]
      result += changed.utf8
      position = reference.range.upperBound
    }
    return result + source.bytes[position...]
  }

  /// What to write for `reference` in the style sheet `name`; `nil` for what leads to no asset.
  private mutating func publishedText(
    of reference: StyleSheet.Reference, in source: Source, _ name: String
  ) -> String? {
    let place = Location(
      path: source.path,
      range: ByteRange(reference.range.lowerBound, reference.range.upperBound))
    if reference.isRooted {
      diagnostics.append(
        .rootedPath(reference.text, instead: relative(reference.text, from: name), at: place))
    }
    guard let path = reference.localPath else { return nil }
    guard let target = StyleSheet.asset(String(path), from: name), sources[target] != nil else {
      diagnostics.append(.unknownAsset(String(path), among: sources.keys.sorted(), at: place))
      return nil
    }
    guard !open.contains(target) else {
      diagnostics.append(.assetCycle(target, at: place))
      return nil
    }
    publish(target)
    // Files stay in their folders, so that only the last part changes.
    guard let file = published[target]?.file else { return nil }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let rest = reference.text[path.endIndex...]
    return folder + percentEncoded(String(file[(file.lastIndex(of: "/") ?? file.startIndex)...].dropFirst()))
      + rest
  }

  /// How the style sheet `name` has to write the asset that it calls `path`, from the host's root; `nil` when
  /// there is no such asset.
  private func relative(_ path: String, from name: String) -> String? {
    let target = path.prefix { $0 != "?" && $0 != "#" }.dropFirst()
    let candidates = [target, target.hasPrefix("assets/") ? target.dropFirst("assets/".count) : target]
    guard let asset = candidates.first(where: { sources[percentDecoded($0)] != nil }) else { return nil }
    let folders = name.split(separator: "/").dropLast()
    let parts = asset.split(separator: "/")
    let shared = zip(folders, parts.dropLast()).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: folders.count - shared)
    let rest = path[path.index(path.startIndex, offsetBy: target.count + 1)...]
    return (up + parts.dropFirst(shared)).joined(separator: "/") + rest
  }
}

/// Sixteen hexadecimal digits that differ when `bytes` differ: FNV-1a, 64 bits.
package func contentHash(_ bytes: [UInt8]) -> String {
  var state: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let digits = String(state, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

extension Diagnostic {
  fileprivate static func unknownAsset(
    _ path: String, among names: [String], at place: Location
  ) -> Diagnostic {
    .error(
      "theme/unknown-asset", "the theme has no asset '\(path)'", at: place,
      fix: didYouMean(path, among: names) ?? "put the file into the theme's assets/")
  }

  fileprivate static func rootedPath(
    _ path: String, instead relative: String?, at place: Location
  ) -> Diagnostic {
    .warning(
      "theme/rooted-path",
      "'\(path)' begins at the host's root, and breaks where the site stands in a folder",
      at: place,
      fix: relative.map { "write '\($0)'" }
        ?? "put the file into assets/, and write its path as seen from this style sheet")
  }

  fileprivate static func assetCycle(_ name: String, at place: Location) -> Diagnostic {
    .error(
      "theme/asset-cycle", "'\(name)' refers to this file, or is it, so that neither can get its name",
      at: place, fix: "take one of the two references out")
  }
}
