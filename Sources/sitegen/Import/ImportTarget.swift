import ArgumentParser

/// Where an import goes: the options that all importers have.
struct ImportTarget: ParsableArguments {
  @Option(
    help: ArgumentHelp("The column that posts go into, by its name or folder.", valueName: "name"),
    completion: .columns)
  var column: String

  @Flag(help: "Begin the column if it isn't there, though the site has others.")
  var newColumn = false

  @Option(
    help: ArgumentHelp("The site's folder, which holds content/.", valueName: "folder"),
    completion: .directory)
  var root = "."
}
