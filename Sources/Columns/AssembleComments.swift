import CivilTime
import SourceText
import YAML

extension Archive {
  /// The comments of each write-up, as threads; a file that belongs to no write-up is reported.
  static func threadComments(
    _ sources: ContentSources, options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> [ContentPath: CommentThreads] {
    guard !sources.comments.isEmpty else { return [:] }
    let writeUps = Set(sources.writeUps.lazy.map(\.path))
    var result: [ContentPath: CommentThreads] = [:]
    for source in sources.comments.sorted(by: { $0.path < $1.path }) {
      let path = source.path.commentedWriteUp
      guard writeUps.contains(path) else {
        if !sources.unreadable.contains(path) {
          diagnostics.append(.orphanComments(source.path, path, writeUps))
        }
        continue
      }
      var replies = [[Int]](repeating: [], count: source.comments.count)
      var roots: [Int] = []
      // Of each comment, how many it answers in turn, and the one it is shown under.
      var depths = [Int](repeating: 0, count: source.comments.count)
      var parents = [Int](repeating: 0, count: source.comments.count)
      for (index, comment) in source.comments.enumerated() {
        guard var parent = comment.repliesTo else {
          roots.append(index)
          continue
        }
        // Themes print a few levels: an answer to one of the last stands beside that.
        if depths[parent] == CommentThreads.maximalDepth { parent = parents[parent] }
        depths[index] = depths[parent] + 1
        parents[index] = parent
        replies[parent].append(index)
      }
      result[path] = CommentThreads(
        path: source.path,
        comments: zip(source.comments, replies).map { comment, replies in
          Comment(source: comment, date: comment.date?.start(in: options.zone), replies: replies)
        },
        roots: roots)
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func orphanComments(
    _ path: ContentPath, _ writeUp: ContentPath, _ writeUps: Set<ContentPath>
  ) -> Diagnostic {
    let neighbours = writeUps.filter { $0.folder == writeUp.folder }.sorted()
    // Mostly it is the day in front that is missing.
    func meant(_ name: String, by key: (ContentPath) -> String) -> ContentPath? {
      let nearest =
        neighbours.contains { key($0) == name } ? name : nearest(to: name, among: neighbours.map(key))
      return nearest.flatMap { nearest in neighbours.last { key($0) == nearest } }
    }
    let owner =
      meant(writeUp.pieceName) { $0.pieceName } ?? meant(PieceName(writeUp).words) { PieceName($0).words }
    let name = owner.map { $0.isFolderIndex ? "comments.yaml" : "\($0.pieceName).comments.yaml" }
    return .warning(
      "comments/orphan", "there is no write-up '\(writeUp.name)' that these comments belong to",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)),
      fix: name.map { "call the file \($0), as its write-up is called" }
        ?? "name the file after its write-up, with the day if that has one: 2026-11-20-salt-road.comments.yaml"
    )
  }
}
