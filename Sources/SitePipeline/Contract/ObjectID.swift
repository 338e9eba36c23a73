import Columns
import Templates

/// How the contract numbers objects that have no array of their own: the parent's index in the upper half,
/// the position in the parent in the lower.
struct Position {
  let parent: Int
  let child: Int

  init(_ parent: Int, _ child: Int) {
    self.parent = parent
    self.child = child
  }

  init(_ id: UInt64) {
    parent = Int(id >> 32)
    child = Int(id & 0xFFFF_FFFF)
  }

  var id: UInt64 {
    UInt64(UInt32(truncatingIfNeeded: parent)) << 32 | UInt64(UInt32(truncatingIfNeeded: child))
  }
}

/// The objects of `type` that are the `count` parts of the one numbered `parent`.
func parts(_ type: TypeID, of parent: Int, _ count: Int) -> Value {
  .list(.objects(type, (0..<count).map { Position(parent, $0).id }))
}

/// The object of `type` numbered `index`.
func object(_ type: TypeID, _ index: Int) -> Value {
  .object(ObjectReference(type: type, id: UInt64(index)))
}

/// The object of `type` at `position`.
func object(_ type: TypeID, _ position: Position) -> Value {
  .object(ObjectReference(type: type, id: position.id))
}

/// The objects of `type` with these ids, in their order.
func objects<Entity>(_ type: TypeID, _ ids: some Collection<ID<Entity>>) -> Value {
  .list(.objects(type, ids.map { UInt64($0.index) }))
}

/// The object of `type` with this id, or none.
func object<Entity>(_ type: TypeID, _ id: ID<Entity>?) -> Value {
  id.map { object(type, $0.index) } ?? .none
}

/// `text`, or none.
func optional(_ text: String?) -> Value { text.map(Value.string) ?? .none }

/// `number`, or none.
func optional(_ number: Int?) -> Value { number.map(Value.integer) ?? .none }

/// A list of strings.
func strings(_ texts: some Collection<String>) -> Value { .list(.values(texts.map(Value.string))) }

/// A link to a page of the site.
func local(_ path: String) -> Value { .link(.local(path)) }
