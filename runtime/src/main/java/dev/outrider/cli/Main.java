package dev.outrider.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry point of the {@code outrider} program. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println("outrider " + args.length);
    }
}
