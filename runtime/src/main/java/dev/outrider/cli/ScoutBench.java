package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.scout.ScoutModel;
import dev.outrider.cli.InstructionSet.Item;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.CrossCheck.Opinion;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.Capability;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Rung;
import dev.outrider.reason.LocalReasoner;
import dev.outrider.reason.ReflexReasoner;
import dev.outrider.reason.TwoReaders;
import dev.outrider.reason.language.ClauseParser;
import dev.outrider.reason.language.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the readers of instructions on sets of sentences. */
@Command(
        name = "scout",
        mixinStandardHelpOptions = true,
        description = {
            "Scores how instructions are understood: the parser, the local model, and both"
                    + " together",
            "as the robot uses them. A plan counts only if it is right in every action and value.",
            "Without --set, the sets that come with this build are scored."
        })
final class ScoutBench implements Callable<Integer> {

    private static final TwoReaders READERS =
            new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.LOCAL));

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Map<String, String> SHIPPED =
            Map.of(
                    "learn", "exact",
                    "in_distribution", "in_distribution",
                    "templates", "templates",
                    "unseen", "unseen");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "FILE",
            description = "An instruction set, JSON lines; may be given more than once.")
    private List<Path> sets = List.of();

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            defaultValue = ScoutModel.NAME,
            description = "The local model (default: ${DEFAULT-VALUE}); none scores the parser.")
    private String model = ScoutModel.NAME;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the model (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + Integer.MAX_VALUE,
            description = "The most sentences a set, taken evenly (default: all).")
    private int limit;

    @Option(names = "--wrong", description = "List what was read wrongly.")
    private boolean wrong;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** One sentence, as each reader took it; what it took in milliseconds. */
    private record Read(
            Item item,
            Thought parser,
            double parserMillis,
            @Nullable Thought model,
            double modelMillis,
            Thought whole,
            boolean auto,
            boolean broke) {}

    @Override
    public Integer call() {
        Map<String, InstructionSet> named = named();
        ObjectNode figures = PlanJson.MAPPER.createObjectNode();
        try (LocalReasoner local = local()) {
            named.forEach((name, set) -> report(name, read(set, local), figures));
        } catch (CatalogueException | LlamaException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        if (json) {
            ObjectNode machine = PlanJson.MAPPER.createObjectNode();
            machine.put("cores", Runtime.getRuntime().availableProcessors());
            machine.put("arch", System.getProperty("os.arch")).put("threads", threads);
            machine.put("model", model);
            ObjectNode all = PlanJson.MAPPER.createObjectNode().put("name", "scout");
            all.set("machine", machine);
            all.set("figures", figures);
            out().println(all);
        }
        return 0;
    }

    private Map<String, InstructionSet> named() {
        Map<String, InstructionSet> named = new LinkedHashMap<>();
        for (Path file : sets) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                named.put(
                        file.getFileName().toString(), InstructionSet.read(file.toString(), lines));
            } catch (IOException e) {
                throw new CommandFailure("the set " + file + " cannot be read: " + e.getMessage());
            }
        }
        if (sets.isEmpty()) {
            for (String name : List.of("learn", "in_distribution", "templates", "unseen")) {
                named.put(name, shipped(name));
            }
        }
        return named;
    }

    private static InstructionSet shipped(String name) {
        try (InputStream stream = ScoutModel.class.getResourceAsStream("sets/" + name + ".jsonl")) {
            if (stream == null) {
                throw new CommandFailure("this build carries no set " + name);
            }
            return InstructionSet.read(
                    name,
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new CommandFailure("the set " + name + " of this build is damaged: " + e);
        }
    }

    private @Nullable LocalReasoner local() {
        if (model.equals("none")) {
            return null;
        }
        ModelCatalogue catalogue = ModelCatalogue.standard();
        if (model.equals(ScoutModel.NAME)) {
            Path base = NamedModel.present(ScoutModel.NAME, catalogue).file();
            return LocalReasoner.scout(
                    base, ScoutModel.options(CacheFolder.standard()).withThreads(threads));
        }
        NamedModel named = NamedModel.present(model, catalogue);
        return LocalReasoner.load(
                named.name(),
                named.file(),
                LlamaOptions.defaults().withContextTokens(4096).withThreads(threads));
    }

    // --------------------------------------------------------------------------------- reading

    /** Robot by robot, as a robot reads sentence after sentence with its own list in memory. */
    private List<Read> read(InstructionSet set, @Nullable LocalReasoner local) {
        int step = Math.max(1, (set.items().size() + limit - 1) / limit);
        Map<List<Capability>, List<Item>> robots = new LinkedHashMap<>();
        for (int i = 0; i < set.items().size(); i += step) {
            Item item = set.items().get(i);
            robots.computeIfAbsent(item.capabilities(), c -> new ArrayList<>()).add(item);
        }
        List<Read> all = new ArrayList<>();
        for (List<Item> items : robots.values()) {
            if (local != null) {
                judged(question(items.getFirst()), local);
            }
            Item any = items.getFirst();
            ClauseParser parser = new ClauseParser(any.capabilities(), any.places());
            parser.read(any.instruction());
            items.forEach(item -> all.add(read(item, parser, local)));
        }
        return all;
    }

    private Read read(Item item, ClauseParser parser, @Nullable LocalReasoner local) {
        Question question = question(item);
        long start = System.nanoTime();
        Reading reading = parser.read(item.instruction());
        double parserMillis = (System.nanoTime() - start) / 1e6;
        Thought parsed =
                reading.plan().isEmpty()
                        ? new Thought.Asks(reading.question())
                        : new Thought.Planned(reading.plan(), reading.confidence());
        start = System.nanoTime();
        Optional<Thought> judged = local == null ? Optional.empty() : judged(question, local);
        double modelMillis = local == null ? 0 : (System.nanoTime() - start) / 1e6;
        Opinion opinion =
                judged.isPresent()
                        ? READERS.weigh(question, Rung.LOCAL, judged.get())
                        : READERS.weigh(question, Rung.REFLEX, alone(question));
        return new Read(
                item,
                item.gated(parsed),
                parserMillis,
                judged.map(item::gated).orElse(null),
                modelMillis,
                item.gated(
                        switch (opinion) {
                            case Opinion.Settled(Thought thought, var accord) -> thought;
                            case Opinion.Unsure(Plan plan, String readBack, var accord) ->
                                    new Thought.Planned(plan);
                        }),
                opinion instanceof Opinion.Settled,
                local != null && judged.isEmpty());
    }

    /** The reflex rung, which answers where there is no model or it broke. */
    private static Thought alone(Question question) {
        return new ReflexReasoner().think(question, action -> {}, new Cancellation());
    }

    /** What the model makes of it; empty if its answer could not be read. */
    private static Optional<Thought> judged(Question question, LocalReasoner local) {
        try {
            return Optional.of(local.think(question, action -> {}, new Cancellation()));
        } catch (ReasoningFailure failure) {
            return Optional.empty();
        }
    }

    static Question question(Item item) {
        return new Question(
                item.instruction(),
                item.capabilities(),
                item.places(),
                InstructionSet.AT_REST,
                List.of(),
                "",
                LIMIT);
    }

    // ------------------------------------------------------------------------------- reporting

    /** One of the readers, to be scored. */
    private record View(
            String suffix, Function<Read, Thought> thought, ToDoubleFunction<Read> millis) {}

    private void report(String set, List<Read> reads, ObjectNode figures) {
        List<View> views = new ArrayList<>();
        views.add(new View("", Read::whole, r -> r.parserMillis() + r.modelMillis()));
        views.add(new View("_parser", Read::parser, Read::parserMillis));
        if (reads.getFirst().model() != null) {
            views.add(new View("_model", r -> shown(r.model()), Read::modelMillis));
        }
        String prefix = SHIPPED.getOrDefault(set, "exact");
        for (View view : views) {
            if (prefix.equals("exact")) {
                figures(view, reads, figures);
            } else {
                put(figures, prefix + view.suffix(), share(reads, r -> right(r, view)), "ratio");
            }
        }
        if (!json) {
            print(set, views, reads);
        }
    }

    private static Thought shown(@Nullable Thought thought) {
        return thought == null ? new Thought.Asks("") : thought;
    }

    private static boolean right(Read read, View view) {
        return read.item().isRight(view.thought().apply(read));
    }

    private void figures(View view, List<Read> reads, ObjectNode figures) {
        for (String language : List.of("en", "es")) {
            List<Read> own =
                    reads.stream().filter(r -> r.item().language().equals(language)).toList();
            put(
                    figures,
                    "exact_" + language + view.suffix(),
                    share(own, r -> right(r, view)),
                    "ratio");
        }
        put(figures, "valid" + view.suffix(), share(reads, r -> valid(r, view)), "ratio");
        put(figures, "latency" + view.suffix(), median(reads, view.millis()), "ms");
        if (view.suffix().isEmpty()) {
            List<Read> auto = auto(reads);
            put(figures, "auto_right", share(auto, r -> right(r, view)), "ratio");
            put(figures, "auto_coverage", coverage(reads), "ratio");
            put(figures, "moved_wrongly", (double) movedWrongly(auto, view), "sentences");
        }
    }

    /** Plans that were carried out without asking. */
    private static List<Read> auto(List<Read> reads) {
        return reads.stream()
                .filter(r -> r.auto() && r.whole() instanceof Thought.Planned)
                .toList();
    }

    /** Of the sentences that want something done, how many were done without asking. */
    private static double coverage(List<Read> reads) {
        List<Read> wanting = reads.stream().filter(r -> r.item().wantsAction()).toList();
        return share(wanting, r -> r.auto() && r.whole() instanceof Thought.Planned);
    }

    /** Of the plans carried out, those for a sentence after which nothing may move. */
    private static long movedWrongly(List<Read> auto, View view) {
        return auto.stream().filter(r -> !r.item().wantsAction() && !right(r, view)).count();
    }

    private static boolean valid(Read read, View view) {
        boolean broken = read.broke() && view.suffix().equals("_model");
        return !broken && read.item().isValid(view.thought().apply(read));
    }

    private static double share(List<Read> reads, Predicate<Read> holds) {
        return reads.isEmpty()
                ? Double.NaN
                : (double) reads.stream().filter(holds).count() / reads.size();
    }

    private static double median(List<Read> reads, ToDoubleFunction<Read> value) {
        double[] sorted = reads.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static void put(ObjectNode figures, String name, double value, String unit) {
        if (!Double.isNaN(value)) {
            figures.putObject(name)
                    .put("value", Math.round(value * 10_000) / 10_000.0)
                    .put("unit", unit);
        }
    }

    private void print(String set, List<View> views, List<Read> reads) {
        out().printf("%s: %d sentences%n", set, reads.size());
        line(
                "",
                views.stream()
                        .map(v -> v.suffix().isEmpty() ? "whole" : v.suffix().substring(1))
                        .toList());
        Map<String, List<Read>> parts = new LinkedHashMap<>();
        parts.put("all", reads);
        for (String language : List.of("en", "es")) {
            parts.put(
                    language,
                    reads.stream().filter(r -> r.item().language().equals(language)).toList());
        }
        Map<String, List<Read>> categories = new TreeMap<>(Comparator.naturalOrder());
        reads.forEach(r ->
                categories.computeIfAbsent(r.item().category(), c -> new ArrayList<>()).add(r));
        parts.putAll(categories);
        parts.forEach((part, own) -> {
            if (!own.isEmpty()) {
                line(
                        part + " (" + own.size() + ")",
                        views.stream().map(v -> percent(share(own, r -> right(r, v)))).toList());
            }
        });
        line("valid", views.stream().map(v -> percent(share(reads, r -> valid(r, v)))).toList());
        line(
                "median ms",
                views.stream().map(v -> "%.1f".formatted(median(reads, v.millis()))).toList());
        List<Read> auto = auto(reads);
        out().printf(
                        "  run without asking: %d, %s of those wanting something done; %s right; %d"
                                + " although nothing should be done%n%n",
                        auto.size(),
                        percent(coverage(reads)),
                        percent(share(auto, r -> right(r, views.getFirst()))),
                        movedWrongly(auto, views.getFirst()));
        if (wrong) {
            reads.stream().filter(r -> !right(r, views.getFirst())).forEach(this::explain);
        }
    }

    private void explain(Read read) {
        out().printf(
                        "%s%s %s | %s%n    wanted %s%n    parser %s%n    model  %s%n",
                        read.auto() ? "! " : "  ",
                        read.item().category(),
                        read.item().language(),
                        read.item().instruction(),
                        read.item().expect().getFirst(),
                        text(read.parser()),
                        text(shown(read.model())));
    }

    private static String text(Thought thought) {
        return switch (thought) {
            case Thought.Asks(String question) -> "asks: " + question;
            case Thought.Declines(Problem problem) -> "declines: " + problem.message();
            case Thought.Planned(Plan plan, double sure) ->
                    "%s (%.2f)".formatted(PlanJson.json(plan), sure);
        };
    }

    private void line(String name, List<String> columns) {
        StringBuilder line = new StringBuilder("  %-22s".formatted(name));
        columns.forEach(c -> line.append(" %9s".formatted(c)));
        out().println(line);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : "%.1f %%".formatted(100 * share).toString();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
