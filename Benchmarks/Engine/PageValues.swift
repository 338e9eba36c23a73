import Synchronization
import CivilTime
import SitePipeline
import SourceText
import Templates

/// What is the same for every page of a site: templates, words, assets and options.
enum SiteValues {
  /// `{"templates", "strings", "assets", "options", "base", "files"}`; the last is a list of the pages' files.
  static func common(of site: PreparedSite) -> ByteBuffer {
    let writer = ValueWriter(links: .relative(prefix: "", page: ""), schema: site.schema)
    var buffer = ByteBuffer()
    func members(_ name: String, _ entries: [(String, (inout ByteBuffer) -> Void)]) {
      buffer.append("\"\(name)\":{")
      for (index, entry) in entries.enumerated() {
        if index > 0 { buffer.append(",\n") }
        buffer.appendJSONString(entry.0)
        buffer.append(":")
        entry.1(&buffer)
      }
      buffer.append("},\n")
    }
    buffer.append("{")
    var seen: Set<String> = []
    let files = site.input.files.sorted { $0.layer < $1.layer }.filter { seen.insert($0.name).inserted }
    members(
      "templates",
      files.map { file in
        (file.name, { $0.appendJSONString(String(decoding: file.source.bytes, as: UTF8.self)) })
      })
    members(
      "strings",
      site.input.strings.sorted { $0.key < $1.key }.map { word in
        (word.key, { $0.appendJSONString(word.value.text) })
      })
    members(
      "assets",
      site.input.assets.sorted { $0.key < $1.key }.map { asset in
        (asset.key, { $0.appendJSONString(asset.value) })
      })
    members(
      "options",
      site.input.options.sorted { $0.key < $1.key }.map { option in
        (option.key, { writer.append(option.value.value, to: &$0) })
      })
    buffer.append("\"base\":")
    if let base = site.base { buffer.appendJSONString(base) } else { buffer.append("null") }
    buffer.append(",\n\"files\":[")
    for (index, file) in site.files.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.appendJSONString(file)
    }
    buffer.append("]}\n")
    return buffer
  }
}

/// One page as sitegen renders it, and the values that its template could see on the way.
struct PageValues {
  /// `{"template", "values", "objects"}`: every object that the rendering looked into, with all its fields.
  let json: ByteBuffer
  let html: ByteBuffer

  init(of site: PreparedSite, page number: Int) {
    let schema = site.schema
    let fields = site.bound.fields
    let recording = ObjectRecording()
    let watched = BoundContract(fields: PageValues.watched(fields, of: schema, by: recording))
    let links = site.links(ofPage: number)
    let values = site.values(ofPage: number)
    var html = ByteBuffer()
    var partials = PartialCache()
    site.renderer(watched).render(
      site.kind(ofPage: number), values: values, links: links, path: site.link(ofPage: number), into: &html,
      partials: &partials)

    let writer = ValueWriter(links: links, schema: schema)
    let kind = schema.pages[site.kind(ofPage: number).index]
    var json = ByteBuffer()
    json.append("{\"template\":")
    json.appendJSONString(kind.template)
    json.append(",\n\"prefix\":")
    if case .relative(let prefix, let page) = links {
      json.appendJSONString(prefix)
      json.append(",\"page\":")
      json.appendJSONString(page)
    } else {
      json.append("null,\"page\":null")
    }
    json.append(",\n\"values\":{")
    let perPage = schema.globals.filter(\.isPerPage).map(\.name) + kind.fields.map(\.name)
    for (name, value) in zip(perPage, values) {
      writer.append(name, value, to: &json)
      json.append(",")
    }
    for (index, global) in schema.globals.enumerated() where !global.isPerPage {
      writer.append(global.name, fields[schema.globalNumber(index)](0), to: &json)
    }
    json.append("},\n\"objects\":{")
    for (index, object) in recording.objects.enumerated() {
      json.append(index == 0 ? "\n" : ",\n")
      json.appendJSONString(writer.name(of: object))
      json.append(":{")
      var isFirst = true
      for field in schema.type(object.type)?.fields ?? [] {
        guard let numbered = schema.field(field.name, of: object.type) else { continue }
        let value = fields[numbered.number](object.id)
        if case .none = value { continue }
        if !isFirst { json.append(",") }
        isFirst = false
        writer.append(field.name, value, to: &json)
      }
      json.append("}")
    }
    json.append("}}\n")
    self.json = json
    self.html = html
  }

  /// `fields`, with a note of every object that one of them is asked of.
  private static func watched(
    _ fields: [@Sendable (UInt64) -> Value], of schema: Schema, by recording: ObjectRecording
  ) -> [@Sendable (UInt64) -> Value] {
    var result = fields
    for type in schema.types {
      for field in type.fields {
        guard let (number, _) = schema.field(field.name, of: type.id) else { continue }
        let get = fields[number]
        let typeID = type.id
        result[number] = { id in
          recording.note(ObjectReference(type: typeID, id: id))
          return get(id)
        }
      }
    }
    return result
  }
}

/// The objects that a rendering looked into.
private final class ObjectRecording: Sendable {
  private let seen = Mutex<Set<ObjectReference>>([])

  func note(_ object: ObjectReference) { seen.withLock { _ = $0.insert(object) } }

  var objects: [ObjectReference] {
    seen.withLock { $0.sorted { ($0.type.index, $0.id) < ($1.type.index, $1.id) } }
  }
}

/// Writes values as JSON: `{"$object": "WriteUp/3"}`, `{"$link": "a/b/"}`, `{"$external": url}`,
/// `{"$date": rfc3339}`, `{"$html": text}`, and the rest as themselves.
private struct ValueWriter {
  let links: LinkStyle
  let schema: Schema

  func name(of object: ObjectReference) -> String {
    "\(schema.type(object.type)?.name ?? "?")/\(object.id)"
  }

  func append(_ name: String, _ value: Value, to buffer: inout ByteBuffer) {
    buffer.appendJSONString(name)
    buffer.append(":")
    append(value, to: &buffer)
  }

  func append(_ value: Value, to buffer: inout ByteBuffer) {
    func marked(_ mark: String, _ text: String) {
      buffer.append("{\"$\(mark)\":")
      buffer.appendJSONString(text)
      buffer.append("}")
    }
    switch value {
    case .none: buffer.append("null")
    case .boolean(let truth): buffer.append(truth ? "true" : "false")
    case .integer(let number): buffer.append(number)
    case .number(let number): buffer.append("\(number)")
    case .string(let text): buffer.appendJSONString(text)
    case .link(.local(let path)): marked("link", path)
    case .link(.external(let url)): marked("external", url)
    case .date(let timestamp): marked("date", timestamp.rfc3339)
    case .object(let object): marked("object", name(of: object))
    case .markup(let markup):
      var html = ByteBuffer()
      markup.write(into: &html, links: links)
      marked("html", html.string)
    case .list(let list):
      buffer.append("[")
      for index in 0..<list.count {
        if index > 0 { buffer.append(",") }
        append(list[index], to: &buffer)
      }
      buffer.append("]")
    case .dictionary(let dictionary):
      buffer.append("{")
      for (index, entry) in dictionary.entries.enumerated() {
        if index > 0 { buffer.append(",") }
        append(entry.key, entry.value, to: &buffer)
      }
      buffer.append("}")
    }
  }
}
