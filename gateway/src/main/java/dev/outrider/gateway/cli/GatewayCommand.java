package dev.outrider.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code outrider gateway}. */
@Command(
        name = "outrider gateway",
        description = "The cloud side: authenticates robots, meters them, passes reasoning on.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {RobotsCommand.class})
public final class GatewayCommand implements Callable<Integer> {

    private final Runnable service;

    private GatewayCommand(Runnable service) {
        this.service = service;
    }

    /**
     * Runs the command line.
     *
     * @param service the service, until it is stopped
     * @return the exit code
     */
    public static int execute(Runnable service, String... args) {
        CommandLine line = new CommandLine(new GatewayCommand(service));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(args);
    }

    /** Without a command the service runs. */
    @Override
    public Integer call() {
        return run();
    }

    @Command(description = "Runs the service until it is stopped (the default).")
    int run() {
        service.run();
        return CommandLine.ExitCode.OK;
    }
}
