package dev.outrider.cli;

import dev.outrider.ai.llama.Conversation;
import dev.outrider.ai.llama.FinishReason;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.llama.LlamaOptions;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Shows a conversation: answers on standard output, everything about them on standard error. */
final class ChatScreen {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private boolean failed;

    ChatScreen(CommandLine command, boolean terminal) {
        out = command.getOut();
        err = command.getErr();
        this.terminal = terminal;
    }

    void begin(String model, LlamaOptions load) {
        String threads =
                switch (load.threads()) {
                    case LlamaOptions.MEASURED_THREADS -> "threads as they prove fastest";
                    case 1 -> "1 thread";
                    default -> load.threads() + " threads";
                };
        err.println(
                String.format(
                        Locale.ROOT,
                        "%s, context %d tokens, %s; /new forgets, /quit ends",
                        model,
                        load.contextTokens(),
                        threads));
    }

    void prompt() {
        if (terminal) {
            err.print("> ");
            err.flush();
        }
    }

    /** Shows the answer while it comes; one that fails does not end the conversation. */
    void show(Conversation conversation, String said) {
        try {
            Conversation.Answer answer = conversation.ask(said, this::piece);
            out.println();
            err.println(summary(answer));
        } catch (LlamaException e) {
            failed = true;
            out.println();
            err.println("outrider: " + e.getMessage() + "; /new forgets the conversation");
        }
    }

    /** The exit code. */
    int end() {
        if (terminal) {
            err.println();
        }
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void piece(String text) {
        out.print(text);
        out.flush();
    }

    private static String summary(Conversation.Answer answer) {
        StringBuilder text = new StringBuilder("[");
        answer.tokensPerSecond()
                .ifPresent(
                        speed -> text.append(String.format(Locale.ROOT, "%.1f tokens/s, ", speed)));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d tokens, the first after %.2f s, %d of %d prompt tokens reused]",
                        answer.completion().generatedTokens(),
                        answer.first().toNanos() / 1e9,
                        answer.completion().reusedTokens(),
                        answer.completion().promptTokens()));
        return answer.completion().reason() == FinishReason.LENGTH
                ? text + " cut short: an answer may be no longer"
                : text.toString();
    }
}
