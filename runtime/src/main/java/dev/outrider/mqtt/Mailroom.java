package dev.outrider.mqtt;

import dev.outrider.codec.AnswerJson;
import dev.outrider.kernel.DeadLetters;
import dev.outrider.kernel.Intake;
import dev.outrider.kernel.JournalFailure;
import dev.outrider.kernel.Outbox;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Hands each message to whom it is for. What cannot be read is buried and answered; only a journal
 * that fails leaves a message unacknowledged, to come again.
 */
final class Mailroom {

    private final RequestReader reader;
    private final Intake intake;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final Announcements announcements;

    Mailroom(
            RequestReader reader,
            Intake intake,
            Outbox outbox,
            DeadLetters deadLetters,
            Announcements announcements) {
        this.reader = reader;
        this.intake = intake;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.announcements = announcements;
    }

    /** Completes once the message may be acknowledged. */
    CompletionStage<Void> handle(Delivery delivery) {
        Request request = reader.read(delivery);
        CompletionStage<Void> handled;
        try {
            handled = dispatch(delivery, request);
        } catch (RuntimeException e) {
            handled = CompletableFuture.failedStage(e);
        }
        return handled.exceptionallyCompose(e -> broken(delivery, request, cause(e)));
    }

    private CompletionStage<Void> dispatch(Delivery delivery, Request request) {
        return switch (request) {
            case Request.Do(var command, var timeAllowed) -> intake.command(command, timeAllowed);
            case Request.Cancel(var id, var client) -> intake.cancel(id, client);
            case Request.Reply(var id, var yes, var client) -> intake.answer(id, yes, client);
            case Request.Acknowledge(var id, var client) -> outbox.acknowledged(client, id);
            case Request.Unreadable unreadable -> bury(delivery, unreadable);
        };
    }

    private CompletionStage<Void> bury(Delivery delivery, Request.Unreadable request) {
        Problem problem = request.problem();
        String rule = problem.rule().isEmpty() ? "" : " (" + problem.rule() + ")";
        return deadLetters
                .bury(
                        delivery.topic(),
                        delivery.payload(),
                        problem.code().wireName() + ": " + problem.message() + rule)
                .thenRun(() ->
                        announcements.add(
                                request.client(),
                                request.id(),
                                AnswerJson.refused(request.id(), problem),
                                1));
    }

    /** A message that breaks something other than the journal would break it again. */
    private CompletionStage<Void> broken(Delivery delivery, Request request, Throwable cause) {
        if (cause instanceof JournalFailure || request instanceof Request.Unreadable) {
            return CompletableFuture.failedStage(cause);
        }
        System.getLogger(Mailroom.class.getName())
                .log(System.Logger.Level.ERROR, "a message broke the robot's intake", cause);
        Problem problem =
                new Problem(ErrorCode.INTERNAL, "the robot could not take this message: " + cause);
        return bury(
                delivery,
                switch (request) {
                    case Request.Do(var command, var t) ->
                            new Request.Unreadable(command.id(), command.client(), problem);
                    case Request.Cancel(var id, var client) ->
                            new Request.Unreadable(id, client, problem);
                    case Request.Reply(var id, var yes, var client) ->
                            new Request.Unreadable(id, client, problem);
                    case Request.Acknowledge(var id, var client) ->
                            new Request.Unreadable(id, client, problem);
                    case Request.Unreadable unreadable -> unreadable;
                });
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
