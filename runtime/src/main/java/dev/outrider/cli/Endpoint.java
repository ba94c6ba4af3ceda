package dev.outrider.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a running robot listens, left in its data folder for the commands beside it. Only the
 * folder's owner can read it, which is what the token proves.
 */
record Endpoint(long pid, String robot, String mqtt, String http, String token) {

    private static final String FILE = "endpoint.json";

    /** The robot that runs on that data folder, if one does. */
    static Optional<Endpoint> find(Path data) {
        try {
            JsonNode json = PlanJson.MAPPER.readTree(Files.readString(data.resolve(FILE)));
            Endpoint endpoint =
                    new Endpoint(
                            json.path("pid").asLong(),
                            json.path("robot").asText(),
                            json.path("mqtt").asText(),
                            json.path("http").asText(),
                            json.path("token").asText());
            return Optional.of(endpoint).filter(e -> ProcessHandle.of(e.pid).isPresent());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + data.resolve(FILE) + ": " + e.getMessage());
        }
    }

    void write(Path data) throws IOException {
        ObjectNode json =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("pid", pid)
                        .put("robot", robot)
                        .put("mqtt", mqtt)
                        .put("http", http)
                        .put("token", token);
        Path fresh =
                Files.createTempFile(
                        data,
                        FILE,
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, json.toString());
        Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }
}
