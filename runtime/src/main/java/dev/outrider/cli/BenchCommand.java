package dev.outrider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures parts of the house; each bench is a command of its own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part of Outrider on this machine.",
        subcommands = {ScoutBench.class})
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to measure");
    }
}
