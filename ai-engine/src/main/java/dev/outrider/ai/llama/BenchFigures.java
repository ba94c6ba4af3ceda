package dev.outrider.ai.llama;

import dev.outrider.ai.llama.LlamaBench.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The numbers of a run so far; each is told as soon as it is there. */
final class BenchFigures {
    private final Consumer<String> note;
    private final List<Figure> all = new ArrayList<>();

    /**
     * One turn of both sides.
     *
     * @param theirs null where there is no other side
     */
    record Turn(double ours, @Nullable Double theirs) {}

    BenchFigures(Consumer<String> note) {
        this.note = note;
    }

    void note(String what) {
        note.accept(what);
    }

    void add(String name, double value, String unit) {
        put(new Figure(name, value, unit, null, null));
    }

    void add(String name, double value, String unit, double peer, double ratio) {
        put(new Figure(name, value, unit, peer, ratio));
    }

    /** Medians over the turns: of each side, and of what one side was to the other. */
    void add(String name, String unit, List<Turn> turns) {
        double value = median(turns, Turn::ours);
        var theirs = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (Turn turn : turns) {
            var other = turn.theirs();
            if (other != null) {
                theirs.add(other);
                ratios.add(turn.ours() / other);
            }
        }
        if (theirs.isEmpty()) {
            add(name, value, unit);
        } else {
            double peer = median(theirs, Double::doubleValue);
            add(name, value, unit, peer, median(ratios, Double::doubleValue));
        }
    }

    private void put(Figure figure) {
        all.add(figure);
        note("  " + figure);
    }

    List<Figure> all() {
        return List.copyOf(all);
    }

    static <T> double median(List<T> of, ToDoubleFunction<T> number) {
        return median(of.stream().mapToDouble(number).toArray());
    }

    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
