package dev.outrider.cli;

import dev.outrider.Robot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's root. */
@Command(
        name = "outrider",
        mixinStandardHelpOptions = true,
        versionProvider = Outrider.Version.class,
        description = "A robot's runtime that keeps its head when the network goes.",
        footer = {
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.",
            "From a source checkout, \"outrider test\" builds everything and runs the tests, and",
            "\"outrider gateway\" runs the cloud side."
        },
        subcommands = {
            RunCommand.class,
            SendCommand.class,
            WatchCommand.class,
            EstopCommand.class,
            CheckCommand.class,
            ModelsCommand.class,
            ChatCommand.class,
            QuantizeCommand.class,
            BoardCommand.class,
            BenchCommand.class,
            SeeCommand.class,
            HearCommand.class,
            SayCommand.class,
            CommandLine.HelpCommand.class
        })
final class Outrider implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** The version of this build. */
    static String version() {
        try (InputStream stream = Robot.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(stream, "version.properties"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"outrider " + version()};
        }
    }
}
