package dev.outrider.gateway.cli;

import picocli.CommandLine.Option;

/** How a command prints. */
final class Output {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    boolean json() {
        return json;
    }
}
