package dev.outrider.gateway;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.MemoryCounters;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Roster;
import dev.outrider.gateway.store.Database;
import dev.outrider.gateway.store.JdbcRobots;
import dev.outrider.gateway.store.JdbcUsage;
import dev.outrider.gateway.store.RedisCounters;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.usage.Prompts;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageLog;
import dev.outrider.gateway.usage.UsageStore;
import dev.outrider.gateway.wire.Wire;
import dev.outrider.gateway.wire.Wire.Services;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica: its state opened, its wire listening. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration ROSTER_AGE = Duration.ofMillis(500);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final InstantSource clock = InstantSource.system();
    private final Registrar registrar;
    private final UsageStore usages;
    private final Pool pool;
    private final Wire wire;

    /**
     * Opens the state and listens. Blocks.
     *
     * @param observer sees each record of use, on the event loop of its request
     */
    public Gateway(Vertx vertx, Settings settings, Consumer<Usage> observer) {
        try {
            Database database = opened(Database.open(settings.state()));
            JdbcRobots robots = new JdbcRobots(database);
            registrar = new Registrar(robots, clock);
            usages = new JdbcUsage(database);
            pool =
                    new Pool(
                            settings.upstreams(),
                            settings.breaker(),
                            System::nanoTime,
                            RandomGenerator.of("L64X128MixRandom"));
            UsageLog log = opened(new UsageLog(usages));
            Roster roster = new Roster(robots, clock);
            keepFresh(roster);
            Services services =
                    new Services(
                            roster,
                            counters(settings),
                            usage -> {
                                log.record(usage);
                                observer.accept(usage);
                            },
                            log::accepting,
                            new Prompts(settings.audit())::of);
            wire =
                    opened(
                            Wire.open(
                                    vertx,
                                    settings.wire(),
                                    settings.attempts(),
                                    settings.breaker(),
                                    pool,
                                    services));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private Counters counters(Settings settings) {
        if (settings.state().redis().isPresent()) {
            return opened(new RedisCounters(settings.state().redis().get(), clock));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new MemoryCounters(
                clock, usages.spentSince(today.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    private void keepFresh(Roster roster) {
        roster.refresh();
        ScheduledExecutorService refresher =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("roster").factory());
        open.push(refresher::shutdownNow);
        long age = ROSTER_AGE.toMillis();
        var _ =
                refresher.scheduleWithFixedDelay(
                        () -> refresh(roster), age, age, TimeUnit.MILLISECONDS);
    }

    private static void refresh(Roster roster) {
        try {
            roster.refresh();
        } catch (RuntimeException e) {
            LOG.warn("robots stay as they were last known: {}", e.toString());
        }
    }

    public Registrar registrar() {
        return registrar;
    }

    public UsageStore usages() {
        return usages;
    }

    public Pool pool() {
        return pool;
    }

    /** The port robots connect to. */
    public int port() {
        return wire.port();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("while closing: {}", e.toString());
            }
        }
    }
}
