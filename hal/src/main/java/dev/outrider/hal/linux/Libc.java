package dev.outrider.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The C library's system calls, with errno turned into {@link LinuxException}. Each thread keeps
 * one place for errno, so that a call allocates nothing.
 */
final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();

    /** What each handle was made of: a native image has to be told of all of them beforehand. */
    private static final Set<Downcall> DOWNCALLS = new HashSet<>();

    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> ERRNO_PLACE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));
    private static final long LONGEST_MESSAGE = 256;

    /** {@code SIG_IGN} and {@code SIG_ERR} of signal.h. */
    private static final long IGNORE = 1;

    private static final long REFUSED = -1;

    /** {@code PROT_READ | PROT_WRITE} and {@code MAP_SHARED} of mman.h. */
    private static final int READ_WRITE = 3;

    private static final int SHARED = 1;
    private static final int EINVAL = 22;

    /** {@code PTHREAD_PROCESS_SHARED} and {@code PTHREAD_MUTEX_ROBUST} of pthread.h. */
    private static final int YES = 1;

    private static final int OWNER_DIED = 130;

    private static final MethodHandle OPEN =
            handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), CAPTURE, VARIADIC);
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), CAPTURE);
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), CAPTURE);
    private static final MethodHandle WRITE =
            handle(
                    "write",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
                    CAPTURE);
    private static final MethodHandle IOCTL =
            handle(
                    "ioctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    CAPTURE,
                    VARIADIC);
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), CAPTURE);
    private static final MethodHandle MMAP =
            handle(
                    "mmap",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
                    CAPTURE);
    private static final MethodHandle MUNMAP =
            handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG), CAPTURE);
    private static final MethodHandle EVENTFD =
            handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), CAPTURE);
    private static final MethodHandle SOCKET =
            handle(
                    "socket",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                    CAPTURE);
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), CAPTURE);
    private static final MethodHandle IF_NAMETOINDEX =
            handle("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS), CAPTURE);
    private static final MethodHandle SETSID =
            handle("setsid", FunctionDescriptor.of(JAVA_INT), CAPTURE);
    private static final MethodHandle SIGNAL =
            handle("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle MUTEXATTR_INIT =
            handle("pthread_mutexattr_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle MUTEXATTR_SETPSHARED =
            handle(
                    "pthread_mutexattr_setpshared",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MUTEXATTR_SETROBUST =
            handle(
                    "pthread_mutexattr_setrobust",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MUTEX_INIT =
            handle("pthread_mutex_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle MUTEX_LOCK =
            handle("pthread_mutex_lock", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle MUTEX_UNLOCK =
            handle("pthread_mutex_unlock", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private static final MethodHandle STRERROR =
            handle("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    /** A kind of call. */
    record Downcall(FunctionDescriptor descriptor, boolean capturesState, boolean variadic) {}

    static Set<Downcall> downcalls() {
        return Set.copyOf(DOWNCALLS);
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        List<Linker.Option> given = List.of(options);
        DOWNCALLS.add(new Downcall(descriptor, given.contains(CAPTURE), given.contains(VARIADIC)));
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = ERRNO_PLACE.get();
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags);
            return (int) check(fd, state, "open", path);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void close(int fd, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            check((int) CLOSE.invokeExact(state, fd), state, "close", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static long read(int fd, MemorySegment buffer, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            long count = (long) READ.invokeExact(state, fd, buffer, buffer.byteSize());
            return check(count, state, "read", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static long write(int fd, MemorySegment buffer, long length, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            long count = (long) WRITE.invokeExact(state, fd, buffer, length);
            return check(count, state, "write", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            int result = (int) IOCTL.invokeExact(state, fd, request, argument);
            return (int) check(result, state, "ioctl", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Waits until something happens on one of the descriptors; a signal counts as nothing. */
    static int poll(MemorySegment descriptors, long count, int milliseconds) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            int ready = (int) POLL.invokeExact(state, descriptors, count, milliseconds);
            if (ready < 0 && (int) ERRNO.get(state, 0L) == LinuxException.EINTR) {
                return 0;
            }
            return (int) check(ready, state, "poll", "");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** A device's memory, shared with it for reading and writing. */
    static MemorySegment map(int fd, long length, long offset, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            MemorySegment start =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    state,
                                    MemorySegment.NULL,
                                    length,
                                    READ_WRITE,
                                    SHARED,
                                    fd,
                                    offset);
            check(start.address() == REFUSED ? -1 : 0, state, "mmap", what);
            return start.reinterpret(length);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void unmap(MemorySegment memory, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            int result = (int) MUNMAP.invokeExact(state, memory, memory.byteSize());
            check(result, state, "munmap", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static int eventfd(int flags) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            return (int) check((int) EVENTFD.invokeExact(state, 0, flags), state, "eventfd", "");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static int socket(int family, int type, int protocol, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            int fd = (int) SOCKET.invokeExact(state, family, type, protocol);
            return (int) check(fd, state, "socket", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void bind(int fd, MemorySegment address, String what) {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            int result = (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
            check(result, state, "bind", what);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static int interfaceIndex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = ERRNO_PLACE.get();
            int index = (int) IF_NAMETOINDEX.invokeExact(state, arena.allocateFrom(name));
            return (int) check(index == 0 ? -1 : index, state, "if_nametoindex", name);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Leaves the terminal and the process group. */
    static void newSession() {
        try {
            MemorySegment state = ERRNO_PLACE.get();
            check((int) SETSID.invokeExact(state), state, "setsid", "");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** From now on the signal does nothing to this process. */
    static void ignore(int signal) {
        try {
            MemorySegment before =
                    (MemorySegment) SIGNAL.invokeExact(signal, MemorySegment.ofAddress(IGNORE));
            if (before.address() == REFUSED) {
                throw new LinuxException("signal", Integer.toString(signal), EINVAL);
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void initializeRobustMutex(MemorySegment mutex, MemorySegment attributes) {
        try {
            checkThreads((int) MUTEXATTR_INIT.invokeExact(attributes), "pthread_mutexattr_init");
            checkThreads(
                    (int) MUTEXATTR_SETPSHARED.invokeExact(attributes, YES),
                    "pthread_mutexattr_setpshared");
            checkThreads(
                    (int) MUTEXATTR_SETROBUST.invokeExact(attributes, YES),
                    "pthread_mutexattr_setrobust");
            checkThreads((int) MUTEX_INIT.invokeExact(mutex, attributes), "pthread_mutex_init");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Waits for a mutex and takes it; whether its last holder died with it. */
    static boolean lock(MemorySegment mutex) {
        try {
            int result = (int) MUTEX_LOCK.invokeExact(mutex);
            if (result == OWNER_DIED) {
                return true;
            }
            checkThreads(result, "pthread_mutex_lock");
            return false;
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void unlock(MemorySegment mutex) {
        try {
            checkThreads((int) MUTEX_UNLOCK.invokeExact(mutex), "pthread_mutex_unlock");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** The thread library returns its error number instead of setting errno. */
    private static void checkThreads(int result, String call) {
        if (result != 0) {
            throw new LinuxException(call, "", result);
        }
    }

    static String describe(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(LONGEST_MESSAGE).getString(0);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static long check(long result, MemorySegment state, String call, String arguments) {
        if (result < 0) {
            throw new LinuxException(call, arguments, (int) ERRNO.get(state, 0L));
        }
        return result;
    }

    /** A method handle declares Throwable; these calls throw nothing checked. */
    private static RuntimeException rethrow(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
