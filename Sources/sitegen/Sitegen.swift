import ArgumentParser

@main
struct Sitegen: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Builds the archive of a film column.")
}
