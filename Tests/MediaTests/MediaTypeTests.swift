import Testing

@testable import Media

struct MediaTypeTests {
  private func check(
    _ path: String, _ name: String?, _ kind: MediaType.Kind? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let type = MediaType(path: path)
    #expect(type?.name == name, sourceLocation: sourceLocation)
    if let kind { #expect(type?.kind == kind, sourceLocation: sourceLocation) }
  }

  @Test func knownNames() {
    check("still.jpg", "image/jpeg", .image)
    check("a/b.c/Still.JPEG", "image/jpeg", .image)
    check("poster.avif", "image/avif", .image)
    check("logo.svg", "image/svg+xml", .image)
    check("trailer.mp4", "video/mp4", .video)
    check("score.opus", "audio/ogg", .audio)
    check("trailer.en.vtt", "text/vtt", .subtitles)
    check("press-kit.pdf", "application/pdf", .document)
    check("text.woff2", "font/woff2", .font)
    check("style.css", "text/css", .data)
  }

  @Test func unknownNames() {
    check("", nil)
    check("README", nil)
    check("a.jpg/README", nil)
    check("a.", nil)
    check(".", nil)
    check("a.jpgx", nil)
    #expect(MediaType(fileExtension: ".jpg") == nil)
  }

  @Test func text() {
    #expect(MediaType(path: "a.html")?.isText == true)
    #expect(MediaType(path: "a.svg")?.isText == true)
    #expect(MediaType(path: "a.json")?.isText == true)
    #expect(MediaType(path: "a.vtt")?.isText == true)
    #expect(MediaType(path: "a.png")?.isText == false)
    #expect(MediaType(path: "a.pdf")?.isText == false)
  }
}
