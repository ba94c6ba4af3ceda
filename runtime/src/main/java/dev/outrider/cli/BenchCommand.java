package dev.outrider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measurements that anybody can repeat. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine; every figure can be had as JSON.",
        footer = {"", "\"outrider bench gateway\" measures the cloud side."},
        subcommands = {
            HalBenchCommand.class,
            LlamaBenchCommand.class,
            OpenVinoBenchCommand.class,
            ScoutBench.class,
            VoiceBench.class
        })
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
