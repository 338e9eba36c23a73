import Foundation
import PackagePlugin

/// Turns the folder `themes/` into Swift source, so that the program carries its themes with it.
@main
struct EmbedThemes: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let themes = context.package.directoryURL.appending(path: "themes")
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInThemes.swift")
    let files = FileManager.default.enumerator(at: themes, includingPropertiesForKeys: [.isRegularFileKey])
    let inputs = (files?.allObjects as? [URL] ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
    }
    return [
      .buildCommand(
        displayName: "Embedding themes", executable: try context.tool(named: "theme-embed").url,
        arguments: [themes.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: inputs.sorted { $0.path() < $1.path() },
        outputFiles: [output])
    ]
  }
}
