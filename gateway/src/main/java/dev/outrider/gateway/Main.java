package dev.outrider.gateway;

import dev.outrider.gateway.cli.GatewayCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry point: reads the command line, and starts the service if that is what it asks for. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(GatewayCommand.execute(() -> Quarkus.run(), args));
    }
}
