package dev.outrider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.body.HostSituation;
import dev.outrider.body.RobotBody;
import dev.outrider.codec.RobotJson;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.board.Board;
import dev.outrider.hal.board.BoardProfile;
import dev.outrider.hal.board.BoardProfileFile;
import dev.outrider.hal.board.HardwareBoard;
import dev.outrider.hal.health.HostHealth;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.sim.Simulation;
import dev.outrider.journal.JournalConfig;
import dev.outrider.journal.SqliteJournal;
import dev.outrider.kernel.Announcer;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.kernel.Kernel;
import dev.outrider.kernel.Ladder;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Router;
import dev.outrider.kernel.RungConfig;
import dev.outrider.kernel.SafetyGate;
import dev.outrider.model.Degradation;
import dev.outrider.model.Route;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.model.Rung;
import dev.outrider.mqtt.BrokerUrl;
import dev.outrider.mqtt.EmbeddedBroker;
import dev.outrider.mqtt.Link;
import dev.outrider.mqtt.LinkStatus;
import dev.outrider.reason.AbsentReasoner;
import dev.outrider.reason.CloudConfig;
import dev.outrider.reason.CloudReasoner;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.Telling;
import dev.outrider.reason.TwoReaders;
import dev.outrider.sense.Conversation;
import dev.outrider.sense.SenseConfig;
import dev.outrider.sense.Senses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole robot in one process: body, journal, ladder, kernel and link, started and taken down
 * together. What was started is closed in the reverse order, also when starting fails half-way.
 */
