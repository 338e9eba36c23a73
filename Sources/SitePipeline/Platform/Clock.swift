#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CivilTime
import Synchronization

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

/// The error number of the first failure to write to standard output; 0 while there is none.
private let outputFailure = Atomic<Int32>(0)

/// What kept results from standard output, such as a full disk; `nil` when all were written, or whoever reads it has
/// closed it.
public func outputProblem() -> SystemError? {
  let code = outputFailure.load(ordering: .relaxed)
  return code == 0 ? nil : SystemError(operation: "write", path: "standard output", code: code)
}

/// Writes `text` to standard error, or to standard output; what can't be written is lost, see ``outputProblem()``.
public func print(_ text: String, toErrors: Bool) { print(Array(text.utf8), toErrors: toErrors) }

/// Writes `bytes` to standard error, or to standard output; what can't be written is lost, see ``outputProblem()``.
public func print(_ bytes: [UInt8], toErrors: Bool) {
  var bytes = bytes[...]
  while !bytes.isEmpty {
    let written = unsafe bytes.withUnsafeBufferPointer { buffer in
      retryingInterrupts {
        unsafe write(toErrors ? STDERR_FILENO : STDOUT_FILENO, buffer.baseAddress, buffer.count)
      }
    }
    guard written > 0 else {
      if written < 0, !toErrors, errno != EPIPE, errno != EBADF {
        _ = outputFailure.compareExchange(expected: 0, desired: errno, ordering: .relaxed)
      }
      return
    }
    bytes = bytes.dropFirst(written)
  }
}
