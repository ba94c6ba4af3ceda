package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.linux.CanFrame;
import dev.outrider.hal.linux.CanSocket;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.safety.SafeState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A VESC on the rig's CAN bus, played by a second socket. */
@InRig
class VescRigTest extends MotorContract {

    private static final int ID = 12;

    private final CanSocket controller = CanSocket.open("vcan0");
    private final VescMotor.Bus bus = new VescMotor.Bus("vcan0");
    private final VescMotor motor = started();

    private VescMotor started() {
        Thread itself =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                status(0);
                                controller.receive(Duration.ofMillis(20));
                            }
                        });
        try {
            return new VescMotor("left", bus, ID, PwmMotor.Rest.BRAKE);
        } finally {
            itself.interrupt();
            join(itself);
            drain();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        while (controller.receive(Duration.ofMillis(50)).isPresent()) {
            status(0);
        }
    }

    private void status(int tachometer) {
        long value = Integer.toUnsignedLong(tachometer) << 32 | 241L << 16;
        controller.send(new CanFrame(27 << 8 | ID, true, 8, Long.reverseBytes(value)));
    }

    @AfterEach
    void close() {
        bus.close();
        controller.close();
    }

    @Override
    protected Motor part() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    status(0);
                    return motor.ticks() == 0;
                });
        return motor;
    }

    /** What the last command on the bus asks for. */
    @Override
    protected double drawn() {
        double share = 0;
        Optional<CanFrame> frame = controller.receive(Duration.ofMillis(200));
        while (frame.isPresent()) {
            int command = frame.get().id() >> 8;
            share = command == 0 ? Integer.reverseBytes((int) frame.get().data()) / 1e5 : 0;
            frame = controller.receive(Duration.ofMillis(50));
        }
        return share;
    }

    @Test
    void countsTheControllersTachometer() {
        status(4200);

        await().until(() -> motor.ticks() == 4200);
        assertThat(motor.volts()).isEqualTo(24.1);
    }

    @Test
    void isLeftAtRestByTheGuardian() {
        part().power(0.4);
        controller.receive(Duration.ofSeconds(1));

        new SafeState.Frame("vcan0", VescMotor.restFrame(ID, PwmMotor.Rest.BRAKE)).apply();

        assertThat(controller.receive(Duration.ofSeconds(1)))
                .contains(VescMotor.restFrame(ID, PwmMotor.Rest.BRAKE));
    }

    @Test
    void aControllerThatFallsSilentIsNotStandingStill() {
        status(7);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThatThrownBy(motor::ticks)
                                .isInstanceOf(PartException.class)
                                .hasMessageContaining("no status 5"));
    }
}
