package dev.outrider.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * What is logged under a command that does not start Quarkus, whose log would otherwise hold it
 * back for ever: warnings and errors, on standard error in the commands' own form.
 */
final class CommandLog {
    /** Held, or the log manager forgets its level. */
    private static final Logger DJL = Logger.getLogger("ai.djl");

    private CommandLog() {}

    static void open() {
        Logger.getLogger("").setLevel(Level.WARNING);
        DJL.setLevel(Level.SEVERE);
        var console =
                new ConsoleHandler(
                        ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter("outrider: %s%e%n"));
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
    }
}
