/* Meddles with a program's calls to the system: loaded before it with LD_PRELOAD, it ends the program at the n-th call
   that concerns a path, makes that call fail, cuts it short, or has a command run first, as another process might.

   TRUST_CALLS  the calls that count: open create read write close rename remove mkdir list stat lock mode sync, with
                commas
   TRUST_PATH   what the whole path of a call that counts has in it
   TRUST_AT     which of them is meant, from 1; with + behind it, all from that one on
   TRUST_DO     kill, half (writes half, then kills), short, command, or the number of an error
   TRUST_RUN    the command
   TRUST_COUNT  a file that gets the number of calls at the end

   `create` is an open that may write; `close` counts for files that were written. Linux only. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(result, name, ...) static result (*real_##name)(__VA_ARGS__)
REAL(int, open, const char *, int, ...);
REAL(int, openat, int, const char *, int, ...);
REAL(ssize_t, read, int, void *, size_t);
REAL(ssize_t, write, int, const void *, size_t);
REAL(int, close, int);
REAL(int, renameat, int, const char *, int, const char *);
REAL(int, unlinkat, int, const char *, int);
REAL(int, mkdirat, int, const char *, mode_t);
REAL(int, mkdir, const char *, mode_t);
REAL(struct dirent *, readdir, DIR *);
REAL(int, fstat, int, struct stat *);
REAL(int, fstatat, int, const char *, struct stat *, int);
REAL(int, flock, int, int);
REAL(int, fchmod, int, mode_t);
REAL(int, fsync, int);

static const char *calls, *part, *action, *command, *count_file;
static long at;
static int onwards;
static atomic_long count;

__attribute__((constructor)) static void begin(void) {
#define FIND(name) real_##name = (__typeof__(real_##name))dlsym(RTLD_NEXT, #name)
  FIND(open); FIND(openat); FIND(read); FIND(write); FIND(close); FIND(renameat); FIND(unlinkat);
  FIND(mkdirat); FIND(mkdir); FIND(readdir); FIND(fstat); FIND(fstatat); FIND(flock); FIND(fchmod);
  FIND(fsync);
  calls = getenv("TRUST_CALLS");
  part = getenv("TRUST_PATH");
  action = getenv("TRUST_DO");
  command = getenv("TRUST_RUN");
  count_file = getenv("TRUST_COUNT");
  const char *number = getenv("TRUST_AT");
  at = number ? atol(number) : 0;
  onwards = number && strchr(number, '+') != NULL;
  unsetenv("LD_PRELOAD"); /* The command runs without this. */
}

__attribute__((destructor)) static void end(void) {
  FILE *file = count_file ? fopen(count_file, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", atomic_load(&count));
  fclose(file);
}

static int is_counted(const char *call) {
  size_t length = strlen(call);
  for (const char *found = calls; found && (found = strstr(found, call)); found++)
    if ((found == calls || found[-1] == ',') && (found[length] == 0 || found[length] == ',')) return 1;
  return 0;
}

static void whole_path(char *result, int folder, const char *name) {
  char link[64];
  size_t length = 0;
  if (!name || name[0] != '/') {
    ssize_t got;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    got = folder == AT_FDCWD ? readlink("/proc/self/cwd", result, PATH_MAX) : readlink(link, result, PATH_MAX);
    length = got > 0 ? (size_t)got : 0;
  }
  snprintf(result + length, PATH_MAX, "%s%s", name && name[0] != '/' ? "/" : "", name ? name : "");
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* What to do about a call: 0 nothing, -1 cut it short, -2 half and die, else the error. */
static int verdict(const char *call, int folder, const char *name) {
  char path[2 * PATH_MAX + 2];
  if (!is_counted(call)) return 0;
  int saved = errno;
  whole_path(path, folder, name);
  errno = saved;
  if (part && !strstr(path, part)) return 0;
  long number = atomic_fetch_add(&count, 1) + 1;
  if (!action || (onwards ? number < at : number != at)) return 0;
  if (!strcmp(action, "kill")) die();
  if (!strcmp(action, "short")) return -1;
  if (!strcmp(action, "half")) {
    if (!strcmp(call, "write")) return -2;
    die();
  }
  if (!strcmp(action, "command")) {
    if (!command || system(command) != 0) abort();
    errno = saved;
    return 0;
  }
  return atoi(action);
}

#define FAIL_OR(call, folder, name, otherwise) \
  do { \
    int error = verdict(call, folder, name); \
    if (error > 0) { errno = error; return -1; } \
    return otherwise; \
  } while (0)

static const char *kind(int flags) { return flags & (O_WRONLY | O_RDWR | O_CREAT) ? "create" : "open"; }

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  FAIL_OR(kind(flags), AT_FDCWD, path, real_open(path, flags, mode));
}

int openat(int folder, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  FAIL_OR(kind(flags), folder, name, real_openat(folder, name, flags, mode));
}

ssize_t read(int file, void *bytes, size_t size) {
  if (file <= STDERR_FILENO) return real_read(file, bytes, size);
  int error = verdict("read", file, NULL);
  if (error > 0) { errno = error; return -1; }
  return real_read(file, bytes, error < 0 && size > 7 ? 7 : size);
}

ssize_t write(int file, const void *bytes, size_t size) {
  if (file <= STDERR_FILENO) return real_write(file, bytes, size);
  int error = verdict("write", file, NULL);
  if (error > 0) { errno = error; return -1; }
  if (error == -2) {
    real_write(file, bytes, size / 2);
    die();
  }
  return real_write(file, bytes, error == -1 && size > 7 ? 7 : size);
}

/* As Linux does, closes the file even when it then reports an error. */
int close(int file) {
  int error = 0;
  if (file > STDERR_FILENO && (fcntl(file, F_GETFL) & O_ACCMODE) == O_WRONLY) error = verdict("close", file, NULL);
  int result = real_close(file);
  if (error > 0) { errno = error; return -1; }
  return result;
}

int renameat(int folder, const char *name, int new_folder, const char *new_name) {
  FAIL_OR("rename", new_folder, new_name, real_renameat(folder, name, new_folder, new_name));
}

int unlinkat(int folder, const char *name, int flags) {
  FAIL_OR("remove", folder, name, real_unlinkat(folder, name, flags));
}

int mkdirat(int folder, const char *name, mode_t mode) {
  FAIL_OR("mkdir", folder, name, real_mkdirat(folder, name, mode));
}

int mkdir(const char *path, mode_t mode) { FAIL_OR("mkdir", AT_FDCWD, path, real_mkdir(path, mode)); }

int fstat(int file, struct stat *status) { FAIL_OR("stat", file, NULL, real_fstat(file, status)); }

int fstatat(int folder, const char *name, struct stat *status, int flags) {
  FAIL_OR("stat", folder, name, real_fstatat(folder, name, status, flags));
}

int flock(int file, int operation) { FAIL_OR("lock", file, NULL, real_flock(file, operation)); }

int fchmod(int file, mode_t mode) { FAIL_OR("mode", file, NULL, real_fchmod(file, mode)); }

int fsync(int file) { FAIL_OR("sync", file, NULL, real_fsync(file)); }

struct dirent *readdir(DIR *stream) {
  int error = verdict("list", dirfd(stream), NULL);
  if (error > 0) { errno = error; return NULL; }
  return real_readdir(stream);
}
