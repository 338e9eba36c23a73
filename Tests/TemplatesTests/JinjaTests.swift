import Foundation
import SourceText
import Templates
import Testing

/// Renders the cases of `Tests/JinjaOracle` and compares them with what Jinja2 made of them.
///
/// `Tests/JinjaOracle/record.py` records what is expected. Each case's context becomes a contract of its own.
@Suite struct JinjaTests {
  @Test func cases() throws {
    let standard = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "JinjaOracle/cases.jsonl")
    // Others, made at random perhaps, can be tried in their stead.
    let path =
      ProcessInfo.processInfo.environment["SITEGEN_JINJA_CASES"].map { URL(filePath: $0) } ?? standard
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 100)
    for (index, line) in lines.enumerated() {
      guard let data = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        Issue.record("cases.jsonl:\(index + 1): not an object")
        continue
      }
      check(data, "cases.jsonl:\(index + 1)")
    }
  }

  private func check(_ data: [String: Any], _ place: String) {
    let templates = data["templates"] as? [String: String] ?? ["main.html": data["template"] as? String ?? ""]
    let context = data["context"] as? [String: Any] ?? [:]
    var model = JSONModel()
    let fields = context.sorted { $0.key < $1.key }.map { name, value in
      (name, JSONModel.type(value, &model), model.value(value))
    }
    let contract = Contract<JSONModel>(
      version: 1, types: model.objectTypes, globals: [],
      pages: [
        PageKind(template: "main.html", summary: "Test.", fields: fields.map { Field($0.0, $0.1, "Test.") })
      ])
    let files = templates.sorted { $0.key < $1.key }.map {
      TemplateFile(name: $0.key, source: Source(path: $0.key, text: $0.value))
    }
    var diagnostics: [Diagnostic] = []
    guard
      let set = TemplateSet.compile(
        TemplateSetInput(files: files), schema: contract.schema, diagnostics: &diagnostics)
    else {
      Issue.record("\(place): \(templates)\n\(diagnostics.map { "\($0.id): \($0.message)" })")
      return
    }
    var buffer = ByteBuffer()
    var partials = PartialCache()
    set.renderer(bound: contract.bind(model), base: nil).render(
      PageKindID(0), values: fields.map(\.2), links: .relative(prefix: "", page: ""), path: "", into: &buffer,
      partials: &partials)
    #expect(buffer.string == data["expected"] as? String, "\(place): \(templates)")
  }
}

/// Objects read from JSON, with types made up for them.
private struct JSONModel: Sendable {
  var objects: [[String: Value]] = []
  var types: [[String: ValueType]] = []

  var objectTypes: [ObjectType<JSONModel>] {
    types.enumerated().map { index, fields in
      ObjectType(
        id: TypeID(index), name: "T\(index)", summary: "Test.",
        fields: fields.sorted { $0.key < $1.key }.map { name, type in
          Field(name, type, "Test.") { model, id in model.objects[Int(id)][name] ?? .none }
        })
    }
  }

  mutating func value(_ data: Any) -> Value {
    switch data {
    case let number as NSNumber where isBoolean(number): return .boolean(number.boolValue)
    case let number as NSNumber:
      return number.isFloat ? .number(number.doubleValue) : .integer(number.intValue)
    case let text as String: return .string(text)
    case let list as [Any]: return .list(.values(list.map { value($0) }))
    case let object as [String: Any]:
      if let html = object["$markup"] as? String { return .markup(Markup(html)) }
      let values = object.mapValues { value($0) }
      objects.append(values)
      return .object(ObjectReference(type: TypeID(0), id: UInt64(objects.count - 1)))
    default: return .none
    }
  }

  static func type(_ data: Any, _ model: inout JSONModel) -> ValueType {
    switch data {
    case let number as NSNumber where isBoolean(number): return .boolean
    case let number as NSNumber: return number.isFloat ? .number : .integer
    case is String: return .string
    case let list as [Any]:
      if let objects = list as? [[String: Any]], !objects.isEmpty, objects[0]["$markup"] == nil {
        return .list(objectType(objects, &model))
      }
      var element: ValueType?
      for item in list {
        let next = type(item, &model)
        element = element == .integer && next == .number ? .number : element ?? next
      }
      return .list(element ?? .string)
    case let object as [String: Any]:
      return object["$markup"] == nil ? objectType([object], &model) : .markup
    default: return .optional(.string)
    }
  }

  private static func objectType(_ objects: [[String: Any]], _ model: inout JSONModel) -> ValueType {
    var fields: [String: ValueType] = [:]
    for name in Set(objects.flatMap(\.keys)) {
      let values = objects.compactMap { $0[name] }.filter { !($0 is NSNull) }
      let isOptional = values.count < objects.count
      let lists = values.compactMap { $0 as? [Any] }
      let inner: ValueType
      if let nested = values as? [[String: Any]], let first = nested.first, first["$markup"] == nil {
        inner = objectType(nested, &model)
      } else if lists.count == values.count, !lists.isEmpty {
        inner = type(lists.flatMap { $0 }, &model)
      } else {
        inner = values.first.map { type($0, &model) } ?? .string
      }
      fields[name] = isOptional ? .optional(inner) : inner
    }
    model.types.append(fields)
    return .object(TypeID(model.types.count - 1))
  }
}

extension NSNumber {
  fileprivate var isFloat: Bool { unsafe String(cString: objCType) == "d" }
}

private func isBoolean(_ number: NSNumber) -> Bool {
  unsafe String(cString: number.objCType) == "c"
}
