/// The place of an entity in its array of the ``Archive``.
///
/// Typed by what it points at, so that a person can't be looked up as a write-up.
public struct ID<Entity>: Sendable, Hashable, Comparable {
  /// The index into the archive's array.
  public let index: Int

  /// The entity at `index`.
  @inlinable
  public init(_ index: Int) { self.index = index }

  /// Earlier entities come first.
  @inlinable
  public static func < (left: ID, right: ID) -> Bool { left.index < right.index }
}

extension Array {
  /// The entity that `id` points at.
  @inlinable
  public subscript(id: ID<Element>) -> Element {
    get { self[id.index] }
    _modify { yield &self[id.index] }
  }
}
