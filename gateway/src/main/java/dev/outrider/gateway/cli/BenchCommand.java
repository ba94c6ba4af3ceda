package dev.outrider.gateway.cli;

import dev.outrider.gateway.bench.Bench;
import dev.outrider.gateway.bench.Report;
import dev.outrider.gateway.cli.GatewayCommand.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outrider bench gateway}. */
@Command(
        name = "bench",
        description = "Measures the gateway beside a plain relay, on this machine, in minutes.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Mixin private Output output = new Output();

    @Option(
            names = "--load-time",
            defaultValue = "PT2S",
            description = "Time of one turn at 64 clients, as PT2S.")
    private Duration loadTime = Duration.ofSeconds(2);

    @Option(
            names = "--crowd",
            paramLabel = "ROBOTS",
            defaultValue = "0",
            description = "Also streams to that many robots at once for a minute.")
    private int crowd;

    @Option(
            names = "--litellm",
            paramLabel = "PROGRAM",
            description =
                    "Also measures LiteLLM; gateway/src/test/clients/install.sh litellm installs it"
                            + " as gateway/target/clients/litellm/bin/litellm.")
    private @Nullable Path litellm;

    @Option(
            names = "--only",
            paramLabel = "FIGURE",
            split = ",",
            description =
                    "Only these: idle_memory, added_p50, requests_64, cpu_per_token, crowd, cancel,"
                            + " faults.")
    private Set<String> only = Set.of();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (litellm != null && !Files.isExecutable(litellm)) {
            throw new IllegalArgumentException("there is no program " + litellm);
        }
        Bench.Options options = new Bench.Options(loadTime, crowd, litellm, only);
        Path folder = Files.createTempDirectory("outrider-bench");
        try (Bench bench = new Bench(folder, options)) {
            List<Report.Figure> figures = bench.figures();
            print(output.json() ? Report.json(figures) : Report.text(figures));
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text);
        }
    }
}
