package dev.outrider.gateway.cli;

import dev.outrider.gateway.bench.Relay;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outrider gateway}. */
@Command(
        name = "outrider gateway",
        description = "The cloud side: authenticates robots, meters them, passes reasoning on.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {RobotsCommand.class, BenchCommand.class})
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

    @Command(
            name = "bench-relay",
            hidden = true,
            description = "The plain relay that bench measures beside the gateway.")
    int benchRelay(
            @Parameters(description = "Port to listen on.") int port,
            @Parameters(description = "Port to relay to.") int upstream)
            throws InterruptedException {
        Relay.run(port, upstream);
        Thread.currentThread().join();
        return CommandLine.ExitCode.OK;
    }

    @Command(description = "Runs the service until it is stopped (the default).")
    int run() {
        service.run();
        return CommandLine.ExitCode.OK;
    }
}
