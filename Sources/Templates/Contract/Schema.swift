/// What a ``Contract`` declares, without the closures: names, types and sentences.
public struct Schema: Sendable {
  /// A field of an object type, a global variable, or a variable of one kind of page.
  public struct Field: Sendable {
    /// The name.
    public let name: String
    /// The type of its value.
    public let type: ValueType
    /// A sentence for theme authors.
    public let summary: String
    /// Whether a global variable differs from page to page.
    public let isPerPage: Bool
  }

  /// A type of object.
  public struct ObjectType: Sendable {
    /// The number of the type.
    public let id: TypeID
    /// The name.
    public let name: String
    /// A sentence for theme authors.
    public let summary: String
    /// The fields.
    public let fields: [Field]
  }

  /// A kind of page.
  public struct PageKind: Sendable {
    /// The name of the template's file.
    public let template: String
    /// A sentence for theme authors.
    public let summary: String
    /// The variables that its template sees besides the globals.
    public let fields: [Field]
  }

  /// The version that themes name.
  public let version: Int
  /// The object types.
  public let types: [ObjectType]
  /// The variables that every template sees.
  public let globals: [Field]
  /// The kinds of page.
  public let pages: [PageKind]

  private let positions: [Int: Int]
  private let firstFields: [Int]
  private let globalsStart: Int

  init(version: Int, types: [ObjectType], globals: [Field], pages: [PageKind]) {
    self.version = version
    self.types = types
    self.globals = globals
    self.pages = pages
    positions = Dictionary(
      types.enumerated().map { ($1.id.index, $0) }, uniquingKeysWith: { first, _ in first })
    var total = 0
    var firstFields: [Int] = []
    for type in types {
      firstFields.append(total)
      total += type.fields.count
    }
    self.firstFields = firstFields
    globalsStart = total
  }

  /// The declaration of the type numbered `id`, if the contract has it.
  public func type(_ id: TypeID) -> ObjectType? {
    positions[id.index].map { types[$0] }
  }

  /// The field `name` of the type numbered `id`, and its number among all fields of the contract.
  package func field(_ name: String, of id: TypeID) -> (number: Int, field: Field)? {
    guard let position = positions[id.index],
      let index = types[position].fields.firstIndex(where: { $0.name == name })
    else { return nil }
    return (firstFields[position] + index, types[position].fields[index])
  }

  /// The number, among all fields of the contract, of the global variable at `index`.
  package func globalNumber(_ index: Int) -> Int { globalsStart + index }
}
