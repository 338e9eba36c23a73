import SourceText
import Templates

extension ThemeCatalog {
  /// Writes a new theme into `themes/name/`: one that builds on `parent`, or a copy of the plain one to begin
  /// from. Nothing is overwritten.
  ///
  /// The paths of the files, as from the site's folder; `nil` when there can be no such theme, with the
  /// reason in `diagnostics`.
  ///
  /// - Throws: ``SystemError`` when a file can't be written or read.
  public func create(
    _ name: String, extending parent: String?, diagnostics: inout [Diagnostic]
  ) throws -> [String]? {
    guard Self.isThemeName(name) else {
      diagnostics.append(.notAThemeName(name))
      return nil
    }
    if let taken = try entries().first(where: { $0.name.lowercased() == name.lowercased() }) {
      diagnostics.append(.themeExists(taken))
      return nil
    }
    if !hasContent { diagnostics.append(.noSite(root)) }
    let files: [(path: String, bytes: [UInt8])]
    if let parent {
      guard let overview = try overview(of: parent, diagnostics: &diagnostics) else { return nil }
      files = NewTheme.files(name, extending: overview).map { ($0, Array($1.utf8)) }
    } else {
      files = NewTheme.copy(name)
    }
    let folder = try Directory.create(root + "/themes/" + name)
    for file in files { try folder.create(file.path, file.bytes) }
    return files.map { "themes/\(name)/\($0.path)" }
  }

  /// Whether `name` can be a folder's name and stand in `site.yaml` without quotes.
  private static func isThemeName(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      default: false
      }
    }
    return isPlain && name.contains(where: \.isLetter) && name.utf8.count <= 100 && !name.hasPrefix("-")
      && !["null", "true", "false"].contains(name.lowercased())
  }
}

/// The files that a new theme begins with.
private enum NewTheme {
  /// A theme that has `parent`'s look and a style sheet of its own after it.
  static func files(_ name: String, extending parent: ThemeOverview) -> [(path: String, text: String)] {
    var manifest = """
      name: \(name)
      contract: \(templateContractVersion)
      summary: A variation on \(parent.name).
      extends: \(parent.name)

      """
    if !parent.options.isEmpty {
      manifest += "\n# Sites set these options of \(parent.name), too:\n"
      for option in parent.options { manifest += "#   \(option.name): \(option.spelled(option.standard))\n" }
      manifest += "# Options of its own stand under 'options:', as in\n"
    } else {
      manifest += "\n# What sites can set stands under 'options:', as in\n"
    }
    manifest += """
      #   options:
      #     footnote: {type: string, default: "", summary: A line at the foot of every page.}
      # and templates write it as options.footnote.

      """
    var files = [(path: "theme.yaml", text: manifest)]
    let base = "templates/base.html"
    guard parent.files.contains(where: { $0.path == base && $0.blocks.contains("head") }) else {
      return files
    }
    let parentsNames = Set(parent.files.map(\.path))
    let sheet = parentsNames.contains("assets/\(name).css") ? "\(name)-own.css" : "\(name).css"
    files.append(
      (
        base,
        """
        {# Pages come from \(parent.name). What stands in a block here takes the place of that block there. #}
        {% extends "parent:base.html" -%}
        {% block head -%}
        {{ super() }}
        <link rel="stylesheet" href="{{ asset("\(sheet)") }}">
        {% endblock -%}

        """
      ))
    files.append(
      (
        "assets/\(sheet)",
        """
        /* Comes after the style sheet of \(parent.name), and wins where its rules are as specific as those there. */
        main a { color: #0b6e4f; }

        """
      ))
    return files
  }

  /// The plain theme under the name `name`.
  static func copy(_ name: String) -> [(path: String, bytes: [UInt8])] {
    BuiltInThemes.files.filter { $0.theme == "plain" }.sorted { $0.path < $1.path }.map { file in
      guard file.path == "theme.yaml" else { return (file.path, Array(file.text.utf8)) }
      let text = """
        name: \(name)
        contract: \(templateContractVersion)
        summary: A theme of our own.

        """
      return (file.path, Array(text.utf8))
    }
  }
}

extension Diagnostic {
  fileprivate static func notAThemeName(_ name: String) -> Diagnostic {
    .error(
      "theme/name", "'\(name)' cannot be the name of a theme", at: nil,
      fix: "take letters, digits, '-' and '_', as in our-magazine")
  }

  fileprivate static func noSite(_ root: String) -> Diagnostic {
    .warning(
      "theme/no-site",
      "there is no site in \(root == "." ? "this folder" : root), which has no content/: only a site beside themes/ finds the theme",
      at: nil, fix: "go to the site's folder, or name it with --root")
  }

  fileprivate static func themeExists(_ theme: ThemeCatalog.Entry) -> Diagnostic {
    .error(
      "theme/exists",
      theme.isBuiltIn
        ? "a theme '\(theme.name)' ships inside the program"
        : "there is a folder themes/\(theme.name) already",
      at: nil, fix: "take another name; nothing was written")
  }
}
