package dev.outrider.ai.catalogue;

import java.util.regex.Pattern;

/**
 * One pinned version of a registry package.
 *
 * @param client the package client that fetches it
 * @param name as the registry spells it
 * @param version exact, never a range
 * @param wheel for a wheel that is not for every Python and platform: those of the one meant, such
 *     as {@code cp311-manylinux_2_28_x86_64}; else empty
 */
public record PackageRef(Client client, String name, String version, String wheel) {
    private static final Pattern NAME =
            Pattern.compile(
                    "(@[a-z0-9][a-z0-9._-]*/|[a-z0-9][a-z0-9.-]*:)?[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9.+_-]*");
    private static final Pattern WHEEL = Pattern.compile("(cp3[0-9]+-[a-z0-9_]+)?");

    /** The package clients the catalogue knows how to ask. */
    public enum Client {
        NPM,
        PIP,
        /** Names are {@code group:artifact}. */
        MAVEN
    }

    /** A package that is the same everywhere. */
    public PackageRef(Client client, String name, String version) {
        this(client, name, version, "");
    }

    public PackageRef {
        if (!NAME.matcher(name).matches() || name.contains(":") != (client == Client.MAVEN)) {
            throw new IllegalArgumentException("not a package name: " + name);
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("not an exact version: " + version);
        }
        if (!WHEEL.matcher(wheel).matches()) {
            throw new IllegalArgumentException("not a Python and a platform: " + wheel);
        }
    }

    @Override
    public String toString() {
        return wheel.isEmpty() ? name + " " + version : name + " " + version + " " + wheel;
    }
}
