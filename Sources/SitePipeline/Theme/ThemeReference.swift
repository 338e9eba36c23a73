import Templates

/// Everything that templates can see, as text for theme authors and for their tools.
public var themeReference: (markdown: String, json: String) {
  let schema = templateContract.schema
  return (schema.reference, schema.json)
}
