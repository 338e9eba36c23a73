/// Everything that templates can see: object types, global variables and kinds of page, each with a
/// sentence that explains it and the closure that gets its value from a model.
///
/// The type checker's schema, the values at render time and the theme author's reference all come from
/// this one declaration.
public struct Contract<Model: Sendable>: Sendable {
  /// The version that themes name.
  public let version: Int
  /// The object types.
  public let types: [ObjectType<Model>]
  /// The variables that every template sees.
  public let globals: [Field<Model>]
  /// The kinds of page, each with the template that renders it.
  public let pages: [PageKind<Model>]

  /// A contract; see the properties for what each argument means.
  public init(
    version: Int, types: [ObjectType<Model>], globals: [Field<Model>], pages: [PageKind<Model>]
  ) {
    self.version = version
    self.types = types
    self.globals = globals
    self.pages = pages
  }
}

/// A type of object that templates can see, and its fields.
public struct ObjectType<Model: Sendable>: Sendable {
  /// The number of the type in its contract.
  public let id: TypeID
  /// The name, as in `WriteUp`.
  public let name: String
  /// A sentence for theme authors.
  public let summary: String
  /// The fields.
  public let fields: [Field<Model>]

  /// An object type; see the properties for what each argument means.
  public init(id: TypeID, name: String, summary: String, fields: [Field<Model>]) {
    self.id = id
    self.name = name
    self.summary = summary
    self.fields = fields
  }
}

/// A field of an object type, a global variable, or a variable of one kind of page.
public struct Field<Model: Sendable>: Sendable {
  /// The name, as in `title`.
  public let name: String
  /// The type of its value.
  public let type: ValueType
  /// A sentence for theme authors.
  public let summary: String
  /// Whether a global variable's value is given for each page rather than got from the model.
  public let isPerPage: Bool
  /// Gets the value from the model, for the object with the given id.
  public let get: @Sendable (Model, UInt64) -> Value

  /// A field whose value `get` returns.
  ///
  /// `get` is called with the model and the object's id (0 for a global variable). A field whose type is not
  /// optional never returns ``Value/none``. The variables of a ``PageKind`` and globals that are `perPage`
  /// need no `get`: their values are given to ``Renderer/render(_:values:links:path:into:partials:)``.
  public init(
    _ name: String, _ type: ValueType, _ summary: String, perPage: Bool = false,
    get: @escaping @Sendable (Model, UInt64) -> Value = { _, _ in .none }
  ) {
    self.name = name
    self.type = type
    self.summary = summary
    self.isPerPage = perPage
    self.get = get
  }
}

/// A kind of page: the template that renders it and the variables that this template sees besides the globals.
public struct PageKind<Model: Sendable>: Sendable {
  /// The name of the template's file, as in `write-up.html`.
  public let template: String
  /// A sentence for theme authors.
  public let summary: String
  /// The variables; their values are given for each page.
  public let fields: [Field<Model>]

  /// A kind of page; see the properties for what each argument means.
  public init(template: String, summary: String, fields: [Field<Model>]) {
    self.template = template
    self.summary = summary
    self.fields = fields
  }
}

/// The position of a kind of page in its contract's ``Contract/pages``.
public struct PageKindID: Sendable, Hashable {
  /// The position, from 0.
  public let index: Int

  /// The kind of page at `index`.
  public init(_ index: Int) { self.index = index }
}

/// A contract's closures with their model: one for every field of every type and every global variable.
public struct BoundContract: Sendable {
  /// Indexed as ``Schema`` numbers fields.
  package let fields: [@Sendable (UInt64) -> Value]

  /// A contract whose fields are got by `fields`.
  package init(fields: [@Sendable (UInt64) -> Value]) { self.fields = fields }
}

extension Contract {
  /// The declaration without its closures.
  public var schema: Schema {
    Schema(
      version: version,
      types: types.map { type in
        Schema.ObjectType(
          id: type.id, name: type.name, summary: type.summary, fields: type.fields.map(\.declaration))
      },
      globals: globals.map(\.declaration),
      pages: pages.map { page in
        Schema.PageKind(
          template: page.template, summary: page.summary, fields: page.fields.map(\.declaration))
      })
  }

  /// The closures with `model` captured, so that rendering is not generic.
  public func bind(_ model: Model) -> BoundContract {
    let all = types.flatMap(\.fields) + globals
    return BoundContract(
      fields: all.map { field in
        let get = field.get
        return { id in get(model, id) }
      })
  }
}

extension Field {
  fileprivate var declaration: Schema.Field {
    Schema.Field(name: name, type: type, summary: summary, isPerPage: isPerPage)
  }
}
