package dev.outrider.ai.openvino;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.intel.openvino.OpenVinoException;
import org.jspecify.annotations.Nullable;

/**
 * A model that moves between devices. It works on the first device of its order that is here, takes
 * it, is cool enough and has nothing else to do. When that one fails in the middle of a request,
 * the request is done again on the next one, and its caller notices nothing but the time. A device
 * that failed or is hot is left alone for half a minute, one that refused the model for good; a
 * better device than the present one is got ready on a thread of its own. May be used by many
 * threads.
 *
 * @param <T> the model as made for one device
 */
public final class Deployment<T extends AutoCloseable> implements AutoCloseable {
    /** How long a device that failed or is hot is left alone. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** Where a robot's processors begin to slow down, in degrees Celsius. */
    public static final double HOT = 90;

    private static final Logger LOG = System.getLogger(Deployment.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Set<Deployment<?>> OPEN = ConcurrentHashMap.newKeySet();

    /** Requests that run on each device, of all models of this process. */
    private static final Map<String, AtomicInteger> RUNNING = new ConcurrentHashMap<>();

    private static final AtomicLong MOVED = new AtomicLong();

    private final String model;
    private final Devices order;
    private final Supplier<List<String>> here;
    private final Function<String, T> making;
    private final Conditions conditions;
    private final InstantSource clock;
    private final Map<String, Made> made = new HashMap<>();
    private final Map<String, Rest> resting = new LinkedHashMap<>();
    private final Set<String> preparing = new HashSet<>();
    private Instant looked = Instant.MIN;
    private List<String> devices;
    private String device;
    private String reason;
    private long moves;
    private long requests;
    private boolean closed;

    /** Why a device is left alone, and until when. */
    private record Rest(String reason, Instant until) {}

    /** The model on one device; closed when it is retired and nobody uses it any more. */
    private final class Made {
        private final String name;
        private final T value;
        private int users;
        private boolean retired;

        Made(String name, T value) {
            this.name = name;
            this.value = value;
        }
    }

    /**
     * Makes the model for the first device that takes it.
     *
     * @param model its name, for people
     * @param here names the devices of this machine
     * @param making makes the model for a device, or throws {@link OpenVinoException}
     * @throws OpenVinoException if the only device of the order refuses
     * @throws Devices.RefusedException if all do; the message has every reason
     */
    public Deployment(
            String model,
            Devices order,
            Supplier<List<String>> here,
            Function<String, T> making,
            Conditions conditions,
            InstantSource clock) {
        this.model = model;
        this.order = order;
        this.here = here;
        this.making = making;
        this.conditions = conditions;
        this.clock = clock;
        devices = here.get();
        var placed = order.place(devices, making);
        device = placed.device();
        reason = placed.explanation();
        made.put(device, new Made(device, placed.value()));
        order.order().stream()
                .takeWhile(name -> !name.equals(device))
                .filter(name -> Devices.present(name, devices))
                .forEach(name -> resting.put(name, new Rest("refused the model", Instant.MAX)));
        OPEN.add(this);
    }

    /** How often models of this process changed their device. */
    public static long moved() {
        return MOVED.get();
    }

    /** Where the models of this process that are open work. */
    public static List<Placement> placements() {
        return OPEN.stream().map(Deployment::placement).toList();
    }

    /** Where the model works. */
    public synchronized Placement placement() {
        return new Placement(model, device, reason, moves, requests);
    }

    /**
     * Works with the model, on another device if one fails. The work must be such that it can be
     * begun anew.
     *
     * @throws OpenVinoException if all devices that are left fail; it is the last one's
     */
    public <R> R use(Function<T, R> work) {
        var failures = new LinkedHashMap<String, OpenVinoException>();
        while (true) {
            var at = take(failures);
            try {
                var result = counted(at.name, () -> work.apply(at.value));
                settle(at.name, failures);
                return result;
            } catch (OpenVinoException e) {
                failures.put(at.name, e);
            } finally {
                giveBack(at);
            }
        }
    }

    private static <R> R counted(String device, Supplier<R> work) {
        var running = RUNNING.computeIfAbsent(device, name -> new AtomicInteger());
        running.incrementAndGet();
        try {
            return work.get();
        } finally {
            running.decrementAndGet();
        }
    }

    private synchronized Made take(Map<String, OpenVinoException> failures) {
        if (closed) {
            throw new IllegalStateException("the model %s is closed".formatted(model));
        }
        requests += failures.isEmpty() ? 1 : 0;
        look();
        var candidates = candidates(failures.keySet());
        var chosen = ready(candidates);
        for (String name : candidates) {
            if (chosen == null) {
                chosen = made(name, failures);
            }
        }
        if (chosen == null) {
            throw failures.values().stream()
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new OpenVinoException("no device is left for " + model));
        }
        chosen.users++;
        return chosen;
    }

