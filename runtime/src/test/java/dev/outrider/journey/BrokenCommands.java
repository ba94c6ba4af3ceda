package dev.outrider.journey;

import java.util.Random;

/** Commands that are wrong in one way or another; none of them may move anything. */
final class BrokenCommands {

    private static final String[] TEXTS = {
        "",
        "drive",
        "drive forward banana",
        "sing",
        "drive forward 999 m",
        "\\u0000",
        "qu\u00e9 hora es"
    };
    private static final String[] VALUES = {
        "99", "-1e308", "\"far\"", "null", "[]", "{}", "true", "\"2 parsecs\"", "1e400", "NaN"
    };

    private BrokenCommands() {}

    static String next(Random random, int i) {
        String id = "{\"id\":\"fuzz-" + i + "\",";
        return switch (random.nextInt(6)) {
            case 0 -> id + "\"text\":\"" + TEXTS[random.nextInt(TEXTS.length)] + "\"}";
            case 1 ->
                    id
                            + "\"plan\":[{\"do\":\"drive\",\"distance\":"
                            + VALUES[random.nextInt(VALUES.length)]
                            + "}]}";
            case 2 -> cut(id + "\"plan\":[{\"do\":\"turn\",\"angle\":90}]}", random);
            case 3 -> noise(random);
            case 4 -> "[".repeat(1 + random.nextInt(2000));
            default -> "{\"plan\":[{\"do\":\"turn\",\"angle\":" + random.nextInt(90) + "}]}";
        };
    }

    private static String cut(String whole, Random random) {
        return whole.substring(0, random.nextInt(whole.length()));
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int n = random.nextInt(60); n >= 0; n--) {
            noise.append((char) (1 + random.nextInt(0x2ff)));
        }
        return noise.toString();
    }
}
