package dev.outrider.hal.safety;

import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Part;
import java.util.function.Supplier;

/**
 * Lets a command through to an actuator only while the emergency stop is released. The stop is
 * looked at again after the command: one that engaged in between may have rested the part too
 * early, so the part is rested once more. Whichever comes first, the part ends at rest.
 */
final class Guard {

    private final EmergencyStop stop;
    private final Part part;

    Guard(EmergencyStop stop, Part part) {
        this.stop = stop;
        this.part = part;
    }

    void command(Supplier<String> attempted, Runnable command) {
        refuseIfEngaged(attempted);
        command.run();
        if (stop.engaged()) {
            part.rest();
            refuseIfEngaged(attempted);
        }
    }

    private void refuseIfEngaged(Supplier<String> attempted) {
        stop.engagement()
                .ifPresent(engagement -> {
                    throw new EmergencyStopEngagedException(
                            part.name(), attempted.get(), engagement.toString());
                });
    }
}
