package dev.outrider.hal.safety;

import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioOutput;
import java.util.List;

/** Drives every line a safe state is declared for to the other level, as a working robot might. */
final class HeldOutputs {

    private final List<GpioOutput> outputs;

    HeldOutputs(List<SafeState> states) {
        outputs =
                states.stream()
                        .filter(SafeState.Level.class::isInstance)
                        .map(SafeState.Level.class::cast)
                        .map(HeldOutputs::hold)
                        .toList();
    }

    private static GpioOutput hold(SafeState.Level level) {
        try (GpioChip chip = GpioChip.labelled(level.chip())) {
            return chip.output(level.line(), "outrider-victim", !level.high());
        }
    }

    boolean held() {
        outputs.forEach(GpioOutput::value);
        return true;
    }
}
