import FlyingSocks

/// Those who hear of a preview's changes: one connection for each page that somebody looks at.
actor PreviewListeners {
  private var listeners: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
  private var count = 0
  /// What they were told last.
  private(set) var message: PreviewMessage

  init(_ message: PreviewMessage) { self.message = message }

  /// A new listener, who is told what was told last.
  func listen() -> EventStream {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(4))
    count += 1
    // A page that was left for another: its connection is found broken when something is sent.
    send(Array(":\n\n".utf8))
    listeners[count] = continuation
    continuation.yield(Array("retry: 500\n".utf8) + PreviewListeners.event(message))
    return EventStream(bytes: stream)
  }

  /// Tells everybody.
  func tell(_ message: PreviewMessage) {
    self.message = message
    send(PreviewListeners.event(message))
  }

  private func send(_ event: [UInt8]) {
    for (number, listener) in listeners {
      if case .terminated = listener.yield(event) { listeners[number] = nil }
    }
  }

  private static func event(_ message: PreviewMessage) -> [UInt8] {
    Array("data: \(message.json)\n\n".utf8)
  }
}

/// Events as they go out, one after the other for as long as there is somebody to hear them.
struct EventStream: AsyncBufferedSequence {
  typealias Element = UInt8

  fileprivate let bytes: AsyncStream<[UInt8]>

  func makeAsyncIterator() -> Iterator { Iterator(events: bytes.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    fileprivate var events: AsyncStream<[UInt8]>.Iterator
    private var rest: ArraySlice<UInt8> = []

    fileprivate init(events: AsyncStream<[UInt8]>.Iterator) { self.events = events }

    mutating func next() async -> UInt8? {
      if rest.isEmpty { rest = await events.next()?[...] ?? [] }
      return rest.popFirst()
    }

    mutating func nextBuffer(suggested count: Int) async -> [UInt8]? {
      guard rest.isEmpty else {
        defer { rest = [] }
        return Array(rest)
      }
      return await events.next()
    }
  }
}
