/**
 * A program as Pi4J's own documentation shows them: it knows Pi4J 4 and nothing of Outrider. It
 * stands for everything that is written for Pi4J 4.
 */
@NullMarked
package stock;

import org.jspecify.annotations.NullMarked;
