package dev.outrider.kernel;

import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.model.CommandId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plans that were read back and wait for a yes, bounded, each until its command's deadline. They
 * are in memory only: what a restart finds unanswered is decided, and asked, again. Safe on any
 * thread.
 */
final class OpenQuestions implements AutoCloseable {

    /** How many answered ones are remembered, to tell a second answer from a stray one. */
    private static final int REMEMBERED = 256;

    /** A plan and the job it would carry out. */
    record Open(Job job, Ruling.Unsure ruling) {}

    private record Waiting(Open open, ScheduledFuture<?> expiry) {}

    private final int most;
    private final Map<CommandId, Waiting> waiting = new LinkedHashMap<>();
    private final Map<CommandId, Boolean> answered =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<CommandId, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("questions").factory());

    OpenQuestions(int most) {
        this.most = most;
    }

    /**
     * Opens a question.
     *
     * @param expired run if nobody answered in time
     * @return false if too many are open
     */
    synchronized boolean open(Open question, Consumer<Open> expired) {
        if (waiting.size() >= most) {
            return false;
        }
        CommandId id = question.job().command().id();
        ScheduledFuture<?> expiry =
                deadlines.schedule(
                        () -> remove(id).ifPresent(expired),
                        Math.max(0, question.job().deadline().timeLeft().toNanos()),
                        TimeUnit.NANOSECONDS);
        waiting.put(id, new Waiting(question, expiry));
        return true;
    }

    /** Takes an open question to answer it. */
    synchronized Optional<Open> answer(CommandId id) {
        Optional<Open> open = remove(id);
        open.ifPresent(o -> answered.put(id, true));
        return open;
    }

    /** The open question of that command. */
    synchronized Optional<Open> of(CommandId id) {
        return Optional.ofNullable(waiting.get(id)).map(Waiting::open);
    }

    /** Whether a question of that command was answered lately. */
    synchronized boolean wasAnswered(CommandId id) {
        return answered.containsKey(id);
    }

    /** Takes a question back. */
    synchronized Optional<Open> remove(CommandId id) {
        Waiting was = waiting.remove(id);
        if (was != null) {
            was.expiry().cancel(false);
        }
        return Optional.ofNullable(was).map(Waiting::open);
    }

    /** Takes every question back. */
    synchronized List<Open> clear() {
        List<Open> all = new ArrayList<>();
        for (CommandId id : List.copyOf(waiting.keySet())) {
            remove(id).ifPresent(all::add);
        }
        return all;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
