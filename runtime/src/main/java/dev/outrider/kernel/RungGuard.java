package dev.outrider.kernel;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A reasoner behind its circuit breaker, bulkhead and time limit. Safe on any thread. */
final class RungGuard {

    private final Reasoner reasoner;
    private final RungConfig config;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    RungGuard(Reasoner reasoner, RungConfig config) {
        this.reasoner = reasoner;
        this.config = config;
        String name = reasoner.rung().wireName();
        this.breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(config.window())
                                .minimumNumberOfCalls(config.leastCalls())
                                .failureRateThreshold(50)
                                .waitDurationInOpenState(config.pause())
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .build());
        this.bulkhead =
                Bulkhead.of(
                        name,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(config.concurrent())
                                .maxWaitDuration(Duration.ZERO)
                                .build());
    }

    Reasoner reasoner() {
        return reasoner;
    }

    Readiness readiness() {
        Readiness own = reasoner.readiness();
        if (own instanceof Readiness.Ready && breaker.getState() == CircuitBreaker.State.OPEN) {
            return new Readiness.Out(
                    reasoner.rung().wireName() + " failed repeatedly, its circuit breaker is open");
        }
        return own;
    }

    /**
     * Asks the reasoner on a thread of its own and waits no longer than its limit.
     *
     * @throws ReasoningFailure if it failed, ran out of time, is full or its breaker is open
     * @throws CancellationException if the command was cancelled
     */
    Thought think(Question question, Consumer<Action> decided, Cancellation command) {
        if (!breaker.tryAcquirePermission()) {
            throw ReasoningFailure.broke(name() + "'s circuit breaker is open");
        }
        if (!bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            throw ReasoningFailure.broke(name() + " is still busy with earlier questions");
        }
        long start = breaker.getCurrentTimestamp();
        try {
            Thought thought = limited(question, decided, command);
            breaker.onSuccess(elapsed(start), breaker.getTimestampUnit());
            return thought;
        } catch (CancellationException e) {
            breaker.releasePermission();
            throw e;
        } catch (ReasoningFailure failure) {
            breaker.onError(elapsed(start), breaker.getTimestampUnit(), failure);
            throw failure;
        }
    }

    private Thought limited(Question question, Consumer<Action> decided, Cancellation command) {
        Duration limit =
                question.timeLeft().compareTo(config.limit()) < 0
                        ? question.timeLeft()
                        : config.limit();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Thought> future = new CompletableFuture<>();
        command.onRequest(() -> future.cancel(false));
        Thread.ofVirtual()
                .name("think-" + name())
                .start(() ->
                        answer(future, question.after(List.of(), limit), decided, cancellation));
        try {
            return TimeLimiter.of(limit).executeFutureSupplier(() -> future);
        } catch (TimeoutException e) {
            throw ReasoningFailure.broke(
                    name() + " did not answer within " + limit.toMillis() + " ms", e);
        } catch (CancellationException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReasoningFailure.broke("the robot is shutting down", e);
        } catch (Exception e) {
            throw failure(e);
        } finally {
            cancellation.request("nobody waits for the answer");
        }
    }

    private void answer(
            CompletableFuture<Thought> future,
            Question question,
            Consumer<Action> decided,
            Cancellation cancellation) {
        Runnable end;
        try {
            Thought thought = reasoner.think(question, decided, cancellation);
            end = () -> future.complete(thought);
        } catch (Throwable e) {
            end = () -> future.completeExceptionally(failure(e));
        }
        bulkhead.onComplete(); // before the answer: who got it may ask again at once
        end.run();
    }

    private ReasoningFailure failure(Throwable e) {
        return e instanceof ReasoningFailure failure
                ? failure
                : ReasoningFailure.broke(name() + " failed: " + e, e);
    }

    private long elapsed(long start) {
        return breaker.getCurrentTimestamp() - start;
    }

    private String name() {
        return reasoner.rung().wireName();
    }
}
