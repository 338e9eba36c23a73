#ifndef NO_NETWORKING_H
#define NO_NETWORKING_H

/// Nothing: this target is there for what it keeps out of the program.

#endif
