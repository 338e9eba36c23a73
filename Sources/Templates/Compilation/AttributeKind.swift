/// How a value inside an attribute must be treated.
enum AttributeKind: Hashable {
  case plain
  case url
  /// Several URLs with commas or spaces between them.
  case urlList
  /// The address of something that is run, or that all other addresses go by.
  case codeURL
  /// The `content` of a `<meta>` with `http-equiv`: a number of seconds and, after `url=`, a URL.
  case pragma
  case style
  /// What an SVG animation sets another attribute to.
  case animation
  case eventHandler
  /// `srcdoc`: a whole document.
  case document

  init(element: String, attribute: String, isPragma: Bool, relation: LinkRelation) {
    switch (element, attribute) {
    case ("script", "src"), ("script", "href"), ("script", "xlink:href"), ("base", "href"),
      ("embed", "src"), ("object", "data"):
      self = .codeURL
    case ("link", "href"):
      self = relation.bringsCode ? .codeURL : .url
    case ("meta", "content") where isPragma: self = .pragma
    case ("meta", "http-equiv"): self = .eventHandler
    case ("animate", "to"), ("animate", "from"), ("animate", "by"), ("animate", "values"), ("set", "to"):
      self = .animation
    case ("animate", "attributename"), ("set", "attributename"): self = .eventHandler
    case (_, "href"), (_, "src"), (_, "action"), (_, "formaction"), (_, "poster"), (_, "cite"), (_, "data"),
      (_, "background"), (_, "longdesc"), (_, "manifest"), (_, "xlink:href"), (_, "codebase"),
      (_, "classid"), (_, "profile"), (_, "usemap"), (_, "icon"), (_, "dynsrc"), (_, "lowsrc"),
      (_, "xml:base"):
      self = .url
    case (_, "srcset"), (_, "imagesrcset"), (_, "ping"), (_, "attributionsrc"): self = .urlList
    case (_, "style"): self = .style
    case (_, "srcdoc"): self = .document
    default: self = attribute.hasPrefix("on") ? .eventHandler : .plain
    }
  }
}
