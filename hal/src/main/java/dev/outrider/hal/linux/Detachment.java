package dev.outrider.hal.linux;

/** Makes this process outlive what ends its parent: Ctrl-C, a closed terminal, a polite kill. */
public final class Detachment {

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private Detachment() {}

    /** Leaves the parent's process group and ignores the signals that ask a process to end. */
    public static void detach() {
        Libc.newSession();
        Libc.ignore(SIGHUP);
        Libc.ignore(SIGINT);
        Libc.ignore(SIGTERM);
    }
}
