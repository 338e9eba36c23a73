#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
// A source may be ended by any thread, which its type doesn't say.
@unsafe @preconcurrency import Dispatch

/// Where a signal leaves word, and where it is read; the one thing that the system lets a signal do anywhere is to write.
private let interruptionPipe: (reading: Int32, writing: Int32) = {
  var ends: (Int32, Int32) = (-1, -1)
  _ = unsafe withUnsafeMutablePointer(to: &ends) { pointer in
    unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe pipe($0) }
  }
  for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return ends
}()

/// Tells when somebody wants the program to end, by Ctrl-C or as a service is stopped; from now on the program
/// doesn't end by that itself. Writing to somebody who has gone doesn't end it either.
public func interruptions() -> AsyncStream<Void> {
  let reading = interruptionPipe.reading
  _ = signal(SIGPIPE, SIG_IGN)
  for number in [SIGINT, SIGTERM] {
    _ = signal(number) { _ in
      var byte: UInt8 = 0
      _ = unsafe write(interruptionPipe.writing, &byte, 1)
    }
  }
  let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
  let source = DispatchSource.makeReadSource(
    fileDescriptor: reading, queue: DispatchQueue(label: "sitegen.interruptions"))
  source.setEventHandler {
    var byte: UInt8 = 0
    _ = unsafe read(reading, &byte, 1)
    continuation.yield()
  }
  source.activate()
  continuation.onTermination = { _ in source.cancel() }
  return stream
}
