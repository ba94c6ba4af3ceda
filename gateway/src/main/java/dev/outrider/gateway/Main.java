package dev.outrider.gateway;

import dev.outrider.gateway.cli.GatewayCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The entry point: reads the command line, and starts the service if that is what it asks for. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(GatewayCommand.execute(Main::serve, args));
    }

    /** Runs the service until it is stopped; its exit code. */
    private static int serve() {
        AtomicInteger exit = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> exit.set(end(code, failure)));
        return exit.get();
    }

    private static int end(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        System.err.println("outrider: the gateway could not start or broke: " + root.getMessage());
        return 1;
    }
}
