package dev.outrider.hal.health;

import dev.outrider.hal.Timebase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** All figures a machine tells about itself, in one list. What it does not tell is not in it. */
public final class Health {

    /**
     * One figure.
     *
     * @param name such as {@code temperature cpu-thermal}
     * @param unit SI, degrees Celsius, or a share of a whole
     */
    public record Figure(String name, double value, String unit) {}

    private static final String SHARE = "share";

    private final HostHealth host;
    private final BoardHealth board;
    private final Loads loads;

    /**
     * @param root the folder that holds {@code proc} and {@code sys}: {@code /} for this host
     */
    public Health(Path root, Timebase time) {
        this.host = new HostHealth(root);
        this.board = new BoardHealth(root);
        this.loads = new Loads(root, time);
    }

    /** Reads everything afresh. */
    public List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        host.temperatures()
                .forEach(each ->
                        figures.add(
                                new Figure("temperature " + each.zone(), each.celsius(), "°C")));
        add(figures, "cpu load", loads.cpu(), SHARE);
        add(figures, "cpu pressure", host.cpuPressure(), SHARE);
        host.memoryTotalBytes().ifPresent(bytes -> figures.add(new Figure("memory", bytes, "B")));
        host.memoryAvailableBytes()
                .ifPresent(bytes -> figures.add(new Figure("memory available", bytes, "B")));
        add(figures, "memory pressure", host.memoryPressure(), SHARE);
        add(figures, "memory of the control group", host.groupMemory(), SHARE);
        for (Loads.Accelerator each : loads.accelerators()) {
            String name =
                    "%s %s".formatted(each.kind().name().toLowerCase(Locale.ROOT), each.name());
            add(figures, name + " load", each.load(), SHARE);
            add(figures, name + " memory", each.memory(), SHARE);
        }
        host.battery()
                .ifPresent(battery -> {
                    figures.add(new Figure("battery charge", battery.charge(), SHARE));
                    figures.add(state("battery on outside power", battery.external()));
                });
        power(figures);
        return figures;
    }

    private void power(List<Figure> figures) {
        for (BoardHealth.Rail rail : board.rails()) {
            figures.add(new Figure("rail %s voltage".formatted(rail.name()), rail.volts(), "V"));
            figures.add(new Figure("rail %s power".formatted(rail.name()), rail.watts(), "W"));
        }
        board.throttling()
                .ifPresent(held -> {
                    figures.add(state("under-voltage", held.underVoltage()));
                    figures.add(state("throttled", held.slowed()));
                    figures.add(state("throttled since boot", held.sinceBoot()));
                });
        if (board.throttling().isEmpty()) {
            board.underVoltage().ifPresent(low -> figures.add(state("under-voltage", low)));
        }
    }

    private static Figure state(String name, boolean value) {
        return new Figure(name, value ? 1 : 0, SHARE);
    }

    private static void add(List<Figure> figures, String name, OptionalDouble value, String unit) {
        value.ifPresent(known -> figures.add(new Figure(name, known, unit)));
    }
}
