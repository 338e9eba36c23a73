#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif
  // A source may be ended by any thread, which its type doesn't say.
  @unsafe @preconcurrency import Dispatch
  import Synchronization

  extension FileWatch {
    /// Has inotify tell of everything below the two folders, and of those themselves.
    func start(_ root: String) throws {
      let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { throw SystemError.last("watch", root) }
      let folders = WatchedFolders(descriptor: descriptor, root: root)
      do {
        try folders.addAll()
      } catch {
        close(descriptor)
        throw error
      }
      let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
      source.setEventHandler { [weak self] in
        guard let self else { return }
        folders.readEvents(for: self)
        settle()
      }
      source.setCancelHandler { close(descriptor) }
      source.activate()
      onEnd { source.cancel() }
    }
  }

  /// The folders of which inotify tells, by the numbers that it gives them.
  private final class WatchedFolders: Sendable {
    private let descriptor: Int32
    private let root: String
    /// The paths below the site's folder, which itself is empty.
    private let names = Mutex<[Int32: String]>([:])

    private static let mask =
      UInt32(IN_CREATE) | UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_ATTRIB) | UInt32(IN_DELETE)
      | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_ONLYDIR)

    init(descriptor: Int32, root: String) {
      self.descriptor = descriptor
      self.root = root
    }

    /// Watches all there are.
    func addAll() throws {
      try add("", depth: 33)
      for folder in ["content", "themes"] { try add(folder, depth: 0) }
    }

    /// Watches the folder at `path` and those in it; nothing when there is none.
    private func add(_ path: String, depth: Int) throws {
      let full = path.isEmpty ? root : root + "/" + path
      let number = unsafe inotify_add_watch(descriptor, full, WatchedFolders.mask)
      guard number >= 0 else {
        if [ENOENT, ENOTDIR].contains(errno) { return }
        throw SystemError.last("watch", full)
      }
      names.withLock { $0[number] = path }
      guard depth <= 32, let folder = try Directory.open(full) else { return }
      for child in try folder.names(in: "") where ContentTree.isLookedAt(child.name) {
        // As for a build, a link to a theme is a theme; other links to folders aren't followed.
        let isLinkedTheme =
          try path == "themes" && child.entry == .link && folder.target(child.name) == .folder
        if child.entry == .folder || isLinkedTheme { try add(path + "/" + child.name, depth: depth + 1) }
      }
    }

    /// Tells inotify to forget the folder at `path` and those in it.
    private func remove(_ path: String) {
      let numbers = names.withLock { names in
        names.filter { $0.value == path || $0.value.hasPrefix(path + "/") }.map(\.key)
      }
      for number in numbers {
        inotify_rm_watch(descriptor, number)
        names.withLock { $0[number] = nil }
      }
    }

    /// Notes everything that inotify has to tell.
    func readEvents(for watch: FileWatch) {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var count = readInto(&buffer)
      while count > 0 {
        let size = MemoryLayout<inotify_event>.size
        var offset = 0
        while offset + size <= count {
          let event = unsafe buffer.withUnsafeBytes { bytes in
            unsafe bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          }
          let end = min(count, offset + size + Int(event.len))
          let name = buffer[offset + size..<end].prefix { $0 != 0 }
          note(event.mask, in: event.wd, String(decoding: name, as: UTF8.self), for: watch)
          offset = end
        }
        count = readInto(&buffer)
      }
    }

    private func readInto(_ buffer: inout [UInt8]) -> Int {
      unsafe buffer.withUnsafeMutableBytes { bytes in
        retryingInterrupts { unsafe read(descriptor, bytes.baseAddress, bytes.count) }
      }
    }

    private func note(_ mask: UInt32, in number: Int32, _ name: String, for watch: FileWatch) {
      func says(_ flag: Int32) -> Bool { mask & UInt32(bitPattern: flag) != 0 }
      if says(IN_Q_OVERFLOW) {
        watch.noteEverything()
        watch.watchMore { try addAll() }
        return
      }
      guard let folder = names.withLock({ $0[number] }) else { return }
      if says(IN_IGNORED) {
        names.withLock { $0[number] = nil }
        return
      }
      guard !name.isEmpty else { return }
      let path = folder.isEmpty ? name : folder + "/" + name
      guard !folder.isEmpty || ["content", "themes"].contains(path) else { return }
      let isGone = says(IN_DELETE) || says(IN_MOVED_FROM)
      let isNew = says(IN_CREATE) || says(IN_MOVED_TO)
      let isFolder = mask & UInt32(IN_ISDIR) != 0
      // These may be links to folders elsewhere, which are no folders to inotify.
      if isFolder || folder.isEmpty || folder == "themes" {
        if isGone || !isFolder && isNew { remove(path) }
        if isNew { watch.watchMore { try add(path, depth: 1) } }
      }
      if isFolder {
        // What is in it is watched from now on, and looked at from now on.
        watch.note(path, isSettled: true)
      } else {
        watch.note(path, isSettled: !isGone && !says(IN_CREATE) && !says(IN_MODIFY))
      }
    }
  }
#endif
