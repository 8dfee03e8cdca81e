/* The world as a process sees it: a disk or a line that fails at its n-th write, and a clock that runs faster.
 *
 * Preloaded (world.py). WORLD_FAULT=KIND:N:PREFIX concerns writes to files whose path begins with PREFIX, or what is
 * sent on sockets where that is "socket:". KIND is one of
 *   count  nothing happens
 *   kill   the process is killed instead of the n-th write
 *   torn   half of the n-th write is written, then the process is killed
 *   full   from the n-th write on the disk is full
 *   fail   from the n-th write on the disk does not answer
 * WORLD_CLOCK=BASE:FACTOR makes each second after BASE (seconds since 1970) last FACTOR seconds, by the clock on the
 * wall and not by the one that measures how long something takes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static char kind[8], prefix[4096];
static long at, seen;
static double base, factor = 1;

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

long world_seen(void) { return seen; }

void world_arm(const char *fault) {
    seen = 0;
    kind[0] = 0;
    if (fault) sscanf(fault, "%7[^:]:%ld:%4095s", kind, &at, prefix);
}

__attribute__((constructor)) static void begin(void) {
    const char *clock = getenv("WORLD_CLOCK");
    world_arm(getenv("WORLD_FAULT"));
    if (clock) sscanf(clock, "%lf:%lf", &base, &factor);
}

static int concerned(int fd, int sent) {
    char link[64], path[4096];
    if (!kind[0] || sent != !strcmp(prefix, "socket:")) return 0;
    if (sent) return 1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, prefix, strlen(prefix));
}

/* What becomes of a write: 0 it is done, 1 half of it is, -1 it fails and errno says why. */
static int fate(int fd, int sent) {
    if (!concerned(fd, sent) || ++seen < at) return 0;
    if (!strcmp(kind, "full") || !strcmp(kind, "fail")) {
        errno = sent ? EPIPE : kind[1] == 'u' ? ENOSPC : EIO;
        return -1;
    }
    if (seen > at || !strcmp(kind, "count")) return 0;
    if (!strcmp(kind, "torn")) return 1;
    kill(getpid(), SIGKILL);
    return -1;
}

#define WRITE(sent, whole, half)                                                                                       \
    switch (fate(fd, sent)) {                                                                                          \
    case 0: return whole;                                                                                              \
    case 1: (void)!half; kill(getpid(), SIGKILL);                                                                      \
    }                                                                                                                  \
    return -1;

ssize_t write(int fd, const void *data, size_t n) { REAL(write); WRITE(0, real(fd, data, n), real(fd, data, n / 2)) }
ssize_t pwrite(int fd, const void *data, size_t n, off_t to) { REAL(pwrite); WRITE(0, real(fd, data, n, to), real(fd, data, n / 2, to)) }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t to) { REAL(pwrite64); WRITE(0, real(fd, data, n, to), real(fd, data, n / 2, to)) }
ssize_t send(int fd, const void *data, size_t n, int flags) { REAL(send); WRITE(1, real(fd, data, n, flags), real(fd, data, n / 2, flags)) }
int ftruncate(int fd, off_t n) { REAL(ftruncate); WRITE(0, real(fd, n), 0) }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); WRITE(0, real(fd, n), 0) }
int fsync(int fd) { REAL(fsync); WRITE(0, real(fd), 0) }
int fdatasync(int fd) { REAL(fdatasync); WRITE(0, real(fd), 0) }

static double faster(double seconds) { return factor == 1 ? seconds : base + (seconds - base) * factor; }

int clock_gettime(clockid_t which, struct timespec *told) {
    REAL(clock_gettime);
    int failed = real(which, told);
    if (!failed && factor != 1 && which == CLOCK_REALTIME) {
        double seconds = faster(told->tv_sec + told->tv_nsec / 1e9);
        told->tv_sec = (time_t)seconds;
        told->tv_nsec = (long)((seconds - (double)told->tv_sec) * 1e9);
    }
    return failed;
}

time_t time(time_t *told) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (told) *told = now.tv_sec;
    return now.tv_sec;
}
