package dev.outrider.gateway.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.gateway.robot.Robot.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final String CERTIFICATE = "ab".repeat(32);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeRobotStore store = new FakeRobotStore();
    private final Registrar registrar = new Registrar(store, clock);
    private final Roster roster = new Roster(store, clock);

    @Test
    void knowsARobotByItsTokenAndCertificate() {
        Token token = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of(CERTIFICATE));
        roster.refresh();

        assertThat(roster.holderOf(token)).map(Robot::name).hasValue("rover");
        assertThat(roster.holderOf(CERTIFICATE)).map(Robot::name).hasValue("rover");
        assertThat(roster.holderOf("cd".repeat(32))).isEmpty();
    }

    @Test
    void keepsNoTokenOnlyItsHash() {
        Token token = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of());

        assertThat(store.all().toString()).doesNotContain(token.reveal());
        assertThat(token.toString()).doesNotContain(token.reveal());
        assertThat(token.reveal()).startsWith("otr_rover_").hasSize(10 + 43);
    }

    @Test
    void acceptsBothTokensWhileARotationIsUnderWay() {
        Token first = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of());
        Token second = registrar.rotate("rover", Duration.ofHours(1));
        roster.refresh();

        assertThat(roster.holderOf(first)).isPresent();
        assertThat(roster.holderOf(second)).isPresent();
        clock.advance(Duration.ofHours(1));
        assertThat(roster.holderOf(first)).isEmpty();
        assertThat(roster.holderOf(second)).isPresent();
    }

    @Test
    void shutsARevokedRobotOut() {
        Token token = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of(CERTIFICATE));
        registrar.revoke("rover");
        roster.refresh();

        assertThat(roster.holderOf(token)).isEmpty();
        assertThat(roster.holderOf(CERTIFICATE)).isEmpty();
        assertThatThrownBy(() -> registrar.rotate("rover", Duration.ZERO))
                .hasMessage("there is no robot rover");
    }

    @Test
    void refusesTokensOfOthersAndNone() {
        Token token = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of());
        registrar.add("scout", Set.of(), Limits.UNLIMITED, Set.of());
        roster.refresh();

        String stolen = token.reveal().replace("otr_rover_", "otr_scout_");
        for (String text :
                new String[] {stolen, "", "otr_", "otr_rover_", "sk-x", "otr_nobody_x"}) {
            assertThat(Token.inHeader("Bearer " + text).flatMap(roster::holderOf)).isEmpty();
        }
        assertThat(Token.inHeader("Basic cm92ZXI6eA==")).isEmpty();
        assertThat(Token.inHeader("bearer " + token.reveal()).flatMap(roster::holderOf))
                .map(Robot::name)
                .isEqualTo(Optional.of("rover"));
    }

    @Test
    void refusesANameInUseAndAllowsARevokedOnes() {
        registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of());

        assertThatThrownBy(() -> registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of()))
                .hasMessageContaining("exists already");
        registrar.revoke("rover");
        Token again = registrar.add("rover", Set.of(), Limits.UNLIMITED, Set.of());
        roster.refresh();
        assertThat(roster.holderOf(again)).isPresent();
    }

    @Test
    void refusesNamesThatDoNotFitATokenOrAPath() {
        for (String name : new String[] {"", "Rover", "a_b", "../x", "-a", "a".repeat(64)}) {
            assertThatThrownBy(() -> registrar.add(name, Set.of(), Limits.UNLIMITED, Set.of()))
                    .hasMessageContaining("1 to 63 lower-case letters");
        }
    }
}
