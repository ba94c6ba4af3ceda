package dev.outrider.hal.linux;

/** A system call failed; carries the call with its arguments and the kernel's errno. */
public final class LinuxException extends RuntimeException {

    /** No such file or directory. */
    public static final int ENOENT = 2;

    /** Interrupted system call. */
    public static final int EINTR = 4;

    /** No such device or address; an I2C device that does not answer, on some adapters. */
    public static final int ENXIO = 6;

    /** Nothing there now; try again. */
    public static final int EAGAIN = 11;

    /** Device or resource busy: somebody else holds the line. */
    public static final int EBUSY = 16;

    /** No such device: it was unplugged. */
    public static final int ENODEV = 19;

    private static final long serialVersionUID = 1L;

    private final int errno;

    LinuxException(String call, String arguments, int errno) {
        super("%s(%s): %s (errno %d)".formatted(call, arguments, Libc.describe(errno), errno));
        this.errno = errno;
    }

    /** The error number, as in {@code errno.h}. */
    public int errno() {
        return errno;
    }
}
