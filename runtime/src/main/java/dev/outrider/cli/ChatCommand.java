package dev.outrider.cli;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.llama.AnswerOptions;
import dev.outrider.ai.llama.Conversation;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.llama.Sampling;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Talks with a local model in the terminal, apart from any robot. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Talks with a local model; no robot is involved and nothing moves.",
            "One line is one message. /new forgets the conversation, /quit or Ctrl-D ends it."
        },
        footer = {"", "Example: echo \"What is a robot?\" | outrider chat --model smollm2"})
final class ChatCommand implements Callable<Integer> {

    private static final int LONGEST_ANSWER = 1024;

    private final ModelCatalogue catalogue;
    private final BufferedReader in;
    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description =
                    "A GGUF file, or a name of the catalogue (default: the first one that is"
                            + " here).")
    private @Nullable String model;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description =
                    "What the model can look back on (default: what it was trained for, at most "
                            + LlamaOptions.PROMISED_CONTEXT
                            + ").")
    private @Nullable Integer context;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute (default: as many as prove fastest).")
    private @Nullable Integer threads;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0.8",
            description =
                    "0 always says the likeliest, higher is more varied (default:"
                            + " ${DEFAULT-VALUE}).")
    private float temperature;

    ChatCommand() {
        this(
                ModelCatalogue.standard(),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }

    /**
     * @param terminal whether somebody types, who wants to be prompted
     */
    ChatCommand(ModelCatalogue catalogue, BufferedReader in, boolean terminal) {
        this.catalogue = catalogue;
        this.in = in;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NamedModel chosen = chosen();
        LlamaOptions load = load(chosen);
        try (Conversation conversation = Conversation.open(chosen.file(), load, answer(load))) {
            ChatScreen screen = new ChatScreen(spec.commandLine(), terminal);
            screen.begin(chosen.name(), load);
            return talk(conversation, screen);
        }
    }

    private int talk(Conversation conversation, ChatScreen screen) throws IOException {
        while (true) {
            screen.prompt();
            String said = in.readLine();
            if (said == null || said.strip().equals("/quit")) {
                return screen.end();
            }
            if (said.strip().equals("/new")) {
                conversation.restart();
            } else if (!said.isBlank()) {
                screen.show(conversation, said);
            }
        }
    }

    private NamedModel chosen() {
        return model == null
                ? NamedModel.anyChat(catalogue)
                : NamedModel.fetched(
                        model, catalogue, new PullProgress(spec.commandLine().getErr()));
    }

    private LlamaOptions load(NamedModel chosen) {
        LlamaOptions defaults = LlamaOptions.defaults();
        int trained =
                (int)
                        GgufFile.read(chosen.file())
                                .trainedContext()
                                .orElse(LlamaOptions.PROMISED_CONTEXT);
        try {
            return defaults.withContextTokens(
                            context == null
                                    ? Math.min(trained, LlamaOptions.PROMISED_CONTEXT)
                                    : context)
                    .withThreads(threads == null ? defaults.threads() : threads);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private AnswerOptions answer(LlamaOptions load) {
        try {
            int seed = ThreadLocalRandom.current().nextInt();
            Sampling sampling =
                    Sampling.random(temperature, seed)
                            .withTopK(40)
                            .withTopP(0.95f)
                            .withMinP(0.05f); // llama.cpp's defaults
            int most = Math.min(LONGEST_ANSWER, load.contextTokens() / 2); // small models ramble
            return AnswerOptions.of(most).withSampling(sampling);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private ParameterException wrong(IllegalArgumentException e) {
        return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
}
