package dev.outrider.ai.catalogue;

import java.util.regex.Pattern;

/**
 * One pinned version of a registry package.
 *
 * @param client the package client that fetches it
 * @param name as the registry spells it; of Maven's, group and artifact with a colon between
 * @param version exact, never a range
 */
public record PackageRef(Client client, String name, String version) {
    private static final Pattern NAME =
            Pattern.compile(
                    "(@[a-z0-9][a-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?");
    private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9.+_-]*");

    /** The package clients the catalogue knows how to ask. */
    public enum Client {
        NPM,
        PIP,
        MAVEN
    }

    public PackageRef {
        if (!NAME.matcher(name).matches() || name.contains(":") != (client == Client.MAVEN)) {
            throw new IllegalArgumentException("not a package name: " + name);
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("not an exact version: " + version);
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
