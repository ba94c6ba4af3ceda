package dev.outrider.ai.sense;

import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Pictures of text for tests. */
final class Signs {
    private static final int LINE = 40;

    private Signs() {}

    /** Lines below each other, numbered from one. */
    static Picture page(String line, int lines) {
        var image = new BufferedImage(640, LINE * (lines + 2), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 30));
        for (int i = 1; i <= lines; i++) {
            graphics.drawString(line.formatted(i), LINE, LINE * (i + 1));
        }
        graphics.dispose();
        return Picture.of(image);
    }
}
