package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SystemCallsTest {

    @Test
    void failuresCarryTheCallItsArgumentsAndErrno() {
        assertThatThrownBy(() -> GpioChip.open(Path.of("/dev/gpiochip-none")))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        e -> assertThat(e.errno()).isEqualTo(LinuxException.ENOENT))
                .hasMessage("open(/dev/gpiochip-none): No such file or directory (errno 2)");
    }

    @Test
    void anIoctlOnTheWrongDeviceFails() {
        assertThatThrownBy(() -> GpioChip.open(Path.of("/dev/null")))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("ioctl(/dev/null)");
    }

    @Test
    void anUnknownCanInterfaceIsNamed() {
        assertThatThrownBy(() -> CanSocket.open("can-none"))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("can-none");
    }

    @Test
    void aClosedDescriptorIsClosedOnceAndUselessAfter() {
        Descriptor descriptor = Descriptor.open(Path.of("/dev/zero"), Descriptor.READ_ONLY);
        descriptor.close();
        descriptor.close();

        try (Arena arena = Arena.ofConfined()) {
            var buffer = arena.allocate(1);
            assertThatThrownBy(() -> descriptor.read(buffer))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("errno 9");
        }
    }

    @Test
    void wakingMakesAWakerReadableUntilItIsCalmed() {
        try (var waker = new Waker();
                Arena arena = Arena.ofConfined()) {
            var poll = arena.allocate(Descriptor.POLL);
            poll.set(Struct.U32, 0, waker.number());
            poll.set(Struct.U16, 4, Descriptor.READABLE);

            int before = Libc.poll(poll, 1, 0);
            waker.wake();
            waker.wake();
            int woken = Libc.poll(poll, 1, 0);
            waker.calm();

            assertThat(before).isZero();
            assertThat(woken).isEqualTo(1);
            assertThat(Libc.poll(poll, 1, 0)).isZero();
        }
    }

    @Test
    void aPumpClosesMoreThanOnceAndThenTakesNothing() {
        var pump = new EdgePump();
        var input = new GpioInput(Descriptor.open(Path.of("/dev/zero"), Descriptor.READ_ONLY));

        pump.close();
        pump.close();

        assertThatThrownBy(() -> pump.add(input, (rising, nanos, sequence, lost) -> {}))
                .isInstanceOf(IllegalStateException.class);
        input.close();
    }

    @Test
    void refusesValuesNoDeviceTakes() {
        assertThatThrownBy(() -> I2cDevice.open(Path.of("/dev/null"), 0x78))
                .hasMessageContaining("0x08..0x77, not 0x78");
        assertThatThrownBy(() -> HardwareWatchdog.open(Path.of("/dev/null"), Duration.ZERO))
                .hasMessageContaining("a second at least");
    }
}
