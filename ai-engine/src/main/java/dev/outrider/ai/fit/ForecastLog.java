package dev.outrider.ai.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was forecast of models on this machine, beside what was then measured: a text file, one JSON
 * object a line, the oldest dropped beyond {@value #KEPT}. A line that makes no sense is passed
 * over, so that a file cut by a power failure costs one line.
 */
public final class ForecastLog {
    /** Name of the figure for tokens of a prompt read per second. */
    public static final String PROMPT = "prompt";

    /** Name of the figure for tokens generated per second. */
    public static final String GENERATION = "generation";

    /** Name of the figure for bytes of memory taken by the loaded model. */
    public static final String MEMORY = "memory";

    private static final int KEPT = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** A figure in its two versions, in the same unit, both above zero. */
    public record Pair(double predicted, double measured) {
        public Pair {
            if (!(predicted > 0 && predicted < Double.POSITIVE_INFINITY)
                    || !(measured > 0 && measured < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "no forecast to learn from: %s predicted, %s measured"
                                .formatted(predicted, measured));
            }
        }

        /** How far the forecast was off, as a share of what was measured. */
        public double error() {
            return Math.abs(predicted - measured) / measured;
        }
    }

    /**
     * One run.
     *
     * @param model its name, for people
     * @param context tokens of context it was loaded with
     * @param threads that computed
     * @param figures by name, such as {@link #GENERATION}
     */
    public record Run(
            Instant at, String model, int context, int threads, Map<String, Pair> figures) {
        public Run {
            figures = Map.copyOf(figures);
        }
    }

    /**
     * How far forecasts of a figure were off so far, as shares of what was measured.
     *
     * @param runs it is known from, at least one
     */
    public record PastError(int runs, double median, double worst) {}

    public ForecastLog(Path file) {
        this.file = file;
    }

    /** The one of this user on this machine. */
    public static ForecastLog standard(CacheFolder cache) {
        return new ForecastLog(cache.root().resolve("forecasts.jsonl"));
    }

    /**
     * Adds a run.
     *
     * @throws FitException if the file cannot be written
     */
    public void append(Run run) {
        var runs = new ArrayList<>(runs());
        runs.add(run);
        var lines = new StringBuilder();
        for (Run kept : runs.subList(Math.max(0, runs.size() - KEPT), runs.size())) {
            lines.append(line(kept)).append('\n');
        }
        try {
            var folder = Files.createDirectories(file.toAbsolutePath().getParent());
            var next = Files.createTempFile(folder, "forecasts", ".new");
            Files.writeString(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FitException("could not note the forecast in " + file + ": " + e);
        }
    }

    /**
     * All runs, the oldest first; none if there is no file.
     *
     * @throws FitException if there is a file that cannot be read
     */
    public List<Run> runs() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(ForecastLog::run)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new FitException("could not read earlier forecasts from " + file + ": " + e);
        }
    }

    /** How far forecasts of a figure were off, unless none was measured yet. */
    public Optional<PastError> pastError(String figure) {
        var errors =
                runs().stream()
                        .filter(run -> run.figures().containsKey(figure))
                        .mapToDouble(run -> run.figures().get(figure).error())
                        .sorted()
                        .toArray();
        int count = errors.length;
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new PastError(
                                count,
                                (errors[(count - 1) / 2] + errors[count / 2]) / 2,
                                errors[count - 1]));
    }

    private static String line(Run run) {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("at", run.at().toString())
                        .put("model", run.model())
                        .put("context", run.context())
                        .put("threads", run.threads());
        var figures = json.putObject("figures");
        run.figures()
                .forEach((name, pair) ->
                        figures.putObject(name)
                                .put("predicted", pair.predicted())
                                .put("measured", pair.measured()));
        return json.toString();
    }

    private static Optional<Run> run(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            var figures = new LinkedHashMap<String, Pair>();
            for (var figure : json.path("figures").properties()) {
                figures.put(
                        figure.getKey(),
                        new Pair(
                                figure.getValue().path("predicted").asDouble(),
                                figure.getValue().path("measured").asDouble()));
            }
            return Optional.of(
                    new Run(
                            Instant.parse(json.path("at").asText()),
                            json.path("model").asText(),
                            json.path("context").asInt(),
                            json.path("threads").asInt(),
                            figures));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
