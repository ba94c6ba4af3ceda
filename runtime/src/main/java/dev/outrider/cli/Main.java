package dev.outrider.cli;

import dev.outrider.StartupFailure;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.fit.FitException;
import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.hal.board.ProfileException;
import dev.outrider.hal.linux.LinuxException;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.intel.openvino.OpenVinoException;
import picocli.CommandLine;

/** The entry point of the {@code outrider} program. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 0 || !args[0].equals("run")) { // which starts Quarkus, and its log
            CommandLog.open();
        }
        System.exit(execute(args));
    }

    /**
     * Runs a command line and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage.
     */
    static int execute(String... args) {
        return commandLine(new Outrider()).execute(args);
    }

    /** A command with the habits of this program. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setExecutionExceptionHandler(Main::fail)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static int fail(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (isExplained(e)) {
            command.getErr().println("outrider: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    /** Failures whose message is one line with cause and way out; all others are defects. */
    private static boolean isExplained(Exception e) {
        return e instanceof CommandFailure
                || e instanceof ProfileException
                || e instanceof LinuxException
                || e instanceof StartupFailure
                || e instanceof CatalogueException
                || e instanceof FitException
                || e instanceof GgufException
                || e instanceof LlamaException
                || e instanceof SenseException
                || e instanceof OpenVinoException;
    }
}
