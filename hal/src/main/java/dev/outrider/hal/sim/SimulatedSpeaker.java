package dev.outrider.hal.sim;

import dev.outrider.hal.part.Speaker;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Keeps the last things it was told to say. */
public final class SimulatedSpeaker implements Speaker {

    private static final int KEPT = 100;

    private final String name;
    private final ConcurrentLinkedDeque<String> said = new ConcurrentLinkedDeque<>();

    SimulatedSpeaker(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void say(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("there is nothing to say in a blank text");
        }
        said.add(text);
        if (said.size() > KEPT) {
            said.poll();
        }
    }

    /** The last hundred texts, the latest last. */
    public List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void rest() {}
}
