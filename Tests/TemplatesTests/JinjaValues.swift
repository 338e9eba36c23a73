import CivilTime
import Templates

/// Typed variables of template cases: the types are written as in the theme author's reference.
struct JinjaValues: Decodable {
  var types: [String: [String: String]]
  var variables: [String: String]
  var data: [String: JSONValue]
}

/// What JSON can say.
enum JSONValue: Decodable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

/// The objects of a case's values, by number.
struct JinjaModel: Sendable {
  var objects: [[String: Value]] = []
}

extension JinjaValues {
  private var typeNames: [String] { types.keys.sorted() }
  private var variableNames: [String] { variables.keys.sorted() }

  private func type(_ notation: Substring) -> ValueType {
    if notation.hasSuffix("?") { return .optional(type(notation.dropLast())) }
    if notation.hasPrefix("[") { return .list(type(notation.dropFirst().dropLast())) }
    return switch notation {
    case "boolean": .boolean
    case "integer": .integer
    case "number": .number
    case "markup": .markup
    case "dynamic": .dynamic
    case "date": .date
    case "link": .link
    default: typeNames.firstIndex(of: String(notation)).map { .object(TypeID($0)) } ?? .string
    }
  }

  /// A contract whose only page sees the variables.
  var contract: Contract<JinjaModel> {
    Contract(
      version: 1,
      types: typeNames.enumerated().map { index, name in
        ObjectType(
          id: TypeID(index), name: name, summary: "Test.",
          fields: (types[name] ?? [:]).sorted { $0.key < $1.key }.map { field, notation in
            Field(field, type(notation[...]), "Test.") { model, id in
              model.objects[Int(id)][field] ?? .none
            }
          })
      },
      globals: [],
      pages: [
        PageKind(
          template: "main.html", summary: "Test.",
          fields: variableNames.map { Field($0, type((variables[$0] ?? "")[...]), "Test.") })
      ])
  }

  /// The objects, and the values of the page's variables.
  var model: (JinjaModel, [Value]) {
    var model = JinjaModel()
    let values = variableNames.map { name in
      value(data[name] ?? .null, type((variables[name] ?? "")[...]), &model)
    }
    return (model, values)
  }

  private func value(_ json: JSONValue, _ type: ValueType, _ model: inout JinjaModel) -> Value {
    switch (type, json) {
    case (.date, _): return .date(Timestamp(seconds: 0))
    case (.link, _): return .link(.local("a/b/"))
    case (_, .null): return .none
    case (.optional(let inner), _): return value(json, inner, &model)
    case (.markup, .string(let html)): return .markup(Markup(html))
    case (.number, .integer(let whole)): return .number(Double(whole))
    case (.list(.object(let id)), .list(let items)):
      return .list(.objects(id, items.map { addObject($0, id, &model) }))
    case (.list(let element), .list(let items)):
      return .list(.values(items.map { value($0, element, &model) }))
    case (.object(let id), _):
      return .object(ObjectReference(type: id, id: addObject(json, id, &model)))
    default: return freeValue(json)
    }
  }

  private func addObject(_ json: JSONValue, _ id: TypeID, _ model: inout JinjaModel) -> UInt64 {
    guard case .object(let entries) = json else { return 0 }
    var fields: [String: Value] = [:]
    for (name, notation) in types[typeNames[id.index]] ?? [:] {
      fields[name] = value(entries[name] ?? .null, type(notation[...]), &model)
    }
    model.objects.append(fields)
    return UInt64(model.objects.count - 1)
  }

  /// A free value, its names in alphabetical order.
  private func freeValue(_ json: JSONValue) -> Value {
    switch json {
    case .null: .none
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let items): .list(.values(items.map { freeValue($0) }))
    case .object(let entries):
      .dictionary(ValueDictionary(entries.sorted { $0.key < $1.key }.map { ($0.key, freeValue($0.value)) }))
    }
  }
}
