package dev.outrider.gateway.robot;

import dev.outrider.gateway.robot.Token.Hash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The robots of this moment, in memory. {@link #refresh} is called every half second, so that what
 * one replica changes holds on every other within a second.
 */
public final class Roster {

    private static final Hash NOBODY = new Hash("0".repeat(64), Instant.MIN);

    private record Snapshot(
            long revision, Map<String, Robot> byName, Map<String, Robot> byCertificate) {}

    private final RobotStore store;
    private final InstantSource clock;
    private volatile Snapshot snapshot = new Snapshot(Long.MIN_VALUE, Map.of(), Map.of());

    public Roster(RobotStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Takes over what the store holds, if it changed. Blocks. */
    public void refresh() {
        long revision = store.revision();
        if (revision == snapshot.revision()) {
            return;
        }
        Map<String, Robot> byName = new HashMap<>();
        Map<String, Robot> byCertificate = new HashMap<>();
        for (Robot robot : store.all()) {
            byName.put(robot.name(), robot);
            robot.certificates().forEach(c -> byCertificate.put(c, robot));
        }
        snapshot = new Snapshot(revision, Map.copyOf(byName), Map.copyOf(byCertificate));
    }

    /** The robot whose valid token this is. */
    public Optional<Robot> holderOf(Token token) {
        @Nullable Robot robot = snapshot.byName().get(token.robot());
        List<Hash> hashes = robot == null ? List.of(NOBODY) : robot.tokens();
        boolean valid = token.isOneOf(hashes, clock.instant());
        return Optional.ofNullable(robot).filter(r -> valid && !r.revoked());
    }

    /** The robot of a client certificate that the TLS handshake has checked. */
    public Optional<Robot> holderOf(String certificateSha256) {
        return Optional.ofNullable(snapshot.byCertificate().get(certificateSha256))
                .filter(r -> !r.revoked());
    }

    /** Where robots are kept, shared by all replicas. Blocks. */
    public interface RobotStore {

        /** A number that grows with every {@link #save}, whichever replica did it. */
        long revision();

        List<Robot> all();

        /** Adds the robot or replaces the one of its name. */
        void save(Robot robot);
    }
}