public final class Robot implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Robot.class.getName());
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(5);

    private final RobotConfig config;
    private final String version;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Senses senses;
    private final Body body;
    private final SqliteJournal journal;
    private final @Nullable EmbeddedBroker broker;
    private final Ladder ladder;
    private final Router router;
    private final HostSituation situation;
    private final Link link;
    private final @Nullable Conversation conversation;
    private final Kernel kernel;

    /**
     * Starts a robot.
     *
     * @param progress told when a model has to be fetched
     * @throws StartupFailure in one line, if something it needs is not there
     */
    public static Robot start(RobotConfig config, String version, Progress progress) {
        return new Robot(config, version, progress);
    }

    private Robot(RobotConfig config, String version, Progress progress) {
        this.config = config;
        this.version = version;
        Clock clock = Clock.systemUTC();
        LinkSetup links = new LinkSetup(config);
        try {
            Path data = DataFolder.open(config.data());
            this.journal = opened(journal(data, clock));
            this.broker = config.mqtt().url().isEmpty() ? opened(links.embedded(data)) : null;
            Board board = board(data.resolve("estop"));
            this.senses = opened(senses(progress));
            this.body = new RobotBody(board, senses);
            this.situation = new HostSituation(body, new HostHealth(Path.of("/")));
            LocalModel local =
                    new LocalModel(config.local(), ModelCatalogue.standard(), body, progress);
            SafetyGate gate = new SafetyGate();
            this.ladder =
                    new Ladder(rungs(local), gate, body, clock, local::degraded, secondReader());
            this.router = new Router(limits());
            this.link =
                    new Link(
                            links.config(broker),
                            journal,
                            journal,
                            journal,
                            this::state,
                            this::meta,
                            clock);
            this.conversation =
                    senses.conversation(body::capabilities, journal, config.commands().deadline())
                            .orElse(null);
            this.kernel =
                    new Kernel(
                            journal,
                            conversation == null
                                    ? link
                                    : Announcer.all(List.of(link, opened(conversation))),
                            body,
                            ladder,
                            router,
                            gate,
                            new Kernel.Senses(
                                    situation,
                                    ReflexReasoner::saysStop,
                                    config.commands().mostWaiting(),
                                    new Telling()),
                            clock);
            begin();
        } catch (StartupFailure failure) {
            close();
            throw failure;
        } catch (IllegalArgumentException | JournalFailure failure) {
            close();
            throw new StartupFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    private void begin() {
        journal.onFailure(failure -> link.drop("the journal failed: " + failure.getMessage()));
        ReflexReasoner.prepare(body.capabilities(), body.places());
        open.push(link);
        link.start(kernel);
        open.push(kernel);
        kernel.start();
        open.push(new Vitals(body, journal));
        senses.prepare();
        if (conversation != null) {
            open.push(senses.listen(conversation, kernel));
        }
        if (!link.awaitConnected(BROKER_PATIENCE)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}; the robot goes on without it and keeps trying. Start that broker, or name"
                            + " another with --mqtt-url",
                    String.valueOf(link.status().lastError()));
        }
    }

    public RobotConfig config() {
        return config;
    }

    public Body body() {
        return body;
    }

    public Senses senses() {
        return senses;
    }

    public Ladder ladder() {
        return ladder;
    }

    public Kernel kernel() {
        return kernel;
    }

    public LinkStatus link() {
        return link.status();
    }

    /** The embedded broker's address, unless another broker is configured. */
    public Optional<BrokerUrl> embeddedBroker() {
        return Optional.ofNullable(broker).map(EmbeddedBroker::url);
    }

    /** What is degraded now. */
    public List<Degradation> degraded() {
        Route route =
                router.route(
                        RoutingPolicy.PREFER_IN_CLOUD,
                        situation.now(kernel.queued(), Duration.ZERO),
                        ladder.readiness());
        List<Degradation> degraded = new ArrayList<>(route.degraded());
        degraded.addAll(ladder.standing());
        return degraded;
    }

    /** The robot's state, as on the wire. */
    public ObjectNode state() {
        return RobotJson.state(
                body.state(), kernel.busyWith().orElse(null), ladder.readiness(), degraded());
    }

    /** What the robot is and can do, as on the wire. */
    public ObjectNode meta() {
        return RobotJson.meta(config.robot(), version, body.capabilities(), body.places());
    }

    /** Releases the emergency stop and tells everybody. */
    public Body.Release releaseEmergencyStop(String by) {
        Body.Release release = body.releaseEmergencyStop(by);
        link.stateChanged();
        return release;
    }

    /** Runs the step when the robot is taken down, before anything else is. */
    public synchronized void beforeClosing(AutoCloseable step) {
        open.push(step);
    }

    /** Takes everything down in the reverse order; once, whoever calls. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR, "closing", e);
            }
        }
    }

    private Senses senses(Progress progress) {
        RobotConfig.Senses named = config.senses();
        return Senses.open(
                SenseConfig.of(
                        named.camera(),
                        named.microphone(),
                        named.speaker(),
                        named.hearing(),
                        named.listen(),
                        named.partial(),
                        config.board().isEmpty()),
                progress,
                text -> Telling.language(text).name().toLowerCase(Locale.ROOT));
    }

    private Board board(Path latch) {
        if (config.board().isEmpty()) {
            return opened(Simulation.open(latch, Timebase.wall())).board();
        }
        String name = config.board().get();
        try {
            BoardProfile profile = BoardProfileFile.find(name);
            FloorPlan plan = FloorPlanFile.flat();
            return profile.simulated()
                    ? opened(Simulation.open(profile, plan, latch, Timebase.wall())).board()
                    : opened(HardwareBoard.open(profile, plan, latch)).board();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new StartupFailure(
                    "the board %s cannot be opened: %s; \"outrider board check %s\" says more"
                            .formatted(name, cause.getMessage(), name),
                    e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private SqliteJournal journal(Path data, Clock clock) {
        JournalConfig standard = JournalConfig.DEFAULT;
        return SqliteJournal.open(
                data,
                new JournalConfig(
                        config.commands().retention(),
                        standard.keepAtLeast(),
                        standard.deadLetters(),
                        standard.deadLetterBytes(),
                        standard.samplesPerStream()),
                clock);
    }

    private Map<Reasoner, RungConfig> rungs(LocalModel local) {
        Map<Reasoner, RungConfig> rungs = new LinkedHashMap<>();
        rungs.put(kept(cloud()), RungConfig.CLOUD.withLimit(config.cloud().limit()));
        rungs.put(kept(local.open()), RungConfig.LOCAL.withLimit(config.local().limit()));
        rungs.put(new ReflexReasoner(), RungConfig.REFLEX);
        return rungs;
    }

    private TwoReaders secondReader() {
        RobotConfig.Ask ask = config.ask();
        Set<Rung> checked = EnumSet.noneOf(Rung.class);
        if (ask.checkLocal()) {
            checked.add(Rung.LOCAL);
        }
        if (ask.checkCloud()) {
            checked.add(Rung.CLOUD);
        }
        return new TwoReaders(ask.policy(), checked);
    }

    private Reasoner kept(Reasoner reasoner) {
        if (reasoner instanceof AutoCloseable closeable) {
            open.push(closeable);
        }
        return reasoner;
    }

    private Reasoner cloud() {
        RobotConfig.Cloud cloud = config.cloud();
        return cloud.url()
                .<Reasoner>map(url ->
                        new CloudReasoner(
                                CloudConfig.of(url, cloud.model(), cloud.key().orElse(""))))
                .orElseGet(() -> new AbsentReasoner(Rung.CLOUD, "cloud is not configured"));
    }

    private Router.Limits limits() {
        RobotConfig.Limits limits = config.limits();
        return new Router.Limits(
                limits.hottestCelsius(),
                limits.leastCharge(),
                limits.leastMemory(),
                limits.mostQueued());
    }
}
