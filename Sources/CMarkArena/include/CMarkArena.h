#ifndef CMARK_ARENA_H
#define CMARK_ARENA_H

#include <cmark.h>
#include <stddef.h>

/// Where a thread's arena stood: everything that was allocated since can be given back at once.
typedef struct cmark_arena_mark {
  void *chunk;
  size_t used;
} cmark_arena_mark;

/// Where this thread's arena stands.
cmark_arena_mark cmark_arena_here(void);

/// Gives back what this thread has allocated from its arena since `mark`. Marks are left in the opposite order of
/// being made.
void cmark_arena_leave(cmark_arena_mark mark);

/// The tree of a text, in this thread's arena; not to be freed but by leaving a mark.
cmark_node *cmark_arena_parse(const char *text, size_t length, int options);

#endif
