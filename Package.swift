// swift-tools-version: 6.2
import PackageDescription

/// Every target of this package is compiled by the same rules: Swift 6, strict memory safety,
/// no warning left standing, and optimised code in the debug configuration too (`swift run sitegen`
/// is how writers run it, and `@testable import` works there).
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-O"], .when(configuration: .debug)),
]

/// Whether the libraries are built for `make fuzz`, which alone sets this: under the address sanitiser, and so that
/// libFuzzer sees which ways were taken.
let isFuzzed = Context.environment["SITEGEN_FUZZED"] == "1"
let sanitizers = ["-sanitize=fuzzer,address"]
let layerSettings = settings + (isFuzzed ? [.unsafeFlags(sanitizers)] : [])

func layer(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: layerSettings)
}

func tests(of name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name)] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "sitegen",
  // Array.span came with macOS 26.
  platforms: [.macOS(.v26)],
  products: [.executable(name: "sitegen", targets: ["sitegen"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // L0: bytes, places, calendars, and the C libraries.
    .systemLibrary(
      name: "CCMark", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    // Memory for libcmark's trees, a chunk at a time.
    .target(name: "CMarkArena", dependencies: ["CCMark"]),
    layer("SourceText"),
    layer("CivilTime"),

    // L1: the languages a site is written in.
    layer("YAML", on: ["SourceText", "CivilTime", "CYAML"]),
    layer("Markdown", on: ["SourceText", "CCMark", "CMarkArena"]),
    layer("Templates", on: ["SourceText", "CivilTime"]),
    layer("Media"),
    layer("CSV", on: ["SourceText"]),
    layer("XML", on: ["CXML2"]),

    // L2: what a film column is, how it is syndicated, how it is searched.
    layer("Columns", on: ["SourceText", "CivilTime", "YAML", "Markdown", "CSV"]),
    layer("Feeds", on: ["SourceText", "CivilTime"]),
    layer("Search", on: ["SourceText"]),
    layer("Imports", on: ["SourceText", "CivilTime", "YAML", "Markdown", "Columns", "XML"]),

    // L3: the only layer that reads, writes and runs tasks.
    .target(
      name: "SitePipeline",
      dependencies: [
        "SourceText", "CivilTime", "YAML", "Markdown", "Templates", "Media", "CSV", "Columns", "Feeds",
        "Search", "XML", "Imports", "CXXHash",
      ],
      swiftSettings: layerSettings, plugins: ["EmbedFiles"]),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),
    .executableTarget(name: "embed-files", swiftSettings: settings),

    // What the preview's server is linked with instead of FoundationNetworking and libcurl.
    .target(name: "CNoNetworking"),

    // L4: the command line.
    .executableTarget(
      name: "sitegen",
      dependencies: [
        "SitePipeline", "SourceText", "CivilTime", "CSV", "Columns", "Imports", "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"), "CNoNetworking",
      ],
      swiftSettings: settings),

    // Single pages rendered again and again, and what they are made from, for other engines.
    .executableTarget(
      name: "engine-benchmark",
      dependencies: ["SitePipeline", "SourceText", "Templates", "CivilTime", "YAML"],
      path: "Benchmarks/Engine", swiftSettings: settings),

    // One whole build, for programs that count what it does.
    .executableTarget(
      name: "build-benchmark", dependencies: ["SitePipeline", "SourceText", "CivilTime", "YAML"],
      path: "Benchmarks/Build", swiftSettings: settings),

    // Many texts at once, for the thread sanitiser.
    .executableTarget(
      name: "thread-check", dependencies: ["Markdown", "YAML", "SourceText"], path: "Tests/Threads",
      exclude: ["run"], swiftSettings: settings),

    // Whole sites as one string, for tests.
    .target(
      name: "TestSupport", dependencies: ["SourceText"], path: "Tests/TestSupport",
      swiftSettings: settings),

    // What reads foreign text, and what has to be true of whatever it makes of it, for `make fuzz` and for a test.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "SourceText", "CivilTime", "YAML", "Markdown", "Templates", "Media", "CSV", "Columns", "Feeds",
        "SitePipeline", "XML", "Imports",
      ],
      path: "Tests/Fuzz/Targets", swiftSettings: layerSettings),

    // Renders templates for the checks of Tests/Hostile.
    .executableTarget(
      name: "template-probe", dependencies: ["Templates", "SourceText"], path: "Tests/TemplateProbe",
      swiftSettings: settings),

    tests(of: "SourceText"),
    tests(of: "CivilTime"),
    tests(of: "YAML", on: ["SourceText", "CivilTime"]),
    tests(of: "Markdown", on: ["SourceText"]),
    tests(of: "Templates", on: ["SourceText", "CivilTime"]),
    tests(of: "Media"),
    tests(of: "CSV", on: ["SourceText"]),
    tests(of: "Columns", on: ["SourceText", "CivilTime", "YAML", "Markdown", "CSV", "TestSupport"]),
    tests(of: "Feeds", on: ["SourceText", "CivilTime"]),
    tests(of: "Search", on: ["SourceText"]),
    tests(of: "XML"),
    tests(of: "Imports", on: ["SourceText", "CivilTime", "YAML", "Markdown", "Columns", "XML"]),
    tests(
      of: "SitePipeline", on: ["SourceText", "CivilTime", "YAML", "Templates", "Columns", "TestSupport"]),
    tests(of: "FuzzTargets"),
    .testTarget(
      name: "CommandTests", dependencies: ["sitegen", "SitePipeline", "TestSupport"], swiftSettings: settings),
  ]
)

if isFuzzed {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: ["CLibFuzzer", "FuzzTargets"],
      path: "Tests/Fuzz/Program", swiftSettings: layerSettings,
      linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]),
  ]
}
