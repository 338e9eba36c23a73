import Columns
import SourceText

/// The folders of the columns of the site in `root`, as from its `content/`; none where there is no site.
///
/// - Throws: ``SystemError`` when a folder can't be listed.
public func columnFolders(root: String) throws(SystemError) -> [String] {
  guard let content = try Directory.open(root + "/content") else { return [] }
  var diagnostics: [Diagnostic] = []
  let tree = try ContentTree.list(content, diagnostics: &diagnostics)
  return tree.paths.filter { $0.kind == .column }.map(\.folder)
}
