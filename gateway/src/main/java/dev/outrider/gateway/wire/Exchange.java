package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.upstream.Ask;
import dev.outrider.gateway.upstream.Ask.Endpoint;
import dev.outrider.gateway.upstream.Dispatch;
import dev.outrider.gateway.upstream.Failure;
import dev.outrider.gateway.upstream.Pool.Upstreams;
import dev.outrider.gateway.upstream.Receiver;
import dev.outrider.gateway.upstream.Receiver.Account;
import dev.outrider.gateway.upstream.Receiver.Tokens;
import dev.outrider.gateway.wire.ApiError.Refusal;
import dev.outrider.gateway.wire.Wire.Services;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a model, from its head to the end of its answer: who asks, may it, and where does
 * the answer go. Its deadline runs from the first line, and ends whatever stage it is in.
 */
final class Exchange implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final List<String> PASSED_ON = List.of("traceparent", "tracestate", "baggage");
    private static final Account NOTHING_SPENT = new Account(null, Tokens.NONE, 0, 0, null);

    /** A robot's place is freed by itself this long after its deadline. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Context context;
    private final Upstreams upstreams;
    private final Services services;
    private final WireConfig limits;
    private final Endpoint endpoint;
    private final HttpServerRequest request;
    private final Reply reply;
    private final UsageDraft draft;
    private Duration deadline;
    private long timer;
    private @Nullable Dispatch dispatch;
    private Counters.@Nullable Lease lease;
    private boolean over;

    Exchange(WireVerticle home, Endpoint endpoint, HttpServerRequest request, UsageDraft draft) {
        this.vertx = home.vertx();
        this.context = home.context();
        this.upstreams = home.upstreams();
        this.services = home.services();
        this.limits = home.limits();
        this.endpoint = endpoint;
        this.request = request;
        this.draft = draft;
        this.reply = new Reply(vertx, request, draft.id());
        this.deadline = limits.deadline();
    }

    void begin() {
        request.response().closeHandler(v -> left());
        @Nullable ApiError early = deadlineError();
        Optional<Robot> robot = Optional.empty();
        if (early == null) {
            robot = new Door(services.roster()).robot(request);
            early = robot.isEmpty() ? ApiError.unauthenticated() : null;
        }
        timer = vertx.setTimer(Math.max(1, deadline.toMillis()), id -> expired());
        takeBody(robot, early);
    }

    private @Nullable ApiError deadlineError() {
        @Nullable String asked = request.getHeader("x-deadline-ms");
        if (asked == null) {
            return null;
        }
        if (!asked.matches("[1-9]\\d{0,8}")) {
            return ApiError.badRequest(
                    "The header x-deadline-ms must be 1 to 999999999 milliseconds.", null);
        }
        Duration wanted = Duration.ofMillis(Long.parseLong(asked));
        Duration longest = limits.longestDeadline();
        deadline = wanted.compareTo(longest) < 0 ? wanted : longest;
        return null;
    }

    private void takeBody(Optional<Robot> robot, @Nullable ApiError early) {
        Duration limit = deadline.compareTo(limits.body()) < 0 ? deadline : limits.body();
        BodyIntake.read(vertx, request, limits.maxBodyBytes(), limit, early == null)
                .onComplete(body -> {
                    if (early != null) {
                        refuse(early);
                    } else {
                        robot.ifPresent(r -> bodyRead(r, body));
                    }
                });
    }

    private void bodyRead(Robot robot, AsyncResult<Buffer> body) {
        if (over) {
            return;
        }
        try {
            draft.of(robot);
            if (body.failed()) {
                throw body.cause();
            }
            Ask ask = AskReader.read(endpoint, body.result());
            draft.of(ask, services.prompts());
            checkModel(robot, ask);
            if (!services.accepting().getAsBoolean()) {
                throw new Refusal(ApiError.auditBehind());
            }
            admit(robot, ask);
        } catch (Refusal e) {
            refuse(e.error());
        } catch (Throwable e) {
            LOG.error("request {} failed", draft.id(), e);
            refuse(ApiError.broken());
        }
    }

    private void checkModel(Robot robot, Ask ask) {
        if (!upstreams.pool().serves(ask.model())) {
            throw new Refusal(ApiError.noSuchModel(ask.model()));
        }
        if (!robot.mayUse(ask.model())) {
            throw new Refusal(ApiError.modelForbidden(ask.model()));
        }
    }

    private void admit(Robot robot, Ask ask) {
        if (robot.limits().unlimited()) {
            dispatch(ask);
            return;
        }
        var _ =
                services.counters()
                        .admit(robot, deadline.plus(LEASE_MARGIN))
                        .thenAccept(admission -> onLoop(() -> admitted(admission, ask)));
    }

    private void onLoop(Runnable step) {
        if (context.equals(Vertx.currentContext())) {
            step.run();
        } else {
            context.runOnContext(v -> step.run());
        }
    }

    private void admitted(Counters.Admission admission, Ask ask) {
        switch (admission) {
            case Counters.Admission.Granted granted when over ->
                    services.counters().settle(granted.lease(), 0, 0);
            case Counters.Admission.Granted granted -> {
                lease = granted.lease();
                dispatch(ask);
            }
            case Counters.Admission.Refused refused -> refuse(ApiError.of(refused));
            case Counters.Admission.Unknown unknown -> refuse(ApiError.countersGone());
        }
    }

    private void dispatch(Ask ask) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Request-Id", draft.id());
        for (String name : PASSED_ON) {
            @Nullable String value = request.getHeader(name);
            if (value != null) {
                headers.add(name, value);
            }
        }
        dispatch = new Dispatch(upstreams, ask, headers, draft.arrivedNanos(), deadline, this);
        dispatch.start();
    }

    private void expired() {
        if (dispatch != null) {
            dispatch.expire();
        } else {
            refuse(request.isEnded() ? ApiError.expired() : ApiError.bodyTooSlow());
        }
    }

    private void left() {
        if (dispatch != null) {
            dispatch.abandon();
        } else {
            finish(UsageDraft.LEFT, "abandoned", NOTHING_SPENT);
        }
    }

    private void refuse(ApiError error) {
        if (!over) {
            reply.error(error);
            finish(error.status(), error.code(), NOTHING_SPENT);
        }
    }

    @Override
    public void whole(Buffer body, Account account) {
        reply.json(body);
        finish(reply.status(), "done", account);
    }

    @Override
    public void events(Buffer events) {
        reply.events(events);
    }

    @Override
    public void done(Account account) {
        reply.end();
        finish(reply.status(), "done", account);
    }

    @Override
    public void failed(Failure failure, Account account) {
        if (failure.kind() == Failure.Kind.ABANDONED) {
            finish(UsageDraft.LEFT, "abandoned", account);
            return;
        }
        ApiError error = ApiError.of(failure);
        if (reply.begun()) {
            reply.breakOff(error);
        } else {
            reply.error(error);
        }
        finish(reply.status(), error.code(), account);
    }

    private void finish(int status, String outcome, Account account) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        if (lease != null) {
            services.counters().settle(lease, account.tokens().total(), account.microUsd());
        }
        draft.close(status, outcome, account).ifPresent(services.journal());
    }

    @Override
    public boolean full() {
        return reply.full();
    }

    @Override
    public void onDrain(Runnable drained) {
        reply.onDrain(drained);
    }
}
