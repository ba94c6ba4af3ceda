package dev.outrider.gateway.cli;

import dev.outrider.gateway.bench.Relay;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outrider gateway}. */
@Command(
        name = "outrider gateway",
        description = "The cloud side: authenticates robots, meters them, passes reasoning on.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayCommand.Versions.class,
        subcommands = {RobotsCommand.class, BenchCommand.class})
public final class GatewayCommand implements Callable<Integer> {

    private final IntSupplier service;

    private GatewayCommand(IntSupplier service) {
        this.service = service;
    }

    /**
     * Runs the command line.
     *
     * @param service runs the service until it is stopped, and answers its exit code
     * @return the exit code
     */
    public static int execute(IntSupplier service, String... args) {
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
        return service.getAsInt();
    }

    /** How a command prints. */
    static final class Output {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        boolean json() {
            return json;
        }
    }

    /** The version in the jar's manifest. */
    static final class Versions implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Versions.class.getPackage().getImplementationVersion();
            return new String[] {
                "outrider gateway " + Objects.requireNonNullElse(version, "(built)")
            };
        }
    }
}
