import Foundation
import PackagePlugin

/// Turns folders of texts into Swift source, so that the program carries with it its themes, what its messages
/// mean, and a site to begin with.
@main
struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folders = [
      ("ThemeFiles", "themes"), ("DiagnosticFiles", "Documentation/diagnostics"), ("StarterFiles", "Starter"),
    ]
    return try folders.map { name, path in
      let folder = context.package.directoryURL.appending(path: path)
      let output = context.pluginWorkDirectoryURL.appending(path: name + ".swift")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
      let inputs = (files?.allObjects as? [URL] ?? []).filter {
        (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
      }
      return .buildCommand(
        displayName: "Embedding \(path)", executable: try context.tool(named: "embed-files").url,
        arguments: [name, folder.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: inputs.sorted { $0.path() < $1.path() },
        outputFiles: [output])
    }
  }
}
