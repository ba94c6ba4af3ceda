package dev.outrider.gateway.robot;

import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Roster.RobotStore;
import dev.outrider.gateway.robot.Token.Hash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What an owner does with robots. Blocks. Refusals are {@link IllegalArgumentException}s. */
public final class Registrar {

    private final RobotStore store;
    private final InstantSource clock;

    public Registrar(RobotStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public List<Robot> all() {
        return store.all();
    }

    public Optional<Robot> named(String name) {
        return store.all().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** A new robot and its token; a revoked robot's name may be used again. */
    public Token add(String name, Set<String> models, Limits limits, Set<String> certificates) {
        if (named(name).filter(r -> !r.revoked()).isPresent()) {
            throw new IllegalArgumentException(
                    "robot " + name + " exists already; rotate its token or revoke it first");
        }
        Token token = Token.newFor(name);
        List<Hash> tokens = List.of(token.hash(Instant.MAX));
        store.save(new Robot(name, models, limits, tokens, certificates, false));
        return token;
    }

    /** A new token; those of before stay valid for {@code grace}. */
    public Token rotate(String name, Duration grace) {
        Token token = Token.newFor(name);
        Instant end = clock.instant().plus(grace);
        change(name, robot -> robot.withTokens(rotated(robot, token, end)));
        return token;
    }

    private List<Hash> rotated(Robot robot, Token token, Instant end) {
        List<Hash> tokens = new ArrayList<>();
        tokens.add(token.hash(Instant.MAX));
        for (Hash old : robot.tokens()) {
            Instant until = old.validUntil().isBefore(end) ? old.validUntil() : end;
            if (until.isAfter(clock.instant())) {
                tokens.add(new Hash(old.sha256(), until));
            }
        }
        return tokens;
    }

    /** Ends all tokens and certificates of the robot. */
    public void revoke(String name) {
        change(name, Robot::shutOut);
    }

    public void change(String name, UnaryOperator<Robot> change) {
        Robot robot =
                named(name)
                        .filter(r -> !r.revoked())
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no robot " + name));
        store.save(change.apply(robot));
    }
}
