#if canImport(Darwin)
  import CoreServices
  import Darwin
  import Dispatch

  extension FileWatch {
    /// Has FSEvents tell of everything in the site's folder, of which nothing but the two folders counts, and in those that links
    /// to folders lead to now.
    func start(_ root: String) throws {
      let places = try WatchedPlaces(root)
      let receiver = unsafe Unmanaged.passRetained(EventReceiver(self, places))
      var context = unsafe FSEventStreamContext(
        version: 0, info: receiver.toOpaque(), retain: nil, release: nil, copyDescription: nil)
      let flags = kFSEventStreamCreateFlagFileEvents | kFSEventStreamCreateFlagNoDefer
      let stream = unsafe FSEventStreamCreate(
        nil,
        { _, info, count, paths, flags, _ in
          guard let info = unsafe info else { return }
          let receiver = unsafe Unmanaged<EventReceiver>.fromOpaque(info).takeUnretainedValue()
          let names = unsafe paths.assumingMemoryBound(to: UnsafePointer<CChar>.self)
          for index in 0..<count {
            unsafe receiver.note(String(cString: names[index]), Int(flags[index]))
          }
          receiver.watch?.settle()
        },
        &context, places.folders.map(\.place) as CFArray,
        FSEventStreamEventId(kFSEventStreamEventIdSinceNow), 0.004,
        FSEventStreamCreateFlags(flags))
      guard let stream = unsafe stream else {
        unsafe receiver.release()
        throw SystemError(operation: "watch", path: root, code: ENOMEM)
      }
      unsafe FSEventStreamSetDispatchQueue(stream, queue)
      unsafe FSEventStreamStart(stream)
      // The stream's address, as a pointer can't go to another task.
      let address = UInt(bitPattern: unsafe stream)
      let receiverAddress = UInt(bitPattern: unsafe receiver.toOpaque())
      onEnd {
        if let stream = unsafe OpaquePointer(bitPattern: address) {
          unsafe FSEventStreamStop(stream)
          unsafe FSEventStreamInvalidate(stream)
          unsafe FSEventStreamRelease(stream)
        }
        if let receiver = unsafe UnsafeRawPointer(bitPattern: receiverAddress) {
          unsafe Unmanaged<EventReceiver>.fromOpaque(receiver).release()
        }
      }
    }
  }

  /// Takes what FSEvents says to a watch.
  private final class EventReceiver: Sendable {
    private let address: WeakWatch
    private let places: WatchedPlaces

    /// The watch, for as long as somebody has it.
    var watch: FileWatch? { address.watch }

    init(_ watch: FileWatch, _ places: WatchedPlaces) {
      address = WeakWatch(watch)
      self.places = places
    }

    func note(_ path: String, _ flags: Int) {
      guard let watch else { return }
      let lost = kFSEventStreamEventFlagMustScanSubDirs | kFSEventStreamEventFlagRootChanged
      if flags & lost != 0 { return watch.noteEverything() }
      // A file that isn't there may come back in a moment.
      var status = stat()
      let isThere = unsafe lstat(path, &status) == 0
      for name in places.names(of: path) { watch.note(name, isSettled: isThere) }
    }
  }

  private struct WeakWatch: Sendable {
    weak let watch: FileWatch?

    init(_ watch: FileWatch) { self.watch = watch }
  }
#endif
