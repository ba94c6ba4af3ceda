package dev.outrider.hal.linux;

import java.lang.foreign.MemoryLayout;

/**
 * The number of an ioctl request. Most are made of direction, argument size, type and serial number
 * as in {@code asm-generic/ioctl.h}, which x86 and arm share; older interfaces have plain numbers.
 */
record Ioctl(long number) {

    private static final long WRITES = 1;
    private static final long READS = 2;

    /** {@code _IOR}: the kernel fills in the argument. */
    static Ioctl read(int type, int serial, MemoryLayout argument) {
        return of(READS, type, serial, argument.byteSize());
    }

    /** {@code _IOW}: the kernel takes the argument. */
    static Ioctl write(int type, int serial, MemoryLayout argument) {
        return of(WRITES, type, serial, argument.byteSize());
    }

    /** {@code _IOWR}: both. */
    static Ioctl readWrite(int type, int serial, MemoryLayout argument) {
        return of(READS | WRITES, type, serial, argument.byteSize());
    }

    private static Ioctl of(long direction, int type, int serial, long size) {
        return new Ioctl(direction << 30 | size << 16 | (long) type << 8 | serial);
    }
}
