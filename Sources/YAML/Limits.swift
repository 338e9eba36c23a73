/// How large a YAML document may be; more is a diagnostic.
public struct Limits: Sendable {
  /// How deep lists and mappings may be nested.
  public var depth: Int
  /// How many nodes may be written in the file.
  public var nodeCount: Int
  /// How many nodes there may be once every alias is replaced by what it stands for.
  public var aliasExpansion: Int
  /// How many bytes may be parsed.
  public var byteCount: Int

  /// The given limits.
  public init(
    depth: Int = 64, nodeCount: Int = 1_000_000, aliasExpansion: Int = 100_000,
    byteCount: Int = 16 << 20
  ) {
    self.depth = depth
    self.nodeCount = nodeCount
    self.aliasExpansion = aliasExpansion
    self.byteCount = byteCount
  }

  /// Limits far above what a person writes: 64 levels, a million nodes, 100,000 of them through aliases, 16 MiB.
  public static let `default` = Limits()
}
