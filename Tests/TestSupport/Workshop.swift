import Foundation
import SourceText

/// A folder of its own for one test, removed when the test is done.
public final class Workshop: Sendable {
  /// The folder's path.
  public let path: String

  /// A new folder with the files that `text` spells, those of a site below `content/`.
  public init(_ text: String = "") throws {
    path =
      FileManager.default.temporaryDirectory.path(percentEncoded: false) + "sitegen-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write(text)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes the files that `text` spells; paths begin at `content/` unless they begin with `/`, which is
  /// the workshop's folder.
  public func write(_ text: String) throws {
    for file in SiteText(text).files { try write(file.path, file.text) }
  }

  /// Writes one file.
  public func write(_ name: String, _ text: String) throws {
    let full = full(name)
    try FileManager.default.createDirectory(
      atPath: String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)]), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: full))
  }

  /// Removes a file or folder.
  public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: full(name)) }

  /// The text of a file of the workshop's folder, or `nil`.
  public func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The files below a folder of the workshop and their texts.
  public func tree(_ folder: String = "output") -> [String: String] {
    let root = path + "/" + folder
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    var files: [String: String] = [:]
    for name in names {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[name] = read(folder + "/" + name)
    }
    return files
  }

  private func full(_ name: String) -> String {
    name.hasPrefix("/") ? path + name : path + "/content/" + name
  }
}

/// The names of the files that only one of two trees has, or that are not the same in both, but for `names`.
public func differences(
  _ left: [String: String], _ right: [String: String], leavingOut names: Set<String> = []
) -> [String] {
  Set(left.keys).union(right.keys).subtracting(names).filter { left[$0] != right[$0] }.sorted()
}

/// The folder of this package.
public let packageFolder: String = {
  var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast(3)
  return parts.joined(separator: "/")
}()
