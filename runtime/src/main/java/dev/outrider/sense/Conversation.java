package dev.outrider.sense;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Announcer;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Intake;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.Answer;
import dev.outrider.model.Capability;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Instruction;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Requirement;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.Telling;
import dev.outrider.reason.language.Language;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the robot as commands of the client {@value #CLIENT}, and its answers spoken:
 * what it will do before it moves, how that ended, and what it is not sure of. Speaks on the thread
 * {@code voice-answers}; everything else returns at once, on any thread.
 */
public final class Conversation implements Announcer, AutoCloseable {

    /** Who sends what was said. */
    public static final String CLIENT = "voice";

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final @Nullable Mouth mouth;
    private final Supplier<List<Capability>> capabilities;
    private final Telemetry telemetry;
    private final Duration timeAllowed;
    private final Map<CommandId, Turn> turns = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable CommandId> asked = new AtomicReference<>();
    private final AtomicBoolean showing = new AtomicBoolean();
    private final ExecutorService speaking =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("voice-answers").factory());
    private volatile Cancellation silence = new Cancellation();

    /** One thing that was said, and when what became of it, by the monotonic clock. */
    private static final class Turn {

        private final String text;
        private final Language language;
        private final Said said;
        private volatile long decided;

        Turn(String text, Language language, Said said) {
            this.text = text;
            this.language = language;
            this.said = said;
        }
    }

    /**
     * When something was said, by the monotonic clock.
     *
     * @param began its first sound was heard
     * @param ended its last sound was heard
     * @param complete it was sure that nothing follows
     * @param written it was written down
     */
    record Said(long began, long ended, long complete, long written) {}

    /**
     * @param mouth says the answers; null to keep silent
     * @param capabilities of the robot
     * @param telemetry is told what is said and how long the answer took, on the stream {@value
     *     #CLIENT}
     * @param timeAllowed for each command
     */
    Conversation(
            @Nullable Mouth mouth,
            Supplier<List<Capability>> capabilities,
            Telemetry telemetry,
            Duration timeAllowed) {
        this.mouth = mouth;
        this.capabilities = capabilities;
        this.telemetry = telemetry;
        this.timeAllowed = timeAllowed;
    }

    /**
     * Shows what was said so far, while somebody still speaks.
     *
     * @param began the monotonic clock's time of its first sound
     * @param echoes whether what is heard may be the robot itself
     */
    void hearing(String text, long began, boolean echoes) {
        if (!echoes || mouth == null || !mouth.spokeSince(began)) {
            showing.set(true);
            show(text, true);
        }
    }

    /** What was shown so far came to nothing. */
    void heardNothing() {
        settle("");
    }

    private void settle(String text) {
        if (showing.getAndSet(false)) {
            show(text, false);
        }
    }

    private void show(String text, boolean partial) {
        ObjectNode json =
                PlanJson.MAPPER.createObjectNode().put("text", text).put("partial", partial);
        telemetry.append(CLIENT, json.toString());
    }

    /**
     * Takes what was said as a command, or as the answer to an open question.
     *
     * @param echoes whether what was heard may be the robot itself, which obeys itself only to stop
     */
    void hear(Intake intake, String text, Language language, Said said, boolean echoes) {
        settle(text);
        if (text.isBlank()) {
            return;
        }
        String sentence = text.substring(0, Math.min(text.length(), Instruction.Words.MAX_LENGTH));
        Instruction words = new Instruction.Words(sentence);
        boolean stop = ReflexReasoner.saysStop(words);
        boolean self = echoes && mouth != null && mouth.spokeSince(said.began());
        if (self && !stop) {
            LOG.log(System.Logger.Level.INFO, "heard itself: {0}", text);
            return;
        }
        if (stop) {
            hush();
        }
        CommandId open = asked.getAndSet(null);
        if (open != null) {
            Optional<Boolean> yes = Telling.yesOrNo(text);
            intake.answer(open, yes.orElse(false), CLIENT);
            if (yes.isPresent()) {
                return;
            }
        }
        CommandId id = new CommandId("v-" + UUID.randomUUID().toString().substring(0, 8));
        turns.put(id, new Turn(text, language, said));
        LOG.log(System.Logger.Level.INFO, "heard \"{0}\" as command {1}", text, id);
        intake.command(
                        new Command(id, CLIENT, words, RoutingPolicy.PREFER_ON_DEVICE, false),
                        timeAllowed)
                .whenComplete((taken, failure) -> {
                    if (failure != null) {
                        turns.remove(id);
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "what was said could not be taken: {0}",
                                failure.getMessage());
                    }
                });
    }

    @Override
    public void begins(String client, CommandId id, Plan plan) {
        Turn turn = turn(client, id);
        if (turn == null) {
            return;
        }
        List<Capability> able = capabilities.get();
        boolean moves =
                plan.actions().stream()
                        .anyMatch(action ->
                                able.stream()
                                        .filter(c -> c.verb().equals(action.verb()))
                                        .anyMatch(c ->
                                                c.requires().contains(Requirement.ESTOP_RELEASED)));
        if (moves) {
            say(id, turn, Telling.beginning(plan, able, turn.language));
        }
    }

    @Override
    public void answered(String client, Answer answer) {
        Turn turn = turn(client, answer.id());
        if (turn != null) {
            say(answer.id(), turn, Telling.ending(answer, turn.language));
            turns.remove(answer.id());
        }
    }

    @Override
    public void question(String client, CommandId id, String question, Plan plan) {
        Turn turn = turn(client, id);
        if (turn != null) {
            asked.set(id);
            say(id, turn, question);
        }
    }

    @Override
    public void refused(String client, CommandId id, Problem problem) {
        Turn turn = turn(client, id);
        if (turn != null) {
            say(id, turn, problem.message());
        }
    }

    @Override
    public void accepted(String client, CommandId id) {}

    @Override
    public void progress(
            String client, CommandId id, int action, int of, String verb, double fraction) {}

    @Override
    public void stateChanged() {}

    private @Nullable Turn turn(String client, CommandId id) {
        return client.equals(CLIENT) ? turns.get(id) : null;
    }

    /** Silence at once; what was to be said is not said any more. */
    private void hush() {
        Cancellation now = silence;
        silence = new Cancellation();
        now.request("stopped");
    }

    private void say(CommandId id, Turn turn, String text) {
        long decided = System.nanoTime();
        boolean first = turn.decided == 0;
        turn.decided = decided;
        Cancellation until = silence;
        try {
            speaking.execute(() -> {
                if (!until.requested()) {
                    speak(
                            text,
                            until,
                            () -> {
                                if (first) {
                                    report(id, turn, text, decided, System.nanoTime());
                                }
                            });
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "not said any more: {0}", text);
        }
    }

    private void speak(String text, Cancellation until, Runnable heard) {
        if (mouth == null) {
            LOG.log(System.Logger.Level.INFO, "would say: {0}", text);
            return;
        }
        try {
            mouth.say(text, until, heard);
        } catch (SenseException | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot say \"{0}\": {1}", text, e.getMessage());
        }
    }

    /**
     * From the end of what was said to the first sound of the answer: until it was sure that
     * nothing follows, until it was written down, until the robot knew what to answer, and until
     * that was heard.
     */
    private void report(CommandId id, Turn turn, String answer, long decided, long heard) {
        Said said = turn.said;
        ObjectNode json =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("id", id.value())
                        .put("heard", turn.text)
                        .put("says", answer);
        json.putObject("milliseconds")
                .put("silence", millis(said.ended(), said.complete()))
                .put("transcription", millis(said.complete(), said.written()))
                .put("decision", millis(said.written(), decided))
                .put("speech", millis(decided, heard))
                .put("total", millis(said.ended(), heard));
        LOG.log(System.Logger.Level.INFO, "voice round trip {0}", json);
        telemetry.append(CLIENT, json.toString());
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }

    @Override
    public void close() {
        hush();
        speaking.shutdownNow();
    }
}