    /** Looks now and then which devices are here and how hot they are. */
    private void look() {
        var now = clock.instant();
        if (order.order().size() == 1 || now.isBefore(looked.plus(LOOK_EVERY))) {
            return;
        }
        looked = now;
        devices = here.get();
        for (String name : made.keySet()) {
            var celsius = conditions.celsius(name);
            if (celsius.isPresent() && celsius.getAsDouble() > HOT) {
                rest(name, String.format(Locale.ROOT, "is hot, %.0f °C", celsius.getAsDouble()));
            }
        }
    }

    private void rest(String name, String why) {
        var old = resting.get(name);
        if (old == null || !old.until().equals(Instant.MAX)) {
            resting.put(name, new Rest(why, clock.instant().plus(PAUSE)));
        }
    }

    /** What may be tried, in the order's order, those that are to be left alone at the end. */
    private List<String> candidates(Set<String> failed) {
        var now = clock.instant();
        resting.values().removeIf(rest -> !now.isBefore(rest.until()));
        var all = new ArrayList<String>();
        for (boolean rested : new boolean[] {true, false}) {
            for (String name : order.order()) {
                if (!failed.contains(name)
                        && resting.containsKey(name) != rested
                        && (made.containsKey(name) || Devices.present(name, devices))) {
                    all.add(name);
                }
            }
        }
        return all;
    }

    /**
     * The best one that need not be made first, one that has nothing to do if there is any; those
     * that are better and must be made are got ready for another time.
     */
    private @Nullable Made ready(List<String> candidates) {
        var rested = candidates.stream().filter(name -> !resting.containsKey(name)).toList();
        var here = rested.stream().filter(made::containsKey).toList();
        if (here.isEmpty()) {
            return null;
        }
        var name =
                here.stream()
                        .filter(other -> running(other) == 0)
                        .findFirst()
                        .orElse(here.getFirst());
        rested.stream()
                .filter(other -> !made.containsKey(other))
                .filter(other -> rested.indexOf(other) < rested.indexOf(name))
                .forEach(this::prepare);
        return made.get(name);
    }

    private static int running(String device) {
        var running = RUNNING.get(device);
        return running == null ? 0 : running.get();
    }

    /** Makes the model for a device while others work. */
    private void prepare(String name) {
        if (!preparing.add(name)) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("openvino-prepare")
                .start(() -> {
                    try {
                        prepared(name, making.apply(name));
                    } catch (OpenVinoException e) {
                        refused(name, e);
                    }
                });
    }

    private synchronized void prepared(String name, T value) {
        preparing.remove(name);
        var at = new Made(name, value);
        if (closed || made.putIfAbsent(name, at) != null) {
            retire(at);
        }
    }

    private synchronized void refused(String name, OpenVinoException e) {
        preparing.remove(name);
        resting.put(name, new Rest("refused: " + Devices.firstLine(e), Instant.MAX));
    }

    private @Nullable Made made(String name, Map<String, OpenVinoException> failures) {
        try {
            return made.computeIfAbsent(name, device -> new Made(device, making.apply(device)));
        } catch (OpenVinoException e) {
            failures.put(name, e);
            return null;
        }
    }

    private synchronized void settle(String name, Map<String, OpenVinoException> failures) {
        failures.forEach((failed, e) -> {
            rest(failed, "failed: " + Devices.firstLine(e));
            var at = made.remove(failed);
            if (at != null) {
                retire(at);
            }
        });
        if (!name.equals(device)) {
            moves++;
            MOVED.incrementAndGet();
            device = name;
            reason = explanation(name);
            var level = failures.isEmpty() ? Logger.Level.DEBUG : Logger.Level.WARNING;
            LOG.log(level, "{0} moved to {1}: {2}", model, name, reason);
        }
    }

    private String explanation(String name) {
        var others =
                order.order().stream()
                        .takeWhile(other -> !other.equals(name))
                        .map(other -> other + " " + why(other))
                        .collect(Collectors.joining("; "));
        return (others.isEmpty() ? "" : others + "; ") + name + " took it";
    }

    private String why(String name) {
        var rest = resting.get(name);
        return rest != null ? rest.reason() : made.containsKey(name) ? "is busy" : "is not here";
    }

    private synchronized void giveBack(Made at) {
        at.users--;
        if (at.retired) {
            retire(at);
        }
    }

    private void retire(Made at) {
        at.retired = true;
        if (at.users == 0) {
            try {
                at.value.close();
            } catch (Exception e) {
                LOG.log(Logger.Level.WARNING, model + " could not be closed on " + at.name, e);
            }
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
        synchronized (this) {
            closed = true;
            made.values().forEach(this::retire);
            made.clear();
        }
    }
}
