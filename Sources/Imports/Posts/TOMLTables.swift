/// The tables of a TOML document as they are filled, each of which is opened once.
struct TOMLTables {
  private enum Item {
    case value(PostValue)
    case table(Table)
    /// Tables of one name, the last of which is open.
    case tables(TableList)
  }

  /// A class, so that setting one of many keys copies nothing.
  private final class Table {
    /// Who said that it is there.
    enum Origin {
      /// The header of a table in it.
      case implied
      /// Its own header.
      case header
      /// A key with dots.
      case key
    }

    var origin: Origin
    private var keys: [String] = []
    private var items: [String: Item] = [:]

    init(_ origin: Origin) { self.origin = origin }

    subscript(key: String) -> Item? { items[key] }

    func set(_ key: String, _ item: Item) {
      if items.updateValue(item, forKey: key) == nil { keys.append(key) }
    }

    var entries: [PostValue.Entry] {
      keys.compactMap { key in
        switch items[key] {
        case .value(let value)?: PostValue.Entry(key: key, value: value)
        case .table(let table)?: PostValue.Entry(key: key, value: .mapping(table.entries))
        case .tables(let tables)?:
          PostValue.Entry(key: key, value: .list(tables.all.map { .mapping($0.entries) }))
        case nil: nil
        }
      }
    }
  }

  /// A class, so that one more table copies none.
  private final class TableList {
    var all: [Table]

    init(_ first: Table) { all = [first] }
  }

  private let root = Table(.header)
  /// That of the header that came last.
  private var current: Table

  /// No tables yet.
  init() { current = root }

  /// What was set, in its order.
  var entries: [PostValue.Entry] { root.entries }

  /// Begins the table at `path`, or one more of the tables there; false where something else is.
  mutating func open(_ path: [String], addingTo array: Bool) -> Bool {
    guard let key = path.last, let outer = table(at: path.dropLast(), in: root, creating: .implied) else {
      return false
    }
    switch outer[key] {
    case nil:
      current = Table(.header)
      outer.set(key, array ? .tables(TableList(current)) : .table(current))
    case .tables(let tables)? where array:
      current = Table(.header)
      tables.all.append(current)
    case .table(let table)? where !array && table.origin == .implied:
      table.origin = .header
      current = table
    default: return false
    }
    return true
  }

  /// Sets what is at `path` below the header that came last; false where something is already.
  func set(_ path: [String], _ value: PostValue) -> Bool {
    guard let key = path.last, let outer = table(at: path.dropLast(), in: current, creating: .key),
      outer[key] == nil
    else { return false }
    outer.set(key, .value(value))
    return true
  }

  /// The table at `path`, made where it isn't there; `nil` where something else is, or one that keys can't add to.
  private func table(at path: ArraySlice<String>, in table: Table, creating origin: Table.Origin) -> Table? {
    var table = table
    for key in path {
      switch table[key] {
      case nil:
        let new = Table(origin)
        table.set(key, .table(new))
        table = new
      case .table(let inner)? where origin == .implied || inner.origin != .header: table = inner
      case .tables(let tables)? where origin == .implied:
        guard let last = tables.all.last else { return nil }
        table = last
      default: return nil
      }
    }
    return table
  }
}
