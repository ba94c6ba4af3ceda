package dev.outrider.journal;

import dev.outrider.kernel.DeadLetters;
import dev.outrider.kernel.Journal;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.kernel.Outbox;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Decision;
import dev.outrider.model.Plan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The journal in one SQLite file, {@code journal.db} in the data folder. Stages complete on the
 * journal's thread: what depends on them must not wait for another stage there.
 */
public final class SqliteJournal implements Journal, Outbox, DeadLetters, Telemetry, AutoCloseable {

    private static final Duration UPKEEP = Duration.ofMinutes(10);

    private final JournalConfig config;
    private final Clock clock;
    private final FolderLock lock;
    private final GroupCommit commits;
    private final List<Consumer<JournalFailure>> failureListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> letterListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> sampleListeners = new CopyOnWriteArrayList<>();
    private Instant upkeepDue = Instant.MIN;

    private SqliteJournal(FolderLock lock, JournalFile file, JournalConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.lock = lock;
        this.commits = new GroupCommit(file, this::upkeep, this::failed);
    }

    /**
     * Opens the journal in that folder, or makes one.
     *
     * @param clock the wall clock, for ages
     * @throws JournalFailure if another process uses the folder, or if the file is damaged, of a
     *     newer Outrider, or cannot be written
     */
    public static SqliteJournal open(Path folder, JournalConfig config, Clock clock) {
        return open(folder, config, clock, List.of());
    }

    static SqliteJournal open(
            Path folder, JournalConfig config, Clock clock, List<String> pragmas) {
        FolderLock lock = FolderLock.of(folder);
        try {
            JournalFile file = new JournalFile(folder, pragmas);
            file.prepare();
            SqliteJournal journal = new SqliteJournal(lock, file, config, clock);
            journal.commits.start();
            return journal;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Tells the listener of every failure, on the journal's thread. */
    public void onFailure(Consumer<JournalFailure> listener) {
        failureListeners.add(listener);
    }

    @Override
    public CompletionStage<Receipt> receive(Command command, Instant deadline) {
        return commits.submit(c -> CommandRows.receive(c, command, deadline));
    }

    @Override
    public CompletionStage<Void> starting(CommandId id, Plan plan, Decision decision, int action) {
        return commits.submit(done(c -> CommandRows.starting(c, id, plan, decision, action)));
    }

    @Override
    public CompletionStage<Void> performed(CommandId id, ActionResult result) {
        return commits.submit(done(c -> CommandRows.performed(c, id, result)));
    }

    @Override
    public CompletionStage<Void> answer(Command command, Answer answer) {
        Instant now = clock.instant();
        return commits.submit(
                done(c -> {
                    CommandRows.answer(c, answer, now);
                    LetterRows.queue(c, command.id(), command.client());
                }),
                () -> letterListeners.forEach(Runnable::run));
    }

    @Override
    public CompletionStage<Boolean> repeat(CommandId id, String client) {
        return commits.submit(
                c -> LetterRows.queue(c, id, client), () -> letterListeners.forEach(Runnable::run));
    }

    @Override
    public List<Unfinished> unfinished() {
        return commits.read(CommandRows::unfinished);
    }

    @Override
    public List<Letter> open(long after, int limit) {
        return commits.read(c -> LetterRows.open(c, after, limit));
    }

    @Override
    public CompletionStage<Void> sent(long sequence) {
        return commits.submit(done(c -> LetterRows.sent(c, sequence)));
    }

    @Override
    public CompletionStage<Void> acknowledged(String client, CommandId id) {
        return commits.submit(done(c -> LetterRows.acknowledged(c, client, id)));
    }

    @Override
    public CompletionStage<Void> reopen() {
        return commits.submit(
                done(LetterRows::reopen), () -> letterListeners.forEach(Runnable::run));
    }

    @Override
    public void onLetter(Runnable listener) {
        letterListeners.add(listener);
    }

    @Override
    public CompletionStage<Void> bury(String topic, byte[] payload, String reason) {
        Instant now = clock.instant();
        return commits.submit(
                done(c -> DeadLetterRows.bury(c, now, topic, payload, reason, config)));
    }

    @Override
    public CompletionStage<Long> append(String stream, String json) {
        Instant now = clock.instant();
        return commits.submit(
                c -> SampleRows.append(c, now, stream, json, config.samplesPerStream()),
                () -> sampleListeners.forEach(Runnable::run));
    }

    @Override
    public List<Sample> stored(long after, int limit) {
        return commits.read(c -> SampleRows.stored(c, after, limit));
    }

    @Override
    public CompletionStage<Void> delivered(Sample sample) {
        return commits.submit(done(c -> SampleRows.delivered(c, sample)));
    }

    @Override
    public void onSample(Runnable listener) {
        sampleListeners.add(listener);
    }

    /** Writes what is waiting, and lets the folder go. */
    @Override
    public void close() {
        commits.close();
        lock.close();
    }

    private boolean upkeep(Connection c) throws SQLException {
        Instant now = clock.instant();
        if (now.isBefore(upkeepDue)) {
            return false;
        }
        boolean more = CommandRows.prune(c, now, config.retention(), config.keepAtLeast());
        upkeepDue = more ? now : now.plus(UPKEEP);
        return more;
    }

    private void failed(JournalFailure failure) {
        failureListeners.forEach(listener -> listener.accept(failure));
    }

    private interface Step {
        void apply(Connection c) throws SQLException;
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static GroupCommit.Change<Void> done(Step step) {
        return c -> {
            step.apply(c);
            return null;
        };
    }
}
