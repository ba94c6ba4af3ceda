package dev.outrider.gateway.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** The SQL database, its schema up to date. */
public final class Database implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A unit of work on one connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final AgroalDataSource source;

    private Database(AgroalDataSource source) {
        this.source = source;
    }

    /** Connects, creates the embedded database where there is none, and migrates the schema. */
    public static Database open(StateConfig config) {
        try {
            String url = config.jdbcUrl().isPresent() ? config.jdbcUrl().get() : embedded(config);
            AgroalDataSource source = AgroalDataSource.from(settings(url, config));
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(source);
        } catch (SQLException | IOException e) {
            throw new StoreFailure("open the database", e);
        }
    }

    /** The folder of the state; made, for its owner alone, where there is none. */
    public static Path folder(StateConfig config) throws IOException {
        Path folder = config.folder().toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            FileAttribute<?> onlyItsOwner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, onlyItsOwner);
        }
        return folder;
    }

    private static String embedded(StateConfig config) throws IOException {
        Path folder = folder(config);
        return "jdbc:sqlite:"
                + folder.resolve("gateway.db")
                + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout="
                + PATIENCE.toMillis()
                + "&transaction_mode=IMMEDIATE";
    }

    private static AgroalDataSourceConfigurationSupplier settings(String url, StateConfig config)
            throws IOException {
        Optional<String> password =
                config.passwordFile().isPresent()
                        ? Files.readAllLines(config.passwordFile().get()).stream().findFirst()
                        : config.password();
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(pool ->
                        pool.maxSize(4)
                                .acquisitionTimeout(PATIENCE)
                                .validateOnBorrow(true)
                                .connectionFactoryConfiguration(factory -> {
                                    factory.jdbcUrl(url);
                                    config.user()
                                            .map(NamePrincipal::new)
                                            .ifPresent(factory::principal);
                                    password.map(SimplePassword::new)
                                            .ifPresent(factory::credential);
                                    return factory;
                                }));
    }

    /**
     * Runs the work in one transaction.
     *
     * @param attempted what it does, as in "save robot rover"
     */
    <T> T inTransaction(String attempted, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreFailure(attempted, e);
        }
    }

    /** Runs the work, which only reads. */
    <T> T read(String attempted, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new StoreFailure(attempted, e);
        }
    }

    @Override
    public void close() {
        source.close();
    }

    /** The database did not do what was asked; the message says what that was. */
    public static final class StoreFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoreFailure(String attempted, Throwable cause) {
            super("could not " + attempted + ": " + cause.getMessage(), cause);
        }
    }
}
