// Memory for libcmark's trees. A tree lives as long as its text is rendered, has some hundred parts, and dies as a
// whole: each thread takes the parts one after the other from large chunks, and gives all back in one step.

#include "CMarkArena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { chunk_size = 256 * 1024, alignment = alignof(max_align_t) };

typedef struct chunk {
  struct chunk *below;
  size_t size;
  size_t used;
  alignas(max_align_t) char bytes[];
} chunk;

// In front of each part, so that it can grow.
typedef struct header {
  alignas(max_align_t) size_t size;
} header;

static _Thread_local chunk *top;
// A chunk of the usual size that is not in use.
static _Thread_local chunk *spare;

static size_t rounded(size_t size) { return (size + alignment - 1) & ~(size_t)(alignment - 1); }

static void push_chunk(size_t least) {
  chunk *new = spare;
  if (new && least <= new->size) {
    spare = NULL;
  } else {
    size_t size = least > chunk_size ? least : chunk_size;
    new = malloc(sizeof(chunk) + size);
    // Nothing can be done, and libcmark's own allocator does the same.
    if (!new) abort();
    new->size = size;
  }
  new->used = 0;
  new->below = top;
  top = new;
}

static void *allocate(size_t size) {
  if (size > SIZE_MAX / 4) abort();
  size_t needed = sizeof(header) + rounded(size);
  if (!top || top->size - top->used < needed) push_chunk(needed);
  header *part = (header *)(top->bytes + top->used);
  part->size = rounded(size);
  top->used += needed;
  return part + 1;
}

static int is_last(const header *part) {
  return top && (const char *)(part + 1) + part->size == top->bytes + top->used;
}

static void *arena_calloc(size_t count, size_t size) {
  if (size && count > SIZE_MAX / 4 / size) abort();
  void *result = allocate(count * size);
  memset(result, 0, count * size);
  return result;
}

static void *arena_realloc(void *old, size_t size) {
  if (!old) return allocate(size);
  header *part = (header *)old - 1;
  if (size <= part->size) return old;
  if (size <= SIZE_MAX / 4 && is_last(part)) {
    size_t more = rounded(size) - part->size;
    if (top->size - top->used >= more) {
      top->used += more;
      part->size += more;
      return old;
    }
  }
  void *new = allocate(size);
  memcpy(new, old, part->size);
  return new;
}

static void arena_free(void *old) {
  if (!old) return;
  header *part = (header *)old - 1;
  if (is_last(part)) top->used -= sizeof(header) + part->size;
}

cmark_arena_mark cmark_arena_here(void) {
  return (cmark_arena_mark){.chunk = top, .used = top ? top->used : 0};
}

void cmark_arena_leave(cmark_arena_mark mark) {
  while (top != mark.chunk) {
    chunk *old = top;
    top = old->below;
    if (old->size == chunk_size && !spare) {
      spare = old;
    } else {
      free(old);
    }
  }
  if (top) top->used = mark.used;
}

cmark_node *cmark_arena_parse(const char *text, size_t length, int options) {
  static cmark_mem memory = {arena_calloc, arena_realloc, arena_free};
  cmark_parser *parser = cmark_parser_new_with_mem(options, &memory);
  cmark_parser_feed(parser, text, length);
  // The parser goes with the arena.
  return cmark_parser_finish(parser);
}
