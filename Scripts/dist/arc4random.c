// arc4random, which the Swift runtime asks for and glibc has since 2.36 only: with one in the program itself, it runs with
// older ones, too.
#include <stdint.h>
#include <sys/random.h>

uint32_t arc4random(void) {
  uint32_t number;
  // As few bytes as this come whole; a signal can come before the system has any.
  while (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number) {
  }
  return number;
}
