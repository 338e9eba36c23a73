// What any generator has to do for the same site, and nothing else: read every source, run libcmark over its body,
// and write as many files of as many bytes as sitegen wrote, with a thread for every processor.
//
//     floor CONTENT MANIFEST OUTPUT
//
// MANIFEST has a line for each file: its size, a space and its path. OUTPUT must be an empty folder. Ends with 1 and
// names the path at fault if anything fails.
//
//     cc -O2 -o floor floor.c -lcmark -lpthread
#define _GNU_SOURCE
#include <cmark.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_THREADS = 64, MOST_SOURCE = 16 << 20, MOST_OUTPUT = 1 << 30, MOST_DEPTH = 16, FILLER = 1 << 16 };

struct file {
  char *path;
  size_t size;
};

struct list {
  struct file *files;
  size_t count, room;
};

static struct list sources, outputs;
static atomic_size_t next_source, next_output;
static atomic_size_t html_bytes;
static char filler[FILLER];

static _Noreturn void fail(const char *path, const char *why) {
  fprintf(stderr, "floor: %s: %s\n", path, why);
  exit(1);
}

static void add(struct list *list, const char *path, size_t size) {
  if (list->count == list->room) {
    list->room = list->room ? 2 * list->room : 1024;
    list->files = realloc(list->files, list->room * sizeof *list->files);
    if (!list->files) fail(path, "out of memory");
  }
  char *copy = strdup(path);
  if (!copy) fail(path, "out of memory");
  list->files[list->count++] = (struct file){copy, size};
}

static void find_sources(const char *folder, int depth) {
  if (depth > MOST_DEPTH) fail(folder, "too deep");
  DIR *entries = opendir(folder);
  if (!entries) fail(folder, strerror(errno));
  for (struct dirent *entry; errno = 0, (entry = readdir(entries));) {
    if (entry->d_name[0] == '.') continue;
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= PATH_MAX) fail(folder, "a path is too long");
    struct stat status;
    if (entry->d_type == DT_DIR) {
      find_sources(path, depth + 1);
    } else if (entry->d_type == DT_UNKNOWN && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
      find_sources(path, depth + 1);
    } else {
      add(&sources, path, 0);
    }
  }
  if (errno) fail(folder, strerror(errno));
  closedir(entries);
}

static void read_manifest(const char *manifest) {
  FILE *lines = fopen(manifest, "r");
  if (!lines) fail(manifest, strerror(errno));
  char line[PATH_MAX + 32];
  while (fgets(line, sizeof line, lines)) {
    size_t length = strcspn(line, "\n");
    if (line[length] != '\n') fail(manifest, "a line is too long or has no end");
    line[length] = 0;
    char *end;
    errno = 0;
    unsigned long size = strtoul(line, &end, 10);
    const char *path = end + 1;
    if (errno || end == line || *end != ' ' || size > MOST_OUTPUT) fail(manifest, "a line has no size");
    if (!*path || *path == '/' || strstr(path, "..")) fail(path, "not a path inside the output");
    add(&outputs, path, size);
  }
  if (ferror(lines)) fail(manifest, strerror(errno));
  fclose(lines);
}

// The text after the front matter, which ends with a line of three hyphens.
static const char *body(const char *text) {
  if (strncmp(text, "---\n", 4) != 0) return text;
  const char *end = strstr(text + 3, "\n---\n");
  return end ? end + 5 : text;
}

static void read_source(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) fail(path, strerror(errno));
  if (status.st_size > MOST_SOURCE) fail(path, "larger than 16 MB");
  size_t size = (size_t)status.st_size, done = 0;
  char *text = malloc(size + 1);
  if (!text) fail(path, "out of memory");
  while (done < size) {
    ssize_t count = read(file, text + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail(path, count < 0 ? strerror(errno) : "shorter than it was");
    done += (size_t)count;
  }
  text[size] = 0;
  close(file);
  const char *markdown = body(text);
  char *html = cmark_markdown_to_html(markdown, size - (size_t)(markdown - text), CMARK_OPT_SMART | CMARK_OPT_UNSAFE);
  if (!html) fail(path, "cmark gave nothing");
  atomic_fetch_add_explicit(&html_bytes, strlen(html), memory_order_relaxed);
  free(html);
  free(text);
}

static void make_folders(const char *path) {
  char folder[PATH_MAX];
  if (strlen(path) >= sizeof folder) fail(path, "too long");
  strcpy(folder, path);
  for (char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) fail(folder, strerror(errno));
    *slash = '/';
  }
}

static void write_output(const struct file *output) {
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  int file = open(output->path, flags, 0666);
  if (file < 0 && errno == ENOENT) {
    make_folders(output->path);
    file = open(output->path, flags, 0666);
  }
  if (file < 0) fail(output->path, strerror(errno));
  for (size_t left = output->size; left > 0;) {
    ssize_t count = write(file, filler, left < FILLER ? left : FILLER);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail(output->path, strerror(errno));
    left -= (size_t)count;
  }
  if (close(file) != 0) fail(output->path, strerror(errno));
}

static void *work(void *unused) {
  (void)unused;
  size_t index;
  while ((index = atomic_fetch_add(&next_source, 1)) < sources.count) read_source(sources.files[index].path);
  while ((index = atomic_fetch_add(&next_output, 1)) < outputs.count) write_output(&outputs.files[index]);
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 4) fail("usage", "floor CONTENT MANIFEST OUTPUT");
  char content[PATH_MAX];
  if (!realpath(arguments[1], content)) fail(arguments[1], strerror(errno));
  find_sources(content, 0);
  read_manifest(arguments[2]);
  if (chdir(arguments[3]) != 0) fail(arguments[3], strerror(errno));
  memset(filler, 'x', sizeof filler);
  pthread_t threads[MOST_THREADS];
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  int workers = processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (int)processors;
  for (int index = 0; index < workers; index++) {
    int error = pthread_create(&threads[index], NULL, work, NULL);
    if (error) fail("a thread", strerror(error));
  }
  for (int index = 0; index < workers; index++) pthread_join(threads[index], NULL);
  printf("%zu sources, %zu bytes of HTML, %zu files\n", sources.count, (size_t)html_bytes, outputs.count);
  return 0;
}
