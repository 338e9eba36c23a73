#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A failure of the operating system: the only thing that this package throws.
public struct SystemError: Error, Hashable, CustomStringConvertible {
  /// What was tried, as in "write".
  public let operation: String
  /// The path it was tried on.
  public let path: String
  /// The system's error number.
  public let code: Int32

  /// `cannot write output/index.html: No space left on device`.
  public var description: String {
    "cannot \(operation) \(path): \(unsafe String(cString: strerror(code)))"
  }

  /// Whether what was asked for isn't there.
  var isMissing: Bool { code == ENOENT }

  /// The failure that there is no file or folder `path`.
  static func missing(_ operation: String, _ path: String) -> SystemError {
    SystemError(operation: operation, path: path, code: ENOENT)
  }

  /// The failure that something other than a folder stands at `path`.
  static func notAFolder(_ path: String) -> SystemError {
    SystemError(operation: "use", path: path, code: ENOTDIR)
  }

  /// The failure of the call that just returned.
  static func last(_ operation: String, _ path: String) -> SystemError {
    SystemError(operation: operation, path: path, code: errno)
  }
}

/// Calls `body` again for as long as a signal interrupts it; returns its first other result.
func retryingInterrupts<Result: SignedInteger>(_ body: () -> Result) -> Result {
  while true {
    let result = body()
    if result != -1 || errno != EINTR { return result }
  }
}
