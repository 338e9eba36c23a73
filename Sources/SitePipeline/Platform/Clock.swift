#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CivilTime

/// The moment at which this is called, by the system's clock, in UTC.
public func currentTimestamp() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }

/// Seconds by a clock that never goes back, for measuring.
public func monotonicSeconds() -> Double {
  var value = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &value)
  return Double(value.tv_sec) + Double(value.tv_nsec) / 1e9
}

/// The number of processors that this process may use; at least 1.
public func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// Whether standard error is a terminal.
public func errorsGoToTerminal() -> Bool { isatty(STDERR_FILENO) == 1 }

/// Whether standard output is a terminal.
public func outputGoesToTerminal() -> Bool { isatty(STDOUT_FILENO) == 1 }

/// The value of an environment variable; `nil` when it is not set.
public func environmentVariable(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Writes `text` to standard error, or to standard output; what can't be written is lost.
public func print(_ text: String, toErrors: Bool) { print(Array(text.utf8), toErrors: toErrors) }

/// Writes `bytes` to standard error, or to standard output; what can't be written is lost.
public func print(_ bytes: [UInt8], toErrors: Bool) {
  var bytes = bytes[...]
  while !bytes.isEmpty {
    let written = unsafe bytes.withUnsafeBufferPointer { buffer in
      retryingInterrupts {
        unsafe write(toErrors ? STDERR_FILENO : STDOUT_FILENO, buffer.baseAddress, buffer.count)
      }
    }
    guard written > 0 else { return }
    bytes = bytes.dropFirst(written)
  }
}
