"""A built site on 127.0.0.1, at a host's root or below a folder of it."""

import http.server
import socketserver
import sys
import threading
import time


class SiteServer:
    """Serves the files of `output` below `folder`, which begins and ends with a slash, at a port that is free."""

    def __init__(self, output, folder, delay=0):
        """`delay` seconds pass before a file is sent that a page can be painted without: pictures, scripts, films."""
        handler = type("Handler", (FolderHandler,), {"folder": folder, "output": str(output), "delay": delay})
        self._server = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.folder = folder
        self.prefix = f"http://{self.host}{folder}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        # A browser that leaves a page hangs up on what it had asked for.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class FolderHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=self.output)

    def setup(self):
        super().setup()
        self.connection.setsockopt(6, 1, 1)  # TCP_NODELAY: headers and body are two writes

    def do_GET(self):
        if self.delay and not self.path.endswith(("/", ".html", ".css")):
            time.sleep(self.delay)
        super().do_GET()

    def end_headers(self):
        # Every page finds an empty cache, as a reader's first one does.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def translate_path(self, path):
        # Outside the folder there is another site.
        if not path.startswith(self.folder):
            return self.output + "/outside the folder"
        return super().translate_path(path[len(self.folder) - 1:])

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, *arguments):
        pass
