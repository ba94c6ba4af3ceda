package dev.outrider.cli;

import dev.outrider.StartupFailure;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** The entry point of the {@code outrider} program. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /**
     * Runs a command line and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage.
     */
    static int execute(String... args) {
        return new CommandLine(new Outrider())
                .setExecutionExceptionHandler(Main::fail)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .execute(args);
    }

    private static int fail(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof CommandFailure || e instanceof StartupFailure) {
            command.getErr().println("outrider: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }
}
