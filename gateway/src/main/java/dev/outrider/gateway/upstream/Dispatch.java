package dev.outrider.gateway.upstream;

import static dev.outrider.gateway.upstream.Failure.Kind.ABANDONED;
import static dev.outrider.gateway.upstream.Failure.Kind.BROKEN;
import static dev.outrider.gateway.upstream.Failure.Kind.CUT;
import static dev.outrider.gateway.upstream.Failure.Kind.EXPIRED;
import static dev.outrider.gateway.upstream.Failure.Kind.OVERLOADED;
import static dev.outrider.gateway.upstream.Failure.Kind.REFUSED;
import static dev.outrider.gateway.upstream.Failure.Kind.UNAVAILABLE;

import dev.outrider.gateway.upstream.Pool.Upstreams;
import dev.outrider.gateway.upstream.Receiver.Account;
import dev.outrider.gateway.upstream.Receiver.Tokens;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request through the pool. Upstreams are asked one after the other, without pause,
 * until one begins to answer; from then on that one's fate is the request's. As long as another is
 * left, a call gets half of the time that is left. When all were asked once, the first that failed
 * at once is asked a second time: 1 + (number of upstreams) calls at most.
 */
public final class Dispatch implements UpstreamCall.Sink {

    /** Failures that come fast and may be over: worth one more call. */
    private static final Set<Failure.Kind> PASSING = EnumSet.of(REFUSED, CUT, BROKEN, UNAVAILABLE);

    private final Vertx vertx;
    private final HttpClient client;
    private final AttemptsConfig limits;
    private final Pool pool;
    private final Ask ask;
    private final MultiMap headers;
    private final long arrivedNanos;
    private final long deadlineNanos;
    private final Receiver receiver;
    private final Deque<Upstream> left;
    private @Nullable Upstream again;
    private @Nullable Upstream current;
    private @Nullable UpstreamCall call;
    private @Nullable Failure tellingFailure;
    private @Nullable Duration firstToken;
    private int calls;
    private boolean over;

    /**
     * @param headers passed on to the upstream
     * @param arrivedNanos when the request arrived, by {@link System#nanoTime}
     * @param deadline from then
     */
    public Dispatch(
            Upstreams upstreams,
            Ask ask,
            MultiMap headers,
            long arrivedNanos,
            Duration deadline,
            Receiver receiver) {
        this.vertx = upstreams.vertx();
        this.client = upstreams.client();
        this.limits = upstreams.limits();
        this.pool = upstreams.pool();
        this.ask = ask;
        this.headers = headers;
        this.arrivedNanos = arrivedNanos;
        this.deadlineNanos = arrivedNanos + deadline.toNanos();
        this.receiver = receiver;
        this.left = new ArrayDeque<>(pool.order(ask.model()));
    }

    /** Asks the first upstream. */
    public void start() {
        if (left.isEmpty()) {
            fail(pool.noneLeft(ask.model()));
        } else {
            next();
        }
    }

    /** The robot left: ends all work. */
    public void abandon() {
        stop(Failure.of(ABANDONED, "the robot left"));
    }

    /** The deadline passed: ends all work and answers. */
    public void expire() {
        stop(Failure.of(EXPIRED, "the deadline passed"));
    }

    private void stop(Failure failure) {
        if (over) {
            return;
        }
        if (call != null) {
            call.cancel();
            if (failure.kind() == EXPIRED && firstToken == null && current != null) {
                current.failed(ask, Failure.of(Failure.Kind.HUNG, "expired"), call.took());
            }
        }
        fail(failure);
    }

    private void next() {
        @Nullable Upstream upstream = left.poll();
        if (upstream != null) {
            ask(upstream);
        } else if (again != null && again.ready()) {
            Upstream second = again;
            again = null;
            vertx.setTimer(Math.max(1, limits.backOff().toMillis()), id -> ask(second));
        } else if (tellingFailure != null) {
            fail(tellingFailure);
        }
    }

    private void ask(Upstream upstream) {
        if (over) {
            return;
        }
        calls++;
        current = upstream;
        call = new UpstreamCall(vertx, client, limits, upstream, ask, this);
        call.start(share(), headers);
    }

    private Duration share() {
        long remaining = Math.max(0, deadlineNanos - System.nanoTime());
        Duration share = Duration.ofNanos(left.isEmpty() ? remaining : remaining / 2);
        return share.compareTo(limits.answer()) < 0 ? share : limits.answer();
    }

    @Override
    public void whole(Buffer body) {
        begun();
        over = true;
        receiver.whole(body, account());
    }

    @Override
    public void events(Buffer events) {
        if (firstToken == null) {
            begun();
        }
        receiver.events(events);
        if (!over && call != null && receiver.full()) {
            UpstreamCall paused = call;
            paused.pause();
            receiver.onDrain(paused::resume);
        }
    }

    @Override
    public void done() {
        over = true;
        receiver.done(account());
    }

    private void begun() {
        firstToken = Duration.ofNanos(System.nanoTime() - arrivedNanos);
        if (current != null && call != null) {
            current.answered(call.took());
        }
    }

    @Override
    public void failed(Failure failure) {
        if (over || current == null || call == null) {
            return;
        }
        current.failed(ask, failure, call.took());
        if (firstToken != null || !failure.kind().retriable()) {
            fail(failure);
            return;
        }
        if (again == null && calls <= 1 && PASSING.contains(failure.kind())) {
            again = current;
        }
        tellingFailure = moreTelling(tellingFailure, failure);
        next();
    }

    /** A limit that is reached says most: it tells when to come back. Else the latest counts. */
    private static Failure moreTelling(@Nullable Failure before, Failure now) {
        if (before == null || before.kind() != OVERLOADED) {
            return now;
        }
        if (now.kind() != OVERLOADED || now.retryAfter() == null) {
            return before;
        }
        boolean sooner =
                before.retryAfter() == null || now.retryAfter().compareTo(before.retryAfter()) < 0;
        return sooner ? now : before;
    }

    private void fail(Failure failure) {
        over = true;
        receiver.failed(failure, account());
    }

    private Account account() {
        Tokens tokens = call == null ? Tokens.NONE : call.tokens();
        return new Account(
                current == null ? null : current.name(),
                tokens,
                current == null ? 0 : current.microUsd(tokens),
                calls,
                firstToken);
    }
}
