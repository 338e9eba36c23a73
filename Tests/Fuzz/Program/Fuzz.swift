import CLibFuzzer
import Glibc

@testable import FuzzTargets

/// Runs one target under libFuzzer: the environment's `FUZZ_TARGET` names it, and libFuzzer reads the arguments,
/// which it hands to copies of this program, too.
@main
enum Fuzz {
  static let target: Target = {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = Target.all.first(where: { $0.name == name }) else {
      print("FUZZ_TARGET has to be one of: \(Target.all.map(\.name).joined(separator: " "))")
      exit(64)
    }
    return target
  }()

  static func main() {
    _ = target
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
    exit(unsafe LLVMFuzzerRunDriver(&count, &arguments, test))
  }
}

/// What libFuzzer calls with each input; its own `main`, which isn't called, looks for it by this name.
@c(LLVMFuzzerTestOneInput)
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Fuzz.target.test(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
